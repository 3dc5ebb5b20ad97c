"""A case in hand: its row locked, read, and stored again with what an act changed."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from threading import Lock
from typing import Any, Final

from django.db import connection
from pydantic import TypeAdapter

from onedoor.cases.commands.store import COLUMNS, columns_of, task_rows
from onedoor.cases.queries.rows import BY_STEP, ELSEWHERE, case_by_id, case_with_xmin, document
from onedoor.cases.rules.standing import Standing, advanced, changed, standing_of
from onedoor.cases.rules.values import AtStep, Case
from onedoor.items.rules.values import ItemVersion
from onedoor.journal import commands as journal
from onedoor.journal.rules import Entry
from onedoor.kernel.workdays import Calendar

AT_STEP: Final[TypeAdapter[AtStep]] = TypeAdapter(AtStep)
IN_DOCUMENT: Final = tuple(field.name for field in fields(Case) if field.name not in ELSEWHERE)
LOCK: Final = "SELECT id, version, xmin::text FROM cases_case WHERE number = %s FOR UPDATE"
# Row, steps, tasks and jobs in one statement, and of each only what changed: the three hundredth opinion leaves the
# other steps and tasks alone, and the document of the row, which knows nothing of it. Everything rests on the row that
# was saved: where ``xmin`` is given and it is another by now, nothing is written and nothing answered. A moment that
# has come and that the sweep has yet to take is left to it while anything has a day, of a task as of a limit of the
# case: whoever acts in between must not silence its alarm.
SAVE: Final = f"""
new AS MATERIALIZED (
  SELECT * FROM json_populate_record(NULL::cases_case, %s)
), more AS MATERIALIZED (
  SELECT * FROM json_to_record(%s) AS more (xmin text, undone text[], done json, all_owed boolean, gone text[],
    owed json, jobs json, unswept timestamptz)
), saved AS (
  UPDATE cases_case SET value = coalesce(new.value, cases_case.value),
    {", ".join(f"{name} = new.{name}" for name in COLUMNS if name != "next_alarm_at")},
    next_alarm_at = CASE WHEN cases_case.next_alarm_at <= more.unswept
      THEN cases_case.next_alarm_at ELSE new.next_alarm_at END
  FROM new, more WHERE cases_case.id = new.id AND (more.xmin IS NULL OR more.xmin = cases_case.xmin::text)
  RETURNING cases_case.id, cases_case.area, cases_case.item, cases_case.xmin::text
), undone AS (
  DELETE FROM cases_step WHERE case_id = (SELECT id FROM saved) AND key = ANY((SELECT undone FROM more)::text[])
), done AS (
  INSERT INTO cases_step (case_id, key, value)
  SELECT saved.id, given.key, given.value
  FROM saved, more, json_to_recordset(more.done) AS given (key text, value jsonb)
  ON CONFLICT (case_id, key) DO UPDATE SET value = excluded.value
), given AS (
  SELECT given.key, given.name, given.act, given.organ, given.due, coalesce(given.clock, '') AS clock, given.holder
  FROM more, json_to_recordset(more.owed)
    AS given (key text, name text, act text, organ text, due date, clock text, holder text)
), gone AS (
  DELETE FROM cases_task WHERE case_id = (SELECT id FROM saved) AND key = ANY((SELECT gone FROM more)::text[])
), left_over AS (
  DELETE FROM cases_task
  WHERE (SELECT all_owed FROM more) AND case_id = (SELECT id FROM saved) AND key NOT IN (SELECT key FROM given)
), owed AS (
  INSERT INTO cases_task (case_id, area, item, key, name, act, organ, due, clock, holder)
  SELECT saved.id, saved.area, saved.item, given.* FROM saved, given
  WHERE NOT EXISTS (
    SELECT FROM cases_task AS held WHERE held.case_id = saved.id AND held.key = given.key
      AND (held.name, held.act, held.organ, held.due, held.clock, held.holder) IS NOT DISTINCT FROM
          (given.name, given.act, given.organ, given.due, given.clock, given.holder))
  ON CONFLICT (case_id, key) DO UPDATE SET (name, act, organ, due, clock, holder)
    = (excluded.name, excluded.act, excluded.organ, excluded.due, excluded.clock, excluded.holder)
), queued AS (
  INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args)
  SELECT 'cases', given.task, 0, given.args
  FROM saved, more, json_to_recordset(more.jobs) AS given (task text, args jsonb)
)
"""  # noqa: S608 - names of columns, no values
SAVED: Final = "SELECT xmin FROM saved"
WHERE_SAVED: Final = "EXISTS (SELECT FROM saved)"


@dataclass(frozen=True, slots=True)
class Job:
    """What the worker is to do once the act stands, in the queue of cases."""

    task: str
    args: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """A case in hand. ``standing``: as this process stored it in the row ``xmin``, None where it did not.

    ``settled``: nothing came about by itself up to ``quiet_until``, by the calendar and the item of ``standing``.
    ``committed``: everybody sees it; what a transaction stored that is still under way may yet be undone.
    ``swept``: the sweep has it, which takes the moment that has come.
    """

    case: Case
    standing: Standing | None = None
    settled: bool = False
    quiet_until: datetime | None = None
    xmin: str = ""
    committed: bool = False
    swept: bool = False

    def quiet(self, item: ItemVersion, calendar: Calendar, at: datetime) -> bool:
        """Whether by this item and calendar the law can have brought nothing about since the case was stored."""
        known = self.standing
        same = self.settled and known is not None and known.item is item and known.calendar is calendar
        return same and (self.quiet_until is None or at < self.quiet_until)


@dataclass(frozen=True, slots=True)
class Change:
    """A case after an act, and what differs from ``held``, ready to be written.

    ``owed``: whether anything may be owed now that was not before; then it is to be dispatched.
    """

    held: Held
    after: Held
    owed: bool
    row: Mapping[str, Any]
    more: Mapping[str, Any]


class _Kept:
    """The cases that this process stored last, each by its row as it stands: any write by anybody makes it another."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._rows: OrderedDict[str, Held] = OrderedDict()

    def clear(self) -> None:
        with self._lock:
            self._rows.clear()

    def get(self, number: str) -> Held | None:
        with self._lock:
            return self._rows.get(number)

    def put(self, held: Held) -> None:
        with self._lock:
            self._rows[held.case.number] = held
            self._rows.move_to_end(held.case.number)
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
    kept = _kept.get(number)
    return kept if kept and (kept.xmin, kept.case.version) == (xmin, version) else Held(case_by_id(id_))


def forget() -> None:
    """Know of no case, as a process that has stored none."""
    _kept.clear()


def as_stored(number: str) -> Iterator[Held]:
    """The case as everybody could see it last: as this process stored it, then as its row has it now.

    Whether it still is so when it is written, only the row tells.
    """
    kept = _kept.get(number)
    if kept and kept.committed:
        yield kept
    if found := case_with_xmin(number):
        yield Held(found[0], xmin=found[1], committed=True)


def committed(case: Case) -> None:
    """The transaction that stored this case is over."""
    kept = _kept.get(case.number)
    if kept and kept.case is case:
        _kept.put(replace(kept, committed=True))


def change(held: Held, case: Case, item: ItemVersion, *, calendar: Calendar, at: datetime) -> Change:
    """What an act made of a case in hand: of row, steps and tasks all that differs."""
    further = held.standing and advanced(held.standing, case, item=item, calendar=calendar)
    standing = further or standing_of(case, item, calendar)
    columns, steps = columns_of(standing, at=at, before=case if held.swept else held.case), _steps(held.case, case)
    dated = columns["due"] is not None or standing.days
    new, gone = changed(held.standing, standing) if further and held.standing else (standing.owed.values(), ())
    more = {
        "undone": [key for key, value in steps.items() if value is None],
        "done": [{"key": key, "value": value} for key, value in steps.items() if value is not None],
        "all_owed": further is None,
        "gone": list(gone),
        "owed": task_rows(case, new),
        "unswept": at if dated and not held.swept else None,
    }
    return Change(
        held=held,
        after=Held(case, standing, further is not None, columns["next_alarm_at"]),
        owed=bool(new),
        row={**columns, "id": case.id, "value": document(case) if _differs(held.case, case) else None},
        more=more,
    )


def write(change: Change, entries: Sequence[Entry] = (), jobs: Sequence[Job] = ()) -> None:
    """Store a change of a case whose row is locked, in one statement, with facts and jobs that are not stored yet."""
    _kept.put(replace(change.after, xmin=str(_written(change, entries, jobs))))


def write_alone(change: Change, entries: Sequence[Entry], jobs: Sequence[Job]) -> bool:
    """``write`` as a transaction by itself, if the row still is the one that was held; whether it was.

    A row that somebody else is about to write is waited for, and is another then.
    """
    xmin = _written(change, entries, jobs, only=change.held.xmin)
    if xmin:
        _kept.put(replace(change.after, xmin=xmin, committed=True))
    return xmin is not None


def save(held: Held, case: Case, item: ItemVersion, *, calendar: Calendar, at: datetime) -> None:
    """``write`` what differs from ``held``, where every fact is in the journal and every job enqueued."""
    write(change(held, case, item, calendar=calendar, at=at))


def _written(change: Change, entries: Sequence[Entry], jobs: Sequence[Job], *, only: str | None = None) -> str | None:
    more = {**change.more, "xmin": only, "jobs": [{"task": job.task, "args": job.args} for job in jobs]}
    given = (_json(change.row), _json(more))
    if entries:
        row = journal.append_with(entries, journal.Beside(SAVE, WHERE_SAVED, SAVED, given))
        return str(row[0]) if row else None
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {SAVE} {SAVED}", given)
        return str(cursor.fetchone()[0])


def _json(given: Mapping[str, Any]) -> str:
    return json.dumps(given, ensure_ascii=False, default=str)


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
