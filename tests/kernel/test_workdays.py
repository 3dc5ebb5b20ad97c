from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.kernel.workdays import (
    Calendar,
    Due,
    Span,
    add_days,
    add_months,
    add_workdays,
    workdays_between,
)

FIRST, LAST = 2004, 2026


def each_day(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=i) for i in range((last - first).days + 1))


def build_calendar() -> Calendar:
    weekdays_off, weekends_worked = set(), set()
    for day in each_day(date(FIRST, 1, 1), date(LAST, 12, 31)):
        works, weekend = chinese_calendar.is_workday(day), day.weekday() >= 5
        if not works and not weekend:
            weekdays_off.add(day)
        if works and weekend:
            weekends_worked.add(day)
    return Calendar(FIRST, LAST, frozenset(weekdays_off), frozenset(weekends_worked), "test")


CN = build_calendar()
days = st.dates(date(2000, 1, 1), date(2032, 12, 31))
counts = st.integers(0, 300)


def test_every_day_from_2004_to_2026_equals_the_published_calendar() -> None:
    for day in each_day(date(FIRST, 1, 1), date(LAST, 12, 31)):
        assert CN.is_workday(day) == chinese_calendar.is_workday(day), day


def test_2026_has_248_working_days() -> None:
    assert workdays_between(date(2025, 12, 31), date(2026, 12, 31), CN) == Span(248, provisional=False)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-02-13", 20, "2026-03-19"),
        ("2026-02-15", 5, "2026-02-28"),  # received on a Sunday; 02-28 is a make-up Saturday
        ("2026-02-15", 20, "2026-03-20"),  # deemed accepted as of the day of receipt: decide by
        ("2026-03-02", 20, "2026-03-30"),  # a late click on 受理 does not move it
        ("2026-03-02", 0, "2026-03-02"),
        ("2026-02-15", 0, "2026-02-15"),
        ("2026-03-30", -20, "2026-03-02"),
    ],
)
def test_worked_examples_in_working_days(start: str, n: int, end: str) -> None:
    due = add_workdays(date.fromisoformat(start), n, CN)
    assert due == Due(date.fromisoformat(end), provisional=False)


def test_natural_days_that_end_on_a_holiday_roll_forward_to_the_next_working_day() -> None:
    assert add_days(date(2026, 9, 24), 7, CN) == Due(date(2026, 10, 8), provisional=False)


def test_natural_days_that_end_on_a_working_day_do_not_roll() -> None:
    assert add_days(date(2026, 3, 2), 7, CN) == Due(date(2026, 3, 9), provisional=False)


def test_natural_days_counted_back_do_not_roll() -> None:
    assert add_days(date(2026, 3, 31), -30, CN) == Due(date(2026, 3, 1), provisional=False)  # a Sunday


def test_a_period_of_natural_days_is_provisional_only_where_its_end_is() -> None:
    assert add_days(date(2026, 12, 1), 60, CN).provisional
    assert add_days(date(2003, 12, 30), 30, CN) == Due(date(2004, 1, 29), provisional=False)


def test_rolling_past_the_last_published_day_is_provisional() -> None:
    calendar = Calendar(2026, 2026, frozenset({date(2026, 12, 31)}), frozenset(), "x")
    assert add_days(date(2026, 12, 21), 10, calendar) == Due(date(2027, 1, 1), provisional=True)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),  # no 31 February: the last day of the month, a make-up Saturday
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-12-09", 6, "2026-06-09"),
        ("2026-01-01", 4, "2026-05-06"),  # 1 May rolls over the holiday
        ("2023-02-28", 36, "2026-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-03-31", -13, "2025-02-28"),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(start: str, n: int, end: str) -> None:
    assert add_months(date.fromisoformat(start), n, CN) == Due(date.fromisoformat(end), provisional=False)


def test_past_the_last_published_year_the_result_is_provisional_and_weekends_are_off() -> None:
    due = add_workdays(date(2026, 11, 22), 40, CN)
    assert due == Due(date(2027, 1, 15), provisional=True)
    assert add_workdays(date(2027, 1, 1), 5, CN) == Due(date(2027, 1, 8), provisional=True)


def test_before_the_first_published_year_the_result_is_provisional() -> None:
    assert add_workdays(date(1999, 9, 30), 1, CN) == Due(date(1999, 10, 1), provisional=True)
    assert workdays_between(date(2003, 12, 30), date(2004, 1, 2), CN).provisional
    assert not workdays_between(date(2003, 12, 31), date(2004, 1, 2), CN).provisional


def test_the_start_day_is_not_used_and_cannot_make_a_result_provisional() -> None:
    assert not add_workdays(date(2003, 12, 31), 1, CN).provisional


@pytest.mark.parametrize("n", [1, 10_000, -1, -10_000, 10**12, -(10**12)])
def test_counting_off_the_edge_of_all_dates_stops_there_and_is_provisional(n: int) -> None:
    edge = date.max if n > 0 else date.min
    assert add_workdays(edge, n, CN) == Due(edge, provisional=True)
    assert add_days(edge, n, CN) == Due(edge, provisional=True)
    assert add_months(edge, n, CN) == Due(edge, provisional=True)


def test_the_distance_between_the_edges_of_all_dates_can_be_counted_from_either_side() -> None:
    near = date.max - timedelta(days=7)
    assert workdays_between(near, date.max, CN).days == -workdays_between(date.max, near, CN).days == 5


def test_ten_thousand_working_days_can_be_added() -> None:
    assert workdays_between(date(2026, 1, 1), add_workdays(date(2026, 1, 1), 10_000, CN).date, CN).days == 10_000


def test_a_calendar_in_which_a_day_is_both_off_and_worked_is_refused() -> None:
    day = frozenset({date(2026, 1, 1)})
    with pytest.raises(ValueError, match="2026-01-01"):
        Calendar(2026, 2026, day, day, "x")


def test_a_calendar_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="早于"):
        Calendar(2026, 2025, frozenset(), frozenset(), "x")


@given(days, counts)
def test_between_is_the_inverse_of_add(start: date, n: int) -> None:
    due = add_workdays(start, n, CN)
    assert workdays_between(start, due.date, CN) == Span(n, due.provisional)


@given(days, days)
def test_add_is_the_inverse_of_between_for_working_days(a: date, b: date) -> None:
    if CN.is_workday(b):
        assert add_workdays(a, workdays_between(a, b, CN).days, CN).date == b


@given(days, counts, counts)
def test_add_is_additive(start: date, a: int, b: int) -> None:
    assert add_workdays(add_workdays(start, a, CN).date, b, CN).date == add_workdays(start, a + b, CN).date


@given(days, days, st.integers(-300, 300))
def test_add_is_monotone_in_the_start(a: date, b: date, n: int) -> None:
    first, second = sorted((a, b))
    assert add_workdays(first, n, CN).date <= add_workdays(second, n, CN).date
    assert add_days(first, abs(n), CN).date <= add_days(second, abs(n), CN).date
    assert add_months(first, abs(n), CN).date <= add_months(second, abs(n), CN).date


@given(days, st.integers(-300, 300), st.integers(-300, 300))
def test_add_is_monotone_in_the_number(start: date, a: int, b: int) -> None:
    fewer, more = sorted((a, b))
    assert add_workdays(start, fewer, CN).date <= add_workdays(start, more, CN).date


@given(days, st.integers(0, 400))
def test_a_period_of_natural_days_ends_on_a_working_day_and_never_early(start: date, n: int) -> None:
    due = add_days(start, n, CN)
    assert CN.is_workday(due.date)
    assert due.date >= start + timedelta(days=n)
