"""What is not in the hall, who is not authorised, and who may know."""

from __future__ import annotations

import pytest
from tests.cases.world import AT, World, staff

from onedoor.kernel.actor import Act, Grant
from onedoor.kernel.errors import NotFound
from onedoor.supervision import queries
from onedoor.supervision.rules import Reason

pytestmark = pytest.mark.django_db


def test_overseeing_takes_looking_and_every_item(world: World) -> None:
    from dataclasses import replace

    head = staff("局长甲", world.item.organ, Act.OVERSEE)
    assert queries.oversees(head)
    blind = Grant("post:x", frozenset({Act.OVERSEE}), world.item.organ, "530524")
    narrow = Grant("post:y", frozenset({Act.OVERSEE, Act.VIEW}), None, "530524", frozenset({world.item.code}))
    assert not queries.oversees(replace(head, grants=(blind, narrow)))


def test_an_item_without_an_open_site_is_told_to_its_organ_and_to_no_other(world: World) -> None:
    everywhere = staff("主任", None, Act.OVERSEE)
    elsewhere = staff("别局局长", "11530524015140001X", Act.OVERSEE)
    assert queries.outside_hall(by=elsewhere, on=AT.date()) == ()
    assert queries.authorised(by=elsewhere, on=AT.date()) == ()
    assert all(Reason.NO_SITE in each.reasons for each in queries.outside_hall(by=everywhere, on=AT.date()))
    with pytest.raises(NotFound):
        queries.outside_hall(by=world.clerk, on=AT.date())
    with pytest.raises(NotFound):
        queries.authorised(by=world.citizen, on=AT.date())
