"""Office hours (办公时间) of a working day, and the working minutes between two moments.

Minutes say who held a case for how long; no legal period is ever counted in them: those are days (``kernel.clock``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from onedoor.kernel.clock import CHINA
from onedoor.kernel.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Hours:
    """From a day on: when the office is open on a working day, and where that is laid down.

    ``stretches`` are in order and do not overlap, each opens before it closes, to the minute; ValueError otherwise.
    """

    since: date
    stretches: tuple[tuple[time, time], ...]
    basis: str

    def __post_init__(self) -> None:
        ends = [_minute(end) for stretch in self.stretches for end in stretch]
        if not ends or any(later <= earlier for earlier, later in pairwise(ends)):
            raise ValueError(f"办公时间应当依次列出，不能重叠：自 {self.since} 起的一行")

    @property
    def minutes(self) -> int:
        """Minutes of one working day."""
        return self.before(time.max)

    def before(self, at: time) -> int:
        """Minutes of a working day that have passed at this time of day, begun minutes left out."""
        now = _minute(at)
        return sum(max(0, min(now, _minute(closes)) - _minute(opens)) for opens, closes in self.stretches)


@dataclass(frozen=True, slots=True)
class Office:
    """Which days are worked, and which hours of them; without any hours a ValueError."""

    calendar: Calendar
    hours: tuple[Hours, ...]

    def __post_init__(self) -> None:
        if not self.hours:
            raise ValueError("没有登记办公时间，无法计算工作分钟")

    def on(self, day: date) -> Hours:
        """The hours of a day; before the first that are known, those."""
        ordered = sorted(self.hours, key=lambda each: each.since)
        return max((each for each in ordered if each.since <= day), key=lambda e: e.since, default=ordered[0])


def minutes_between(start: datetime, end: datetime, *, office: Office) -> int:
    """Working minutes from ``start`` to ``end`` in China, 0 where ``end`` is not later.

    Additive to the minute: what lies between two moments is the sum over any moments between them.
    """
    if end <= start:
        return 0
    first, last = start.astimezone(CHINA), end.astimezone(CHINA)
    whole = sum(_whole(first.date() + timedelta(days=n), office) for n in range((last.date() - first.date()).days))
    return whole - _so_far(first, office) + _so_far(last, office)


def _whole(day: date, office: Office) -> int:
    return office.on(day).minutes if office.calendar.is_workday(day) else 0


def _so_far(at: datetime, office: Office) -> int:
    day = at.date()
    return office.on(day).before(at.time()) if office.calendar.is_workday(day) else 0


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
