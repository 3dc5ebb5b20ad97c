"""Working minutes: hall hours of working days, to the minute."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kernel.test_clock import CALENDAR

from onedoor.kernel.clock import CHINA
from onedoor.kernel.hours import Hours, Office, minutes_between

MORNING, AFTERNOON = (time(8, 30), time(11, 30)), (time(14, 30), time(17, 30))
HALL = Hours(date(2004, 1, 1), (MORNING, AFTERNOON), "大厅公布的办公时间")
OFFICE = Office(CALENDAR, (HALL,))
MOMENTS = st.datetimes(datetime(2025, 9, 1), datetime(2026, 10, 31), timezones=st.sampled_from([CHINA, UTC]))  # noqa: DTZ001


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        (at(3, 2, 9), at(3, 2, 10, 30), 90),  # within one morning
        (at(3, 2, 11), at(3, 2, 15), 60),  # over noon: half an hour before it, half an hour after it
        (at(3, 2, 7), at(3, 2, 23), 360),  # a whole day, both ends outside the hours
        (at(3, 6, 17), at(3, 9, 9), 60),  # Friday evening to Monday morning
        (at(2, 14, 17), at(2, 28, 9), 30 + 4 * 360 + 30),  # two make-up Saturdays; between them the 24th to 27th
        (at(3, 2, 10), at(3, 2, 9), 0),
    ],
)
def test_only_the_hours_of_working_days_count(start: datetime, end: datetime, minutes: int) -> None:
    assert minutes_between(start, end, office=OFFICE) == minutes


@given(MOMENTS, MOMENTS, MOMENTS)
def test_minutes_are_additive(a: datetime, b: datetime, c: datetime) -> None:
    first, middle, last = sorted([a, b, c])
    parts = minutes_between(first, middle, office=OFFICE) + minutes_between(middle, last, office=OFFICE)
    assert minutes_between(first, last, office=OFFICE) == parts


def test_new_hours_hold_from_their_day_on() -> None:
    summer = Hours(date(2026, 3, 3), ((time(8), time(12)), AFTERNOON), "夏令时间")
    changed = Office(CALENDAR, (summer, HALL))
    assert minutes_between(at(3, 2), at(3, 4), office=changed) == 360 + 420
    assert minutes_between(datetime(2003, 3, 3, tzinfo=CHINA), datetime(2003, 3, 4, tzinfo=CHINA), office=OFFICE) == 360


@pytest.mark.parametrize("stretches", [(), ((time(9), time(9)),), (AFTERNOON, MORNING)])
def test_hours_that_cannot_be_are_refused(stretches: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(ValueError, match="办公时间"):
        Hours(date(2026, 1, 1), stretches, "")
    with pytest.raises(ValueError, match="没有登记"):
        Office(CALENDAR, ())
