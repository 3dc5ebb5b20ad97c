"""The simulated clock keeps office hours of working days gone by."""

from datetime import date, datetime, time
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from onedoor.demo.clock import moment, past_days
from onedoor.kernel.clock import CHINA
from onedoor.kernel.workdays import Calendar

CALENDAR = Calendar(2026, 2026, frozenset({date(2026, 10, 1), date(2026, 10, 2)}), frozenset({date(2026, 10, 10)}), "t")


def test_today_and_days_off_are_left_out_and_made_up_days_count() -> None:
    days = past_days(CALENDAR, today=date(2026, 10, 12), number=7).days
    assert days[-1] == date(2026, 10, 10)
    assert days[0] == date(2026, 9, 30)


@given(seed=st.integers(), hour=st.integers(8, 17))
def test_a_moment_is_in_office_hours_and_never_before_the_last(seed: int, hour: int) -> None:
    day = date(2026, 10, 12)
    before = datetime.combine(day, time(hour, 30), CHINA)
    found = moment(day, Random(seed), after=before)
    assert time(9) <= found.time() <= time(18)
    assert found > before
