"""我要看: what changed lately, and where to go in person."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from tests.portal.test_find import AT, food

from onedoor.items import commands, queries
from onedoor.items.rules import Item, diff
from onedoor.kernel.actor import system
from onedoor.portal.find.look import in_words

__all__ = ["food"]


def page(address: str) -> str:
    return Client().get(address).content.decode()


def test_a_new_version_says_which_parts_changed(food: Item) -> None:
    newer = replace(food, summary="换了说法。", contacts=replace(food.contacts, enquiry="0875-7121111"))
    assert in_words(diff(food, newer)) == ("说明", "电话")
    assert "新上线" in page("/look/")
    commands.publish([newer], by=system("test"), at=AT + timedelta(days=1))
    queries.forget()
    assert "改了：说明、电话" in page("/look/")


@pytest.mark.django_db
def test_the_places_are_public_and_named_on_every_page() -> None:
    assert Client().get("/look/halls/").status_code == 200
    assert 'href="/look/halls/"' in page("/verify/")
