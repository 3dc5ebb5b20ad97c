"""期限重算: what a published or amended calendar moves, set by set; whoever has nothing moved is not touched."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Q
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from onedoor.areas import queries as areas
from onedoor.areas.rules import prefix_of
from onedoor.cases import models
from onedoor.cases.commands import store
from onedoor.cases.commands.acts import PLATFORM
from onedoor.cases.queries.rows import case_of, whole
from onedoor.cases.rules import events as e
from onedoor.cases.rules.clocks import governing, next_alarm, profile_of, settle
from onedoor.cases.rules.reminders import alarmed
from onedoor.cases.rules.tasks import Task, tasks
from onedoor.cases.rules.values import Case
from onedoor.items import queries as items
from onedoor.items.rules.values import ItemVersion
from onedoor.journal import commands as journal
from onedoor.journal.rules import Entry
from onedoor.kernel.actor import Actor
from onedoor.kernel.clock import local_date
from onedoor.kernel.law import law
from onedoor.kernel.workdays import Calendar

BATCH: Final = 500
ROWS: Final = """
UPDATE cases_case SET due = new.due, provisional = new.provisional, next_alarm_at = new.alarm,
  version = new.version
FROM json_to_recordset(%s)
  AS new (id bigint, due date, provisional boolean, alarm timestamptz, version integer)
WHERE cases_case.id = new.id
"""
OWED: Final = """
UPDATE cases_task SET due = new.due, clock = new.clock
FROM json_to_recordset(%s) AS new (id bigint, key text, due date, clock text)
WHERE cases_task.case_id = new.id AND cases_task.key = new.key
"""


@dataclass(frozen=True, slots=True)
class Recomputed:
    """One batch: how many cases were looked at, how many moved, and the last of them, from which the next goes on."""

    seen: int
    moved: int
    last: int


@dataclass(frozen=True, slots=True)
class _Standing:
    """What a row and its tasks say of dates."""

    due: date | None
    provisional: bool
    alarm: datetime | None
    owed: Mapping[str, tuple[date | None, str]]


@law("行政许可法", 82)
@transaction.atomic(durable=True)
def recompute(area: str, *, at: datetime, after: int = 0, by: Actor = PLATFORM) -> Recomputed:
    """Compute the dates of the next running cases of an area anew: after a calendar was published or amended.

    Only where a date differs the row and its tasks change; where the earliest limit moved that is a fact of the case,
    and its applicant is told. What is due by the new dates comes to the sweep at once. A second run finds nothing.
    """
    running = models.Case.objects.filter(~Q(due=None) | ~Q(next_alarm_at=None), pk__gt=after)
    rows = running.filter(area__startswith=prefix_of(area)).select_for_update(of=("self",)).order_by("pk")
    ids = list(rows.values_list("pk", flat=True)[:BATCH])
    found = list(whole(models.Case.objects.filter(pk__in=ids)).order_by("pk"))
    owed: dict[int, dict[str, tuple[date | None, str]]] = defaultdict(dict)
    for task in models.Task.objects.filter(case_id__in=[row.pk for row in found]):
        owed[task.case_id][task.key] = task.due, task.clock
    changes = [_Change(row, owed[row.pk], at=at, by=by) for row in found]
    moved = _store([change for change in changes if change.differs])
    return Recomputed(len(found), moved, found[-1].pk if found else after)


class _Change:
    """One case with its dates as they stand and as they are now."""

    def __init__(self, row: models.Case, owed: Mapping[str, tuple[date | None, str]], *, at: datetime, by: Actor):
        self.case: Case = case_of(row)
        self._item = items.version(row.item_version)
        self._calendar = areas.calendar(row.area)
        self._tasks = tasks(self.case, self._item, self._calendar)
        self._at, self._by = at, by
        self._held = _Standing(row.due, row.provisional, row.next_alarm_at, owed)
        self._new = _standing(self.case, self._item, self._tasks, calendar=self._calendar, at=at)

    @property
    def differs(self) -> bool:
        """Whether any date differs; a moment that the sweep has yet to take is left to it."""
        held, new = self._held, self._new
        waits = held.alarm is not None and held.alarm <= self._at
        dates = (held.due, held.provisional, held.owed) != (new.due, new.provisional, new.owed)
        return dates or (not waits and held.alarm != new.alarm)

    def entries(self) -> list[Entry]:
        """The fact that the earliest limit moved; none where it did not."""
        if self._held.due == self._new.due:
            return []
        on, held, new = local_date(self._at), self._held, self._new
        moved = e.DatesMoved(on, held.due, new.due, new.provisional, self._calendar.version)
        found, self.case = store.entered(self.case, [moved], case_id=self.case.id, by=self._by, at=self._at)
        return found

    def row(self) -> dict[str, Any]:
        """The columns of the row, after ``entries``."""
        return {
            "id": self.case.id,
            "due": _text(self._new.due),
            "provisional": self._new.provisional,
            "alarm": _text(self._at if self._pressing() else self._new.alarm),
            "version": self.case.version,
        }

    def owed(self) -> list[dict[str, Any]]:
        """The days of its tasks."""
        return [
            {"id": self.case.id, "key": key, "due": _text(day), "clock": clock}
            for key, (day, clock) in self._new.owed.items()
        ]

    def _pressing(self) -> bool:
        """Whether by the new dates something is yellow, red or brought about by silence: then the sweep takes it."""
        on, profile = local_date(self._at), profile_of(self.case, self._item)
        return bool(
            settle(self.case, profile, calendar=self._calendar, on=on)
            or alarmed(self.case, self._item, calendar=self._calendar, on=on)
        )


def _standing(case: Case, item: ItemVersion, owed: Sequence[Task], *, calendar: Calendar, at: datetime) -> _Standing:
    profile = profile_of(case, item)
    end = governing(case, profile, calendar)
    days = {task.due for task in owed if task.due}
    return _Standing(
        end.date if end else None,
        bool(end and end.provisional),
        next_alarm(case, profile, calendar=calendar, after=at, owed=days),
        {task.key: (task.due, task.clock or "") for task in owed},
    )


def _store(changes: Sequence[_Change]) -> int:
    """Write them all: facts, rows and tasks in one statement each; how many moved."""
    facts = {change.case.id: found for change in changes if (found := change.entries())}
    if not changes:
        return 0
    if facts:
        journal.append([entry for found in facts.values() for entry in found])
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [json.dumps([change.row() for change in changes])])
        cursor.execute(OWED, [json.dumps([task for change in changes for task in change.owed()])])
    if facts:
        told: list[dict[str, JSONValue]] = [{"case_id": case, "kinds": [e.DatesMoved.kind]} for case in facts]
        app.configure_task("cases.after_act").batch_defer(*told)
    return len(facts)


def _text(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None
