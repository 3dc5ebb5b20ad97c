"""Cases for whoever counts them."""

import pytest
from tests.cases.world import AT, World

from onedoor.cases import commands, queries

pytestmark = pytest.mark.django_db


def test_a_case_is_placed_by_id_or_number_and_shown_to_none_but_those_who_may_open_it(world: World) -> None:
    number = commands.submit(world.application(), by=world.citizen, at=AT, key="k").number
    (found,) = queries.placed(ids=(), numbers=[number])
    assert queries.placed(ids=[found.id]) == (found,)
    assert (found.number, found.organ, found.owners["accept"]) == (number, world.item.organ, world.item.organ)
    assert [row.number for row in queries.rows_of([found.id], by=world.clerk).values()] == [number]
    assert queries.rows_of([found.id], by=world.stranger) == {}
