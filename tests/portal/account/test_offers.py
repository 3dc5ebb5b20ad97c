"""Hints about oneself: nothing is read before somebody asks, and what was read is shown to them."""

from __future__ import annotations

from django.test import Client
from tests.portal.conftest import County


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def test_looking_at_the_page_reads_nothing_and_asking_is_recorded(county: County) -> None:
    client = county.citizen.client
    assert "帮我看看" in text(client.get("/mine/offers/"))
    assert "应本人要求" not in text(client.get("/mine/readings/"))
    assert "不用再提示" not in text(client.post("/mine/offers/"))  # forty-six years old
    assert "应本人要求" in text(client.get("/mine/readings/"))


def test_a_hint_that_was_put_away_can_be_brought_back(county: County) -> None:
    client = county.citizen.client
    assert "把收起的也显示" in text(client.post("/mine/offers/", {"away": "pension_60"}))
    assert "把收起的也显示" not in text(client.post("/mine/offers/", {"all": "1"}))


def test_visitors_sign_in_first(county: County) -> None:
    assert Client().get("/mine/offers/").status_code == 302
