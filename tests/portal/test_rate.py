"""Rating: five levels, once, by the applicant, after the end."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from tests.portal.conftest import County

from onedoor.cases import queries


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def rating(county: County, number: str) -> int | None:
    return queries.case_page(number, by=county.citizen.actor, on=timezone.localdate()).case.rating


def test_a_closed_case_is_rated_once(county: County) -> None:
    number = county.submit()
    address = f"/track/{number}/rate/"
    assert county.citizen.client.get(address).status_code == 302
    assert county.citizen.client.post(address, {"level": "5"}).status_code == 422
    county.decide(number)
    assert "可以评价的办件" in text(county.citizen.client.get("/rate/"))
    assert "非常不满意" in text(county.citizen.client.get(address))
    assert county.citizen.client.post(address, {"level": "2", "comment": "等得久"}).status_code == 302
    assert rating(county, number) == 2
    assert county.citizen.client.post(address, {"level": "5"}).status_code == 422
    assert rating(county, number) == 2
    assert county.citizen.client.get(address).status_code == 302
    mine = text(county.citizen.client.get("/rate/"))
    assert "可以评价的办件" not in mine
    assert "我的评价" in mine
    assert "等得久" in text(county.citizen.client.get(f"/track/{number}/"))


@pytest.mark.parametrize("level", ["", "0", "6", "五", "-1", "1e9"])
def test_a_level_that_is_none_is_told_at_its_field(county: County, level: str) -> None:
    number = county.submit()
    county.decide(number)
    answer = county.citizen.client.post(f"/track/{number}/rate/", {"level": level, "comment": "x"})
    assert answer.status_code == 422
    assert 'href="#f-level"' in text(answer)
    assert rating(county, number) is None


def test_nobody_rates_for_the_applicant(county: County) -> None:
    number = county.submit()
    county.decide(number)
    assert county.stranger.client.post(f"/track/{number}/rate/", {"level": "5"}).status_code == 404
    assert Client().post(f"/track/{number}/rate/", {"level": "5"}).status_code == 404
    assert rating(county, number) is None


@pytest.mark.django_db
def test_visitors_learn_how_to_rate() -> None:
    html = text(Client().get("/rate/"))
    assert "怎么评" in html
    assert "/track/" in html
