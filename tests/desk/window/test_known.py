"""What the clerk need not ask of whoever stands there: the number of the one licence that a renewal is of."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.conftest import catalogued
from tests.cases.world import World, staff
from tests.desk.window.counter import NEW, PERSON, Counter
from tests.portal.test_known import issued

from onedoor.items import commands as items
from onedoor.items import queries as published
from onedoor.kernel.actor import Act, Actor, system
from onedoor.registries import queries as registries

pytestmark = pytest.mark.django_db
CLERK = staff("综窗", None, Act.RECEIVE)


@pytest.mark.parametrize("name", ["食品经营许可（延续）", "食品经营许可（变更）"])
def test_the_old_number_is_filled_in_at_the_window_and_the_read_is_recorded(
    world: World, acting: Callable[[Actor], Client], name: str
) -> None:
    item = catalogued(name)
    items.publish([item], by=system("tests"), at=timezone.now())
    published.forget()
    counter = Counter(acting(CLERK), item)
    sheet = counter.visit(**NEW)
    holder = registries.person_ref(PERSON)
    assert holder
    number = issued(world, "a", holder=holder)
    assert f'value="{number}"' in counter.browser.get(sheet).content.decode()
    last = registries.readings_of(holder, by=system("tests"))
    assert (f"窗口收件“{name}”，预填申请表", ("licence.number",)) in [(one.purpose, one.fields) for one in last]
    other = issued(world, "b", holder=holder)
    page = counter.browser.get(sheet).content.decode()
    assert (number in page, other in page) == (False, False)
