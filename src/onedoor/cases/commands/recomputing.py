"""期限重算: what a published or amended calendar moves, set by set; whoever has nothing moved is not touched."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection, transaction
from procrastinate.contrib.django import app

from onedoor.areas import queries as areas
from onedoor.areas.rules import prefix_of
from onedoor.cases.commands import store
from onedoor.cases.commands.acting import PLATFORM
from onedoor.cases.queries.rows import cases_by_ids
from onedoor.cases.rules import events as e
from onedoor.cases.rules.clocks import pressing
from onedoor.cases.rules.dates import Dates, dates_of
from onedoor.cases.rules.values import Case
from onedoor.items import queries as items
from onedoor.journal import commands as journal
from onedoor.journal.rules import Entry
from onedoor.kernel.actor import Actor
from onedoor.kernel.clock import local_date
from onedoor.kernel.law import law

BATCH: Final = 500
LOCK: Final = """
SELECT id, due, provisional, next_alarm_at FROM cases_case
WHERE (due IS NOT NULL OR next_alarm_at IS NOT NULL) AND area LIKE %s AND id > %s
ORDER BY id LIMIT %s FOR UPDATE
"""
HELD: Final = "SELECT case_id, key, due, clock FROM cases_task WHERE case_id = ANY(%s)"
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


@law("行政许可法", 82)
@transaction.atomic(durable=True)
def recompute(area: str, *, at: datetime, after: int = 0, by: Actor = PLATFORM) -> Recomputed:
    """Compute the dates of the next running cases of an area anew: after a calendar was published or amended.

    Only where a date differs the row and its tasks change; where the earliest limit moved that is a fact of the case,
    and its applicant is told. What is due by the new dates comes to the sweep at once. A second run finds nothing.
    """
    held = _locked(area, after)
    changes = [_Change(case, held[case.id], at=at, by=by) for case in cases_by_ids(list(held))]
    moved = _store([change for change in changes if change.differs])
    return Recomputed(len(changes), moved, changes[-1].case.id if changes else after)


def _locked(area: str, after: int) -> dict[int, Dates]:
    """The next cases of which a day is known, their rows locked, with the dates that they and their tasks say."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [f"{prefix_of(area)}%", after, BATCH])
        rows = cursor.fetchall()
        owed: dict[int, dict[str, tuple[date | None, str]]] = defaultdict(dict)
        cursor.execute(HELD, [[id_ for id_, *_ in rows]])
        for id_, key, due, clock in cursor.fetchall():
            owed[id_][key] = due, clock
    return {id_: Dates(due, provisional, alarm, owed[id_]) for id_, due, provisional, alarm in rows}


class _Change:
    """One case with its dates as they stand and as they are now."""

    def __init__(self, case: Case, held: Dates, *, at: datetime, by: Actor):
        self.case = case
        self._calendar = areas.calendar(case.area)
        self._at, self._by = at, by
        self._held = held
        self._new = dates_of(case, items.version(case.item_version), self._calendar, at=at)

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
        """The columns of the row, after ``entries``. What is yellow or red by the new dates the sweep takes at once."""
        now = pressing(self._new.days, calendar=self._calendar, on=local_date(self._at))
        return {
            "id": self.case.id,
            "due": self._new.due,
            "provisional": self._new.provisional,
            "alarm": self._at if now else self._new.alarm,
            "version": self.case.version,
        }

    def owed(self) -> list[dict[str, Any]]:
        """The days of its tasks that differ."""
        held = self._held.owed
        return [
            {"id": self.case.id, "key": key, "due": day, "clock": clock}
            for key, (day, clock) in self._new.owed.items()
            if held.get(key) != (day, clock)
        ]


def _store(changes: Sequence[_Change]) -> int:
    """Write them all: facts, rows and tasks in one statement each; how many moved."""
    facts = {change.case.id: found for change in changes if (found := change.entries())}
    if not changes:
        return 0
    journal.append([entry for found in facts.values() for entry in found])
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [_json([change.row() for change in changes])])
        cursor.execute(OWED, [_json([task for change in changes for task in change.owed()])])
    if facts:
        app.configure_task("cases.tell_of_dates").defer(cases=list(facts))
    return len(facts)


def _json(rows: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps(rows, default=str)
