"""What turns yellow and red, and under which limit's name."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases.conftest import Now, fold
from tests.cases.rules.test_lifecycle import accepted

from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules.clocks import Alarm, ClockKind, clock_ends, first_turn, level, turns
from onedoor.cases.rules.reminders import alarmed
from onedoor.cases.rules.tasks import tasks
from onedoor.cases.rules.values import Case, Verdict
from onedoor.items.rules import ItemVersion
from onedoor.kernel.clock import CHINA
from onedoor.kernel.workdays import Calendar


def test_a_task_names_the_limit_by_which_it_is_owed(
    case: Case, now: Now, food: ItemVersion, calendar: Calendar
) -> None:
    waiting = tasks(case, food, calendar)
    assert [(task.key, task.clock) for task in waiting] == [("accept", ClockKind.ACCEPTANCE)]
    running = accepted(case, now)
    first = tasks(running, food, calendar)[0]
    assert first.clock is ClockKind.STEP
    plain = replace(food, plan=replace(food.plan, steps=tuple(replace(s, limit=None) for s in food.plan.steps)))
    assert {task.clock for task in tasks(running, plain, calendar)} == {ClockKind.PROMISED}


def test_a_limit_warns_from_the_last_working_day_before_its_end_and_is_red_from_the_day_after(
    calendar: Calendar,
) -> None:
    """A Monday's limit warns on Friday, not on Sunday when nobody works."""
    assert turns(date(2026, 3, 16), calendar=calendar) == (date(2026, 3, 13), date(2026, 3, 17))


@given(st.dates(date(2026, 1, 10), date(2026, 11, 20)), st.integers(-12, 12))
def test_the_colour_of_a_day_changes_on_the_days_that_are_named(calendar: Calendar, end: date, off: int) -> None:
    yellow, red = turns(end, calendar=calendar)
    on = end + timedelta(days=off)
    expected = Alarm.RED if on >= red else Alarm.YELLOW if on >= yellow else Alarm.GREEN
    assert level(end, on=on, calendar=calendar) is expected


def test_tasks_and_limits_are_told_of_apart_because_others_answer_for_them(
    case: Case, now: Now, food: ItemVersion, calendar: Calendar
) -> None:
    running = accepted(case, now)
    late = alarmed(running, food, calendar=calendar, on=date(2026, 4, 30))
    assert {each.level for each in late} == {Alarm.RED}
    assert [each.key.split(":")[0] for each in late if each.act] == ["task", "task"]
    assert {each.clock for each in late if not each.act} == {ClockKind.LEGAL, ClockKind.PROMISED}
    assert alarmed(running, food, calendar=calendar, on=date(2026, 3, 3) - timedelta(days=1)) == ()


@pytest.mark.parametrize("owed", [(), (date(2026, 3, 5),)])
def test_the_sweeper_wakes_for_the_due_day_of_a_task_before_that_of_the_case(
    case: Case, now: Now, food: ItemVersion, calendar: Calendar, owed: tuple[date, ...]
) -> None:
    running = accepted(case, now)
    after = datetime(2026, 3, 3, 18, tzinfo=CHINA)
    limits = {end.date for end in clock_ends(running, food.clock, calendar).values()}
    woken = first_turn(limits.union(owed), calendar=calendar, after=after)
    assert woken is not None
    assert (woken.date() == date(2026, 3, 4)) is bool(owed)


def test_a_step_done_is_no_longer_told_of(case: Case, now: Now, food: ItemVersion, calendar: Calendar) -> None:
    running = accepted(case, now)
    step = law.open_steps(running, food)[0]
    when = now(date(2026, 3, 4), "审查员")
    names = ("甲", "乙")
    done = law.complete_step(running, when, step=step.key, verdict=Verdict.PASSED, opinion="符合", officers=names)
    keys = {each.key for each in alarmed(fold(running, done, when), food, calendar=calendar, on=date(2026, 4, 30))}
    assert f"task:{step.key}" not in keys
