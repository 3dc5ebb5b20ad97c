"""Dates are written as official letters write them."""

from datetime import UTC, date, datetime

from onedoor.ui import dates


def test_a_day_carries_its_weekday() -> None:
    assert dates.day(date(2026, 3, 17)) == "3月17日（周二）"
    assert dates.day(date(2026, 3, 22), year=True) == "2026年3月22日（周日）"


def test_a_plain_day_does_not() -> None:
    assert dates.plain_day(date(2026, 3, 17)) == "3月17日"
    assert dates.plain_day(date(2026, 3, 17), year=True) == "2026年3月17日"


def test_a_moment_is_given_to_the_minute() -> None:
    assert dates.moment(datetime(2026, 3, 2, 9, 5, 59, tzinfo=UTC)) == "3月2日 09:05"
