"""What the past shows: each step from the day on which it could start to the day on which it was done."""

from datetime import timedelta

import pytest
from tests.cases.world import AT, World

from onedoor.cases import commands, queries
from onedoor.cases.queries.durations import Measured, measured
from onedoor.cases.queries.forecasts import forecast
from onedoor.cases.rules.allotted import Source
from onedoor.cases.rules.values import Outcome, Verdict
from onedoor.kernel.actor import Actor

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def live(world: World, *, key: str, days: int) -> None:
    """Submitted and accepted on a Monday; each round of steps is done so many days after the one before."""
    number = commands.submit(world.application(name=key), by=world.citizen, at=AT, key=key).number
    commands.accept(number, by=world.clerk, at=AT)
    at = AT
    while steps := [row.task for row in queries.inbox(by=world.reviewer) if row.number == number]:
        at += days * DAY
        for step in steps:
            commands.complete_step(
                number, by=world.reviewer, at=at, step=step, verdict=Verdict.PASSED, opinion="可", officers=("甲", "乙")
            )
    given = {"outcome": Outcome.GRANTED, "reasons": "符合", "article": "第三十五条"}
    commands.decide(number, by=world.leader, at=at, **given)  # type: ignore[arg-type]
    commands.make_result(number, at=at)


def seen(world: World, by: Actor) -> Measured:
    return measured(world.item, since=AT.date(), until=AT.date() + 30 * DAY, by=by)


def test_each_step_counts_working_days_from_when_it_could_start(world: World) -> None:
    live(world, key="一", days=1)
    live(world, key="二", days=2)
    found = seen(world, world.leader)
    assert found.cases == 2
    assert found.durations["papers"] == (1, 2)
    assert found.durations["decide"] == (0, 0)
    assert len(found.called) == 2
    for keys in found.called:
        assert keys <= {step.key for step in world.item.plan.steps}


def test_only_what_one_may_see_is_measured(world: World) -> None:
    live(world, key="一", days=1)
    assert seen(world, world.stranger) == Measured(0, {}, ())


def test_a_forecast_by_the_past_says_how_many_cases_it_rests_on(world: World) -> None:
    live(world, key="一", days=1)
    found = forecast(world.item, Source.HISTORY, on=AT.date() + 30 * DAY, seed=1, by=world.leader)
    assert found.cases == 1
    assert found.found.within(100) == sum(max(found.durations[key]) for key in found.found.critical)
