"""The simulated clock of the demo: plausible working hours of past days, the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from onedoor.kernel.clock import CHINA
from onedoor.kernel.workdays import Calendar

MORNING = 9 * 60
MORNING_END = 11 * 60 + 30
AFTERNOON = 14 * 60 + 30
AFTERNOON_END = 17 * 60
CLOSING = 18 * 60


@dataclass(frozen=True, slots=True)
class Days:
    """The last working days up to yesterday, oldest first."""

    days: tuple[date, ...]

    @property
    def first(self) -> date:
        """The oldest of them."""
        return self.days[0]

    def before_last(self, number: int) -> int:
        """The place of the day so many working days before the last."""
        return len(self.days) - 1 - number


def past_days(calendar: Calendar, *, today: date, number: int) -> Days:
    """So many working days before ``today``; today itself is left to real people."""
    found: list[date] = []
    day = today
    while len(found) < number:
        day -= timedelta(days=1)
        if calendar.is_workday(day):
            found.append(day)
    return Days(tuple(reversed(found)))


def moment(day: date, drawn: Random, *, after: datetime | None = None) -> datetime:
    """A moment in office hours of that day, and later than ``after`` where that was on the same day."""
    start, end = drawn.choice(((MORNING, MORNING_END), (AFTERNOON, AFTERNOON_END)))
    found = _at(day, drawn.randrange(start, end))
    if after is None or found > after:
        return found
    return max(found, min(after + timedelta(minutes=drawn.randrange(5, 25)), _at(day, CLOSING)))


def _at(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(minutes // 60, minutes % 60), CHINA)
