"""A case in hand: its row locked, read, and stored again with what an act changed."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from threading import Lock
from typing import Any, Final

from django.db import connection
from pydantic import TypeAdapter

from onedoor.cases.commands.store import COLUMNS, columns_of, task_rows
from onedoor.cases.queries.rows import BY_STEP, ELSEWHERE, case_by_id, document
from onedoor.cases.rules.standing import Standing, advanced, changed, standing_of
from onedoor.cases.rules.values import AtStep, Case
from onedoor.items.rules.values import ItemVersion
from onedoor.journal import commands as journal
from onedoor.journal.rules import Entry
from onedoor.kernel.workdays import Calendar

AT_STEP: Final[TypeAdapter[AtStep]] = TypeAdapter(AtStep)
IN_DOCUMENT: Final = tuple(field.name for field in fields(Case) if field.name not in ELSEWHERE)
LOCK: Final = "SELECT id, version, xmin::text FROM cases_case WHERE number = %s FOR UPDATE"
# Row, steps and tasks in one statement, and of each only what changed: the three hundredth opinion
# leaves the other steps and tasks alone, and the document of the row, which knows nothing of it.
SAVE: Final = f"""
new AS MATERIALIZED (
  SELECT * FROM json_populate_record(NULL::cases_case, %s)
), more AS MATERIALIZED (
  SELECT * FROM json_to_record(%s) AS more (undone text[], done json, all_owed boolean, gone text[], owed json)
), saved AS (
  UPDATE cases_case SET value = coalesce(new.value, cases_case.value),
    {", ".join(f"{name} = new.{name}" for name in COLUMNS)}
  FROM new WHERE cases_case.id = new.id RETURNING cases_case.xmin::text
), undone AS (
  DELETE FROM cases_step WHERE case_id = (SELECT id FROM new) AND key = ANY((SELECT undone FROM more)::text[])
), done AS (
  INSERT INTO cases_step (case_id, key, value)
  SELECT new.id, given.key, given.value FROM new, more, json_to_recordset(more.done) AS given (key text, value jsonb)
  ON CONFLICT (case_id, key) DO UPDATE SET value = excluded.value
), given AS (
  SELECT given.key, given.name, given.act, given.organ, given.due, coalesce(given.clock, '') AS clock, given.holder
  FROM more, json_to_recordset(more.owed)
    AS given (key text, name text, act text, organ text, due date, clock text, holder text)
), gone AS (
  DELETE FROM cases_task WHERE case_id = (SELECT id FROM new) AND key = ANY((SELECT gone FROM more)::text[])
), left_over AS (
  DELETE FROM cases_task
  WHERE (SELECT all_owed FROM more) AND case_id = (SELECT id FROM new) AND key NOT IN (SELECT key FROM given)
), owed AS (
  INSERT INTO cases_task (case_id, area, item, key, name, act, organ, due, clock, holder)
  SELECT new.id, new.area, new.item, given.* FROM new, given
  WHERE NOT EXISTS (
    SELECT FROM cases_task AS held WHERE held.case_id = new.id AND held.key = given.key
      AND (held.name, held.act, held.organ, held.due, held.clock, held.holder) IS NOT DISTINCT FROM
          (given.name, given.act, given.organ, given.due, given.clock, given.holder))
  ON CONFLICT (case_id, key) DO UPDATE SET (name, act, organ, due, clock, holder)
    = (excluded.name, excluded.act, excluded.organ, excluded.due, excluded.clock, excluded.holder)
)
"""  # noqa: S608 - names of columns, no values
SAVED: Final = "SELECT * FROM saved"


@dataclass(frozen=True, slots=True)
class Held:
    """A case whose row this transaction has locked. ``standing``: as this process stored it, None where it did not.

    ``settled``: nothing came about by itself up to ``quiet_until``, by the calendar and the item of ``standing``.
    """

    case: Case
    standing: Standing | None = None
    settled: bool = False
    quiet_until: datetime | None = None

    def quiet(self, item: ItemVersion, calendar: Calendar, at: datetime) -> bool:
        """Whether by this item and calendar the law can have brought nothing about since the case was stored."""
        known = self.standing
        same = self.settled and known is not None and known.item is item and known.calendar is calendar
        return same and (self.quiet_until is None or at < self.quiet_until)


class _Kept:
    """The cases that this process stored last, each by its row as it stands: any write by anybody makes it another."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._rows: OrderedDict[int, tuple[str, Held]] = OrderedDict()

    def get(self, id: int, xmin: str, version: int) -> Held | None:
        with self._lock:
            found = self._rows.get(id)
        return found[1] if found and found[0] == xmin and found[1].case.version == version else None

    def put(self, xmin: str, held: Held) -> None:
        with self._lock:
            self._rows[held.case.id] = (xmin, held)
            self._rows.move_to_end(held.case.id)
            if len(self._rows) > self._most:
                self._rows.popitem(last=False)


_kept = _Kept(most=256)


def lock(number: str) -> Held | None:
    """Lock the row of a case and read it as it is from then on; None where there is none.

    Rows of steps are read after the lock is held: together with it they would be those of the moment before.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [number])
        row = cursor.fetchone()
    if row is None:
        return None
    id_, version, xmin = row
    return _kept.get(id_, xmin, version) or Held(case_by_id(id_))


def save(
    held: Held, case: Case, item: ItemVersion, *, calendar: Calendar, at: datetime, entries: Sequence[Entry] = ()
) -> bool:
    """Store the row, the steps and the tasks of a case after an act: what differs from ``held``, in one statement.

    ``entries``: facts of the act that are not in the journal yet; they go in the same statement. Whether anything may
    be owed now that was not before: then it is to be dispatched.
    """
    further = held.standing and advanced(held.standing, case, item=item, calendar=calendar)
    standing = further or standing_of(case, item, calendar)
    columns, steps = columns_of(standing, at=at), _steps(held.case, case)
    new, gone = changed(held.standing, standing) if further and held.standing else (standing.owed.values(), ())
    row = {**columns, "id": case.id, "value": document(case) if _differs(held.case, case) else None}
    more = {
        "undone": [key for key, value in steps.items() if value is None],
        "done": [{"key": key, "value": value} for key, value in steps.items() if value is not None],
        "all_owed": further is None,
        "gone": list(gone),
        "owed": task_rows(case, new),
    }
    given = [json.dumps(each, ensure_ascii=False, default=str) for each in (row, more)]
    xmin = _write(entries, given)
    _kept.put(xmin, Held(case, standing, further is not None, columns["next_alarm_at"]))
    return bool(new)


def _write(entries: Sequence[Entry], given: list[str]) -> str:
    if entries:
        return str(journal.append_with(entries, journal.Beside(SAVE, SAVED, tuple(given)))[0])
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {SAVE} {SAVED}", given)
        return str(cursor.fetchone()[0])


def _differs(before: Case, after: Case) -> bool:
    """Whether anything changed that stands in the document of the row."""
    return any(getattr(before, name) is not getattr(after, name) for name in IN_DOCUMENT)


def _steps(before: Case, after: Case) -> dict[str, Any]:
    """The steps of which something changed, with what stands there now; None where nothing is left."""
    keys: set[str] = set()
    for name in BY_STEP:
        old, new = getattr(before, name), getattr(after, name)
        if old is not new:
            keys |= old.keys() - new.keys()
            keys.update(key for key, value in new.items() if old.get(key) is not value)
    return {key: AT_STEP.dump_python(_at(after, key), mode="json", exclude_none=True) or None for key in keys}


def _at(case: Case, key: str) -> AtStep:
    return AtStep(**{name: getattr(case, name).get(key) for name in BY_STEP})
