"""承诺 against 法定: in different units the worst day of the calendar decides."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.items.samples import DAY, tables

from onedoor.items.rules.lint.limits import too_long
from onedoor.kernel.clock import Clock, Limit, StartEvent, Unit, due

CALENDAR = tables().on(DAY).calendar


def limit(number: int, unit: Unit) -> Limit:
    return Limit(number, unit, StartEvent.RECEIVED)


def test_five_working_days_may_be_longer_than_seven_days_over_the_holidays() -> None:
    assert too_long(limit(5, Unit.WORKDAY), limit(7, Unit.DAY), CALENDAR)
    assert too_long(limit(1, Unit.WORKDAY), limit(7, Unit.DAY), CALENDAR) is None
    assert too_long(limit(20, Unit.WORKDAY), limit(60, Unit.DAY), CALENDAR) is None


def test_natural_days_may_be_longer_than_as_many_working_days_never() -> None:
    assert too_long(limit(10, Unit.DAY), limit(10, Unit.WORKDAY), CALENDAR) is None
    assert too_long(limit(1, Unit.MONTH), limit(20, Unit.WORKDAY), CALENDAR)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 30), st.sampled_from(Unit), st.integers(1, 60), st.sampled_from(Unit))
def test_what_is_told_is_an_example_and_nothing_told_means_no_day_fails(
    promised: int, unit: Unit, legal: int, other: Unit
) -> None:
    own, most = limit(promised, unit), limit(legal, other)
    worst = too_long(own, most, CALENDAR)
    days = [date(CALENDAR.first_year, 1, 1) + timedelta(days=n) for n in range(0, 700, 13)]
    late = [day for day in days if due(Clock(own, day), CALENDAR).date > due(Clock(most, day), CALENDAR).date]
    if worst is None:
        assert late == []
    else:
        start, ends, legally = worst
        assert ends == due(Clock(own, start), CALENDAR).date
        assert legally == due(Clock(most, start), CALENDAR).date
        assert ends > legally


def test_an_absurd_limit_is_compared_without_counting_for_ever() -> None:
    assert too_long(limit(10**9, Unit.WORKDAY), limit(30, Unit.DAY), CALENDAR)
