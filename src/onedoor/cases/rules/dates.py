"""What the row of a case and its tasks say of dates: all that a change of the calendar may move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from onedoor.cases.rules.clocks import clock_ends, first_turn, profile_of
from onedoor.cases.rules.consulting import ends
from onedoor.cases.rules.renewing import renewed_by
from onedoor.cases.rules.tasks import tasks
from onedoor.cases.rules.values import Case
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.workdays import Calendar

NONE: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Dates:
    """The earliest limit of a case, the next moment at which something comes about by itself, and what is owed when.

    ``owed``: by task its day and the limit that says so. ``days``: every day that a limit ends, something is owed or
    waited for, materials that were promised included; as reckoned, not as stored.
    """

    due: date | None
    provisional: bool
    alarm: datetime | None
    owed: Mapping[str, tuple[date | None, str]]
    days: frozenset[date] = field(default=NONE, compare=False)


def dates_of(case: Case, item: ItemVersion, calendar: Calendar, *, at: datetime) -> Dates:
    """The dates of a case by this calendar; ``alarm`` lies after ``at``."""
    limits = clock_ends(case, profile_of(case, item), calendar).values()
    owed = {task.key: (task.due, str(task.clock or "")) for task in tasks(case, item, calendar)}
    days = {end.date for end in limits}.union(day for day, _ in owed.values() if day)
    days.update(ends(case, item, calendar), case.owed.values())
    days.update(day for day in (renewed_by(case, item, calendar),) if day)
    end = min(limits, default=None)
    return Dates(
        due=end.date if end else None,
        provisional=bool(end and end.provisional),
        alarm=first_turn(days, calendar=calendar, after=at),
        owed=owed,
        days=frozenset(days),
    )
