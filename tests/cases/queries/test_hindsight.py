"""The decided cases that one may see, held against a draft."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.cases.queries.test_durations import live
from tests.cases.world import AT, World

from onedoor.cases.queries.hindsight import looked_back

pytestmark = pytest.mark.django_db


def test_the_year_before_is_held_against_a_draft(world: World) -> None:
    live(world, key="一", days=2)
    steps = tuple(replace(s, when=None) if s.key == "visit" else s for s in world.item.plan.steps)
    draft = replace(world.item, plan=replace(world.item.plan, steps=steps))
    on = (AT + timedelta(days=30)).date()
    found = looked_back(world.item, draft, on=on, by=world.leader)
    assert (found.cases, found.added) == (1, {"visit": 1})
    assert found.changed[0].days >= found.changed[0].days_then == 4
    assert looked_back(world.item, draft, on=on, by=world.stranger).cases == 0
