"""What a calendar may move is what the row says, reckoned once: limits, what is owed, what is waited for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.cases.conftest import national_calendar, published, submitted

from onedoor.cases.rules import events as e
from onedoor.cases.rules.clocks import governing, pressing, profile_of
from onedoor.cases.rules.dates import dates_of
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.fold import apply
from onedoor.cases.rules.reminders import alarmed
from onedoor.cases.rules.standing import standing_of
from onedoor.cases.rules.values import AcceptedBy, Case, Verdict
from onedoor.items.rules import ItemVersion
from onedoor.kernel.clock import CHINA, Limit, StartEvent, Unit
from onedoor.kernel.plan import Plan, Step, StepKind

FOOD, CALENDAR = published("食品经营许可"), national_calendar()
DAY = date(2026, 3, 2)


def asking(days: int) -> ItemVersion:
    """Food business, where another department is asked for its opinion within so many working days."""
    limit = Limit(days, Unit.WORKDAY, StartEvent.ACCEPTED)
    ask = Step("ask", "征求意见", StepKind.OPINION, limit=limit)
    return replace(FOOD, plan=Plan((ask, Step("decide", "决定", StepKind.DECISION, after=("ask",)))))


def moment(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), CHINA)


def lives(item: ItemVersion) -> list[Case]:
    """One case after each of its acts."""
    events = (
        submitted(item, DAY, {"business": "catering"}),
        e.Accepted(how=AcceptedBy.OFFICER, effective=DAY, on=DAY),
        e.StepCompleted(step="ask", verdict=Verdict.PASSED, on=DAY),
    )
    found: list[Case] = []
    for seq, event in enumerate(events, 1):
        found.append(apply(found[-1] if found else None, Fact(seq, moment(DAY), "account:1", "web", event)))
    return found


@given(days=st.integers(1, 60), later=st.integers(0, 90))
def test_reckoned_at_once_they_are_what_each_act_stores(days: int, later: int) -> None:
    item, at = asking(days), moment(DAY + timedelta(days=later))
    for case in lives(item):
        found, standing = dates_of(case, item, CALENDAR, at=at), standing_of(case, item, CALENDAR)
        profile = profile_of(case, item)
        end = governing(case, profile, CALENDAR)
        assert (found.due, found.provisional) == (end.date if end else None, bool(end and end.provisional))
        assert found.alarm == standing.next_alarm(at)
        assert found.owed == {key: (task.due, task.clock or "") for key, task in standing.owed.items()}


@given(later=st.integers(0, 90))
def test_whatever_is_yellow_or_red_presses(later: int) -> None:
    item, on = asking(9), DAY + timedelta(days=later)
    for case in lives(item):
        days = dates_of(case, item, CALENDAR, at=moment(on)).days
        assert pressing(days, calendar=CALENDAR, on=on) == bool(alarmed(case, item, calendar=CALENDAR, on=on))


def test_an_opinion_that_may_still_come_after_the_limit_of_the_case_is_waited_for() -> None:
    item = asking(60)
    _, accepted, _ = lives(item)
    found = dates_of(accepted, item, CALENDAR, at=moment(DAY))
    assert found.due is not None
    assert found.owed["ask"][0] == found.due
    assert max(found.days) > found.due


def test_two_are_alike_where_what_is_stored_is_alike() -> None:
    case = lives(FOOD)[0]
    found = dates_of(case, FOOD, CALENDAR, at=moment(DAY))
    assert found == replace(found, days=frozenset())
    assert found != replace(found, provisional=True)
