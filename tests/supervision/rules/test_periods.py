"""Periods of a page of figures."""

from datetime import date

import pytest

from onedoor.supervision.rules import Period, span_of


@pytest.mark.parametrize(
    ("period", "first"),
    [
        (Period.TODAY, date(2026, 11, 22)),
        (Period.LATELY, date(2026, 10, 24)),
        (Period.WEEK, date(2026, 11, 16)),
        (Period.MONTH, date(2026, 11, 1)),
        (Period.QUARTER, date(2026, 10, 1)),
        (Period.YEAR, date(2026, 1, 1)),
    ],
)
def test_a_period_begins_with_the_calendar_and_ends_today(period: Period, first: date) -> None:
    assert span_of(period, date(2026, 11, 22)) == (first, date(2026, 11, 22))
