"""The clocks of DOMAIN §4.0, to the day."""

from datetime import date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.kernel.clock import (
    Clock,
    Exclusion,
    Ground,
    Limit,
    Renewal,
    StartEvent,
    Unit,
    account,
    due,
    local_date,
    overdue,
    remaining,
    renewal_days,
)
from onedoor.kernel.workdays import Calendar, add_workdays

HOLIDAYS = chinese_calendar.constants.holidays
MAKE_UP = chinese_calendar.constants.workdays
CALENDAR = Calendar(
    2004, 2026, frozenset(d for d in HOLIDAYS if d not in MAKE_UP), frozenset(MAKE_UP), "chinesecalendar"
)
WORKDAYS = st.dates(date(2010, 1, 1), date(2025, 6, 30))


def limit(number: int, unit: Unit = Unit.WORKDAY) -> Limit:
    return Limit(number, unit, StartEvent.ACCEPTED)


@pytest.mark.parametrize(
    ("start", "number", "unit", "end"),
    [
        (date(2026, 2, 15), 5, Unit.WORKDAY, date(2026, 2, 28)),  # received on a make-up Sunday before the festival
        (date(2026, 2, 15), 20, Unit.WORKDAY, date(2026, 3, 20)),  # deemed accepted: decide by
        (date(2026, 3, 2), 5, Unit.WORKDAY, date(2026, 3, 9)),
        (date(2026, 3, 2), 20, Unit.WORKDAY, date(2026, 3, 30)),  # 受理 clicked on 03-12 moves nothing
        (date(2026, 2, 13), 20, Unit.WORKDAY, date(2026, 3, 19)),
        (date(2026, 9, 24), 7, Unit.DAY, date(2026, 10, 8)),  # 施工许可: seven natural days roll off the holiday
        (date(2026, 1, 31), 1, Unit.MONTH, date(2026, 2, 28)),
    ],
)
def test_a_limit_ends_on_the_day_the_law_says(start: date, number: int, unit: Unit, end: date) -> None:
    assert due(Clock(limit(number, unit), start), CALENDAR).date == end


def test_past_the_last_published_year_a_date_is_provisional_and_raises_nothing() -> None:
    assert due(Clock(limit(40), date(2026, 11, 22)), CALENDAR).provisional


def test_receipt_is_the_day_in_china_sunday_evening_included() -> None:
    assert local_date(datetime.fromisoformat("2026-02-15T15:50:00+00:00")) == date(2026, 2, 15)
    assert local_date(datetime.fromisoformat("2026-02-15T16:10:00+00:00")) == date(2026, 2, 16)


def test_a_special_procedure_is_not_counted_and_its_overrun_is() -> None:
    on_time = Exclusion(Ground.EXPERT_REVIEW, date(2026, 3, 4), date(2026, 3, 10), date(2026, 3, 6))
    overrun = Exclusion(Ground.EXPERT_REVIEW, date(2026, 3, 4), date(2026, 3, 10), date(2026, 3, 20))
    start = date(2026, 3, 2)
    assert due(Clock(limit(8), start), CALENDAR).date == date(2026, 3, 12)
    assert due(Clock(limit(8), start, exclusions=(on_time,)), CALENDAR).date == date(2026, 3, 16)
    assert due(Clock(limit(8), start, exclusions=(overrun,)), CALENDAR).date == date(2026, 3, 18)


def test_the_account_says_why_each_day_counts_or_does_not() -> None:
    stop = Exclusion(Ground.HEARING, date(2026, 2, 26), date(2026, 2, 27))
    lines = {day.date: day for day in account(Clock(limit(5), date(2026, 2, 13), exclusions=(stop,)), CALENDAR)}
    assert lines[date(2026, 2, 14)].why == "调休上班"
    assert lines[date(2026, 2, 14)].count == 1
    assert lines[date(2026, 2, 16)].why == "放假"
    assert lines[date(2026, 2, 21)].why == "休息日"
    assert lines[date(2026, 2, 27)].why == "听证，依法不计入"


@given(WORKDAYS, st.integers(1, 60))
def test_without_exclusions_a_clock_is_plain_counting(start: date, number: int) -> None:
    assert due(Clock(limit(number), start), CALENDAR) == add_workdays(start, number, CALENDAR)


@given(WORKDAYS, st.integers(1, 30), st.integers(0, 40), st.integers(1, 30), st.sampled_from([Unit.WORKDAY, Unit.DAY]))
def test_an_exclusion_never_brings_the_end_nearer(start: date, number: int, after: int, long: int, unit: Unit) -> None:
    begun = start + timedelta(days=after)
    stop = Exclusion(Ground.TESTING, begun, begun + timedelta(days=long))
    plain = due(Clock(limit(number, unit), start), CALENDAR).date
    stopped = due(Clock(limit(number, unit), start, exclusions=(stop,)), CALENDAR).date
    assert stopped >= plain
    assert begun < plain or stopped == plain


@given(WORKDAYS, st.integers(1, 30), st.integers(0, 80))
def test_remaining_falls_to_zero_on_the_due_day_and_below_after_it(start: date, number: int, later: int) -> None:
    clock = Clock(limit(number), start)
    end, today = due(clock, CALENDAR).date, start + timedelta(days=later)
    left = remaining(clock, today, CALENDAR)
    assert remaining(clock, end, CALENDAR) == 0
    assert (left >= 0) == (today <= end)


@given(WORKDAYS, st.integers(1, 40), st.integers(-10, 60), st.sampled_from(Unit))
def test_the_days_of_delay_sum_up_to_what_the_clock_says(start: date, number: int, later: int, unit: Unit) -> None:
    clock = Clock(limit(min(number, 3) if unit is Unit.MONTH else number, unit), start)
    on = due(clock, CALENDAR).date + timedelta(days=later)
    late = [day.count for day in overdue(clock, on, CALENDAR) if day.count]
    assert max(1, len(late)) == -remaining(clock, on, CALENDAR) if later > 0 else late == []
    assert late == list(range(1, len(late) + 1))


def test_a_renewal_is_asked_for_between_its_earliest_and_its_last_day() -> None:
    """食品经营许可: 90 to 15 working days before expiry; where the law names no first day, any day before is one."""
    expires = date(2026, 9, 30)
    window = Renewal(limit(15), term_months=60, earliest=limit(90))
    first, last = renewal_days(window, expires, CALENDAR)
    assert first is not None
    assert (add_workdays(first, 90, CALENDAR).date, add_workdays(last, 15, CALENDAR).date) == (expires, expires)
    assert renewal_days(Renewal(limit(45, Unit.DAY), 60), expires, CALENDAR) == (None, date(2026, 8, 16))
