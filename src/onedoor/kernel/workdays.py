"""Working days (工作日) and natural days (自然日): counting on, counting back, counting between.

Three rules hold everywhere: the start day is not counted; a working day is whatever the yearly notice of the
State Council says (holidays and make-up days), otherwise Monday to Friday; and outside the published years the
Monday-to-Friday rule is used and the result says *provisional* (暂定): never an exception, never a silent guess.
"""

from __future__ import annotations

import calendar as gregorian
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from onedoor.kernel.law import law

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """The published calendar of one area: every year from ``first_year`` to ``last_year`` is known in full.

    ``days_off``: holidays (weekends may be listed, they need not be). ``make_up``: weekend days that are worked
    (调休上班). ``version`` names the notice or the seed, so that a computed date can say what it was computed by.
    A day in both sets, or a last year before the first, raises ValueError.
    """

    first_year: int
    last_year: int
    days_off: frozenset[date]
    make_up: frozenset[date]
    version: str

    def __post_init__(self) -> None:
        if self.last_year < self.first_year:
            raise ValueError(f"日历 {self.version}：终止年份 {self.last_year} 早于起始年份 {self.first_year}")
        if both := self.days_off & self.make_up:
            raise ValueError(f"日历 {self.version}：{min(both)} 不能既是放假又是调休上班")

    def is_workday(self, day: date) -> bool:
        """Whether people work on this day. Outside the published years: Monday to Friday."""
        if day in self.make_up:
            return True
        return day.weekday() < _SATURDAY and day not in self.days_off

    def is_provisional(self, day: date) -> bool:
        """Whether the notice for this day's year is not known, so that ``is_workday`` may yet change."""
        return not self.first_year <= day.year <= self.last_year


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """The last day of a period. ``provisional`` (暂定): a day that was counted has no published calendar."""

    date: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class Span:
    """A number of working days. ``provisional`` as in ``Due``."""

    days: int
    provisional: bool


@law("行政许可法", 82)
def add_workdays(start: date, n: int, calendar: Calendar) -> Due:
    """The ``n``-th working day after ``start``, which is itself not counted (行政许可法第八十二条).

    ``n`` = 0 is ``start`` itself; a negative ``n`` counts back ("at least 15 working days before"). A count that
    would leave the range of dates stops at its edge and is provisional. Raises nothing.
    """
    step = _ONE_DAY if n > 0 else -_ONE_DAY
    edge = date.max if n > 0 else date.min
    day, left, provisional = start, abs(n), False
    while left:
        if day == edge:
            return Due(day, provisional=True)
        day += step
        provisional = provisional or calendar.is_provisional(day)
        left -= calendar.is_workday(day)
    return Due(day, provisional)


@law("民法典", 203)
def add_days(start: date, n: int, calendar: Calendar) -> Due:
    """The end of a period of ``n`` natural days (日) after ``start``, which is not counted.

    An end on a day off rolls forward to the next working day (民法典第二百零三条, by analogy). A negative ``n``
    counts back and does not roll: the rule lengthens periods, it never moves the opening of a window. Only the
    days on which the period could end are looked up, so only they can make the result provisional.
    """
    try:
        end = start + timedelta(days=n)
    except OverflowError:
        return Due(date.max if n > 0 else date.min, provisional=True)
    return _roll_forward(end, calendar) if n >= 0 else Due(end, calendar.is_provisional(end))


@law("民法典", "202(2)", 203)
def add_months(start: date, n: int, calendar: Calendar) -> Due:
    """The end of a period of ``n`` months (years = 12 × n): the same day of the month, or else its last day.

    民法典第二百零二条; an end on a day off rolls forward as in ``add_days``; a negative ``n`` does not roll.
    """
    end = same_day(start, n)
    if end in {date.min, date.max}:
        return Due(end, provisional=True)
    return _roll_forward(end, calendar) if n >= 0 else Due(end, calendar.is_provisional(end))


def same_day(start: date, months: int) -> date:
    """The same day so many months on (or back), or else the last of that month; at the edge of dates, that edge."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(start.day, gregorian.monthrange(year, month + 1)[1]))


@law("行政许可法", 82)
def workdays_between(a: date, b: date, calendar: Calendar) -> Span:
    """The working days after ``a`` up to and including ``b``: the inverse of ``add_workdays``.

    Where ``b`` is a working day, ``add_workdays(a, workdays_between(a, b)) == b``. With ``b`` before ``a`` the
    number is negative: the working days from ``b`` (included) to ``a`` (excluded).
    """
    if a == b:
        return Span(0, provisional=False)
    first, last, sign = (a + _ONE_DAY, b, 1) if b > a else (b, a - _ONE_DAY, -1)
    length = (last - first).days + 1
    days = sum(calendar.is_workday(first + timedelta(days=i)) for i in range(length))
    return Span(sign * days, calendar.is_provisional(first) or calendar.is_provisional(last))


def _roll_forward(end: date, calendar: Calendar) -> Due:
    provisional = calendar.is_provisional(end)
    while not calendar.is_workday(end) and end < date.max:
        end += _ONE_DAY
        provisional = provisional or calendar.is_provisional(end)
    return Due(end, provisional)
