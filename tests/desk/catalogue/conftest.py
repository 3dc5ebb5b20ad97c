"""A published list below a national standard, and who works on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.items.commands.test_drafting import SYSTEM, national, officer
from tests.items.samples import item

from onedoor.items import commands
from onedoor.items.rules import Item
from onedoor.items.rules.drafting import Draft
from onedoor.items.rules.standards import Standard
from onedoor.kernel.actor import Act, Actor


@pytest.fixture
def standard() -> Standard:
    return national(item("food-business"))


@pytest.fixture
def food(standard: Standard) -> Item:
    """食品经营许可; the standard promises ten working days, the list five."""
    one, at = item("food-business"), timezone.now() - timedelta(hours=1)
    commands.publish_standards([standard], by=SYSTEM, at=at)
    commands.publish([one], by=SYSTEM, at=at)
    return one


@pytest.fixture
def drafter(food: Item) -> Actor:
    return officer(1, Act.MANAGE_ITEMS, organ=food.organ)


@pytest.fixture
def reviewer() -> Actor:
    return officer(2, Act.PUBLISH_ITEMS)


@pytest.fixture
def draft(food: Item, drafter: Actor) -> Draft:
    return commands.open_draft(food.code, by=drafter, at=timezone.now())


def change_above(standard: Standard, **clock: Any) -> None:
    """The nation publishes its standard anew."""
    content = {**standard.content, "clock": {**standard.content["clock"], **clock}}
    commands.publish_standards([replace(standard, content=content)], by=SYSTEM, at=timezone.now())
