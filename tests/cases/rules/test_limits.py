"""No running case gets a longer limit, whatever the units, nor loses a right that goes with it."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.cases.conftest import national_calendar

from onedoor.cases.rules.limits import no_longer, worsened
from onedoor.items.rules import ItemVersion
from onedoor.kernel.clock import AllowedGround, Clock, ClockProfile, Ground, Limit, StartEvent, Unit, due
from onedoor.kernel.law import Article

CALENDAR = national_calendar()
LIMITS = st.builds(Limit, st.integers(1, 30), st.sampled_from([Unit.DAY, Unit.WORKDAY]), st.just(StartEvent.RECEIVED))


@given(LIMITS, LIMITS, st.dates(date(2025, 1, 1), date(2026, 10, 1)))
def test_what_is_called_no_longer_never_ends_later(new: Limit, old: Limit, start: date) -> None:
    if no_longer(new, old):
        assert due(Clock(new, start), CALENDAR).date <= due(Clock(old, start), CALENDAR).date


def told(before: ClockProfile, *, accepted: bool = True, extended: bool = False, **changes: object) -> str:
    return "".join(worsened(before, replace(before, **changes), accepted=accepted, extended=extended))  # type: ignore[arg-type]


def test_the_same_or_shorter_limits_worsen_nothing(food: ItemVersion) -> None:
    assert told(food.clock) == ""
    assert told(food.clock, promised=replace(food.clock.promised, number=1)) == ""
    assert told(food.clock, promised=replace(food.clock.promised, unit=Unit.DAY)) == ""


def test_a_longer_limit_is_named(food: ItemVersion) -> None:
    promised, acceptance = food.clock.promised, food.clock.acceptance
    assert acceptance is not None
    assert "承诺期限变长" in told(food.clock, promised=replace(promised, number=promised.number + 1))
    assert "承诺期限变长" in told(food.clock, promised=replace(promised, unit=Unit.MONTH, number=1))
    assert "没有期限" in told(food.clock, legal=None)
    longer = replace(acceptance, number=acceptance.number + 1)
    assert "受理期限" in told(food.clock, accepted=False, acceptance=longer)
    assert told(food.clock, acceptance=longer) == ""


def test_rights_that_go_with_the_limits_stay(food: ItemVersion) -> None:
    assert "逾期即为受理" in told(food.clock, accepted=False, silence_accepts=False)
    assert food.clock.extension is not None
    more = replace(food.clock.extension, number=food.clock.extension.number + 5)
    assert "可以延长" in told(food.clock, extension=more)
    assert told(food.clock, extended=True, extension=more) == ""
    unused = next(ground for ground in Ground if food.clock.ground(ground) is None)
    allowed = AllowedGround(unused, Article("行政许可法", "45"))
    assert "多停止计时" in told(food.clock, grounds=(*food.clock.grounds, allowed))


def test_a_limit_counted_from_later_is_longer(food: ItemVersion) -> None:
    received = replace(food.clock.promised, start=StartEvent.RECEIVED)
    before = replace(food.clock, promised=received)
    later = replace(received, start=StartEvent.ACCEPTED)
    assert "改了起算" in told(before, promised=later)
