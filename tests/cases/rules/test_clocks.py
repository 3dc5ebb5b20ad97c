"""The limits of the lives that were counted by hand end on those days; what begins in the past waits for nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest
from tests.cases.conftest import fold, officer, submitted
from tests.cases.lives import LIVES, PERMIT, Life, on

from onedoor.cases.rules.clocks import begun_too_late, clocks, settle
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import Case, State
from onedoor.items.rules import ItemVersion
from onedoor.kernel.clock import CHINA, due
from onedoor.kernel.plan import Plan, StepKind, Upper
from onedoor.kernel.workdays import Calendar


def lived(life: Life, food: ItemVersion, calendar: Calendar) -> Case:
    """The case at the end of its life, the law's own acts going first each time."""
    *steps, last = food.plan.steps
    above = replace(last, kind=StepKind.UPWARD, upper=Upper("某市某局", life.upper)) if life.upper else last
    item = replace(food, clock=life.profile, plan=Plan((*steps, above)))

    def now(day: date) -> Occasion:
        return Occasion(item, calendar, datetime.combine(day, time(23, 50), CHINA), officer("王某"))

    received = on(life.received)
    case = fold(None, (submitted(item, received, {"business": "sales"}),), now(received))
    for text, act in life.acts:
        day = on(text)
        case = fold(case, settle(case, life.profile, calendar=calendar, on=day), now(day))
        case = fold(case, act(case, now(day)), now(day))
    return case


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.name)
def test_a_limit_ends_on_the_day_counted_by_hand(life: Life, food: ItemVersion, calendar: Calendar) -> None:
    case = lived(life, food, calendar)
    found = {kind: due(clock, calendar) for kind, clock in clocks(case, life.profile).items()}
    assert {kind: found[kind].date for kind in life.ends} == {kind: on(day) for kind, day in life.ends.items()}
    assert all(found[kind].provisional == life.provisional for kind in life.ends)
    assert case.accepted_by == life.how
    assert (case.state is State.SUBMITTED) == (life.how is None)


def test_there_are_twenty_lives_at_least_each_with_its_article_and_its_counting() -> None:
    told: list[Any] = [life for life in LIVES if life.article and life.counted]
    assert len({life.name for life in told}) >= 20


def test_a_limit_that_began_in_the_past_waits_for_no_moment(food: ItemVersion, calendar: Calendar) -> None:
    life = next(life for life in LIVES if life.name.startswith("a late click"))
    case, over = lived(life, food, calendar), on("04-01")
    received = replace(case, state=State.SUBMITTED, accepted=None)
    assert begun_too_late(case, PERMIT, before=received, calendar=calendar, on=over)
    assert begun_too_late(case, PERMIT, before=replace(case, item_version=0), calendar=calendar, on=over)
    assert not begun_too_late(case, PERMIT, before=case, calendar=calendar, on=over)
    assert not begun_too_late(case, PERMIT, before=received, calendar=calendar, on=on("03-16"))
