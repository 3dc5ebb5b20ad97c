"""Saved filters are one officer's own."""

import pytest
from tests.cases.world import World

from onedoor.cases import commands, queries
from onedoor.cases.rules.docket import MOST_FILTERS, Wanted
from onedoor.kernel.errors import Forbidden, Refused

pytestmark = pytest.mark.django_db


def test_a_filter_is_kept_overwritten_and_forgotten_by_its_owner_alone(world: World) -> None:
    commands.save_filter("今天要办", Wanted(level="yellow"), by=world.clerk)
    commands.save_filter("今天要办", Wanted(level="red"), by=world.clerk)
    assert queries.saved_filters(by=world.clerk) == (("今天要办", Wanted(level="red")),)
    assert queries.saved_filters(by=world.reviewer) == ()
    commands.drop_filter("今天要办", by=world.reviewer)
    assert len(queries.saved_filters(by=world.clerk)) == 1
    commands.drop_filter("今天要办", by=world.clerk)
    assert queries.saved_filters(by=world.clerk) == ()


def test_citizens_have_none_and_officers_not_too_many(world: World) -> None:
    with pytest.raises(Forbidden):
        commands.save_filter("x", Wanted(), by=world.citizen)
    for n in range(MOST_FILTERS):
        commands.save_filter(f"f{n}", Wanted(), by=world.clerk)
    with pytest.raises(Refused):
        commands.save_filter("一个也不能多", Wanted(), by=world.clerk)
