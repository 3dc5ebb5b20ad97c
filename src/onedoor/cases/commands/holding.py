"""A case in hand: its row locked, read, and stored again with what an act changed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import partial
from threading import Lock
from typing import Any, Final

from django.db import connection, transaction
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
GIVEN: Final[TypeAdapter[Any]] = TypeAdapter(Any)
IN_DOCUMENT: Final = tuple(field.name for field in fields(Case) if field.name not in ELSEWHERE)
LOCK: Final = "SELECT id, version, xmin::text FROM cases_case WHERE number = %s FOR UPDATE"
# Row, steps, tasks and jobs in one statement, and of each only what changed: the three hundredth opinion leaves the
# other steps and tasks alone, and the document of the row, which knows nothing of it. Everything rests on the row that
# was saved: where ``xmin`` is given and it is another by now, nothing is written and nothing answered. A moment that
# has come and that the sweep has yet to take is left to it while anything has a day, of a task as of a limit of the
# case: whoever acts in between must not silence its alarm.
_ALARM: Final = "next_alarm_at = CASE WHEN cases_case.next_alarm_at <= %s THEN cases_case.next_alarm_at ELSE {} END"
_STILL: Final = """cases_case.xmin::text = coalesce(%s, cases_case.xmin::text)
  RETURNING cases_case.id, cases_case.area, cases_case.item, cases_case.xmin::text"""
ROW: Final = f"""
new AS MATERIALIZED (
  SELECT * FROM json_populate_record(NULL::cases_case, %s)
), saved AS (
  UPDATE cases_case SET value = coalesce(new.value, cases_case.value),
    {", ".join(f"{name} = new.{name}" for name in COLUMNS if name != "next_alarm_at")},
    {_ALARM.format("new.next_alarm_at")}
  FROM new WHERE cases_case.id = new.id AND {_STILL}
)"""  # noqa: S608 - names of columns, no values
# Of a new case: it has done no step yet.
OPENED: Final = """
saved AS (
  INSERT INTO cases_case SELECT * FROM json_populate_record(NULL::cases_case, %s)
  RETURNING id, area, item, xmin::text
)"""
STEPPED: Final = f"""
saved AS (
  UPDATE cases_case SET version = %s, {_ALARM.format("%s")} WHERE cases_case.id = %s AND {_STILL}
)"""  # noqa: S608 - no values
UNDONE: Final = """
undone AS (
  DELETE FROM cases_step WHERE case_id = (SELECT id FROM saved) AND key = ANY(%s::text[])
)"""
DONE: Final = """
done AS (
  INSERT INTO cases_step (case_id, key, value)
  SELECT saved.id, given.key, given.value FROM saved, json_to_recordset(%s) AS given (key text, value jsonb)
  ON CONFLICT (case_id, key) DO UPDATE SET value = excluded.value
)"""
GONE: Final = """
gone AS (
  DELETE FROM cases_task WHERE case_id = (SELECT id FROM saved) AND key = ANY(%s::text[])
)"""
LEFT_OVER: Final = """
left_over AS (
  DELETE FROM cases_task WHERE case_id = (SELECT id FROM saved) AND key <> ALL(%s::text[])
)"""
OWED: Final = """
owed AS (
  INSERT INTO cases_task (case_id, area, item, key, name, act, organ, due, clock, holder)
  SELECT saved.id, saved.area, saved.item, given.*
  FROM saved, json_to_recordset(%s)
    AS given (key text, name text, act text, organ text, due date, clock text, holder text){}
  ON CONFLICT (case_id, key) DO UPDATE SET (name, act, organ, due, clock, holder)
    = (excluded.name, excluded.act, excluded.organ, excluded.due, excluded.clock, excluded.holder)
)"""
UNLESS_HELD: Final = """
  WHERE NOT EXISTS (
    SELECT FROM cases_task AS held WHERE held.case_id = saved.id AND held.key = given.key
      AND (held.name, held.act, held.organ, held.due, held.clock, held.holder) IS NOT DISTINCT FROM
          (given.name, given.act, given.organ, given.due, given.clock, given.holder))"""
AUTOMATIC: Final = "cases.do_automatic_steps"
QUEUED: Final = """
queued AS (
  INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args)
  SELECT 'cases', given.task, 0, given.args FROM saved, json_to_recordset(%s) AS given (task text, args jsonb)
)"""
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

    ``row``: its columns and its document, and then ``owed`` is all that is owed; None after acts that only did steps,
    which leave the row but for version and next alarm: then ``owed`` is what is new, ``gone`` the tasks that are done.
    ``unswept``: a moment that had come by then is left to the sweep.
    """

    held: Held
    after: Held
    unswept: datetime | None
    done: Mapping[str, Any]
    owed: Sequence[Mapping[str, Any]]
    gone: Sequence[str] = ()
    row: Mapping[str, Any] | None = None


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
    if held.standing and further:
        return _stepped(held, held.standing, further, at=at)
    standing = standing_of(case, item, calendar)
    columns = columns_of(standing, at=at, before=case if held.swept else held.case)
    return Change(
        held=held,
        after=Held(case, standing, settled=False, quiet_until=columns["next_alarm_at"]),
        unswept=at if _dated(standing) and not held.swept else None,
        done=_steps(held.case, case),
        owed=task_rows(case, standing.owed.values()),
        row={**columns, "id": case.id, "value": document(case) if _differs(held.case, case) else None},
    )


def _stepped(held: Held, before: Standing, standing: Standing, *, at: datetime) -> Change:
    case, alarm = standing.case, standing.next_alarm(at)
    new, gone = changed(before, standing)
    return Change(
        held=held,
        after=Held(case, standing, settled=True, quiet_until=alarm),
        unswept=at if _dated(standing) and not held.swept else None,
        done=_steps(held.case, case),
        owed=task_rows(case, new),
        gone=gone,
    )


def _dated(standing: Standing) -> bool:
    """Whether anything has a day, of a task as of a limit of the case."""
    return bool(standing.limits or standing.days)


def write(change: Change, entries: Sequence[Entry] = (), jobs: Sequence[Job] = ()) -> None:
    """Store a change of a case whose row is locked, in one statement, with facts and jobs that are not stored yet.

    What the platform is to do by itself from now on is queued with it.
    """
    _kept.put(replace(change.after, xmin=str(_written(change, entries, jobs))))


def write_alone(change: Change, entries: Sequence[Entry], jobs: Sequence[Job]) -> bool:
    """``write`` as a transaction by itself, if the row still is the one that was held; whether it was.

    A row that somebody else is about to write is waited for, and is another then.
    """
    xmin = _written(change, entries, jobs, only=change.held.xmin)
    if xmin:
        _kept.put(replace(change.after, xmin=xmin, committed=True))
    return xmin is not None


def open_(case: Case, item: ItemVersion, *, calendar: Calendar, at: datetime) -> None:
    """Store a new case with what is owed on it, in one statement, where its facts are in the journal."""
    standing = standing_of(case, item, calendar)
    columns, owed = columns_of(standing, at=at), task_rows(case, standing.owed.values())
    with connection.cursor() as cursor:
        row = {**columns, "id": case.id, "value": document(case)}
        jobs = _json([{"task": job.task, "args": job.args} for job in _automatic(standing)])
        cursor.execute(f"WITH {OPENED},{OWED.format('')},{QUEUED} {SAVED}", [_json(row), _json(owed), jobs])
        xmin = str(cursor.fetchone()[0])
    _kept.put(Held(case, standing, quiet_until=columns["next_alarm_at"], xmin=xmin))
    transaction.on_commit(partial(committed, case))


def save(held: Held, case: Case, item: ItemVersion, *, calendar: Calendar, at: datetime) -> None:
    """``write`` what differs from ``held``, where every fact is in the journal and every job enqueued."""
    write(change(held, case, item, calendar=calendar, at=at))


def _written(change: Change, entries: Sequence[Entry], jobs: Sequence[Job], *, only: str | None = None) -> str | None:
    parts, given = zip(*_parts(change, jobs, only=only), strict=True)
    saving, arguments = ",".join(parts), tuple(each for part in given for each in part)
    if entries:
        row = journal.append_with(entries, journal.Beside(saving, WHERE_SAVED, SAVED, arguments))
        return str(row[0]) if row else None
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {saving} {SAVED}", arguments)
        return str(cursor.fetchone()[0])


def _parts(change: Change, jobs: Sequence[Job], *, only: str | None) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The parts of the statement, each with its arguments; few texts in all, so that the server keeps them planned."""
    after, unswept, owed = change.after, change.unswept, _json(change.owed)
    done = _json([{"key": key, "value": value} for key, value in change.done.items() if value is not None])
    jobs = [*_automatic(after.standing, change.held.standing), *jobs]
    queued = _json([{"task": job.task, "args": job.args} for job in jobs])
    if change.row is None:
        yield STEPPED, (after.case.version, unswept, after.quiet_until, after.case.id, only)
        yield DONE, (done,)
        yield GONE, (list(change.gone),)
        if change.owed:
            yield OWED.format(""), (owed,)
        if jobs:
            yield QUEUED, (queued,)
        return
    yield ROW, (_json(change.row), unswept, only)
    yield UNDONE, ([key for key, value in change.done.items() if value is None],)
    yield DONE, (done,)
    yield LEFT_OVER, ([task["key"] for task in change.owed],)
    yield OWED.format(UNLESS_HELD), (owed,)
    yield QUEUED, (queued,)


def _automatic(standing: Standing | None, before: Standing | None = None) -> list[Job]:
    """The job for the steps that the platform is to do by itself, where there is one more of them than before."""
    new = standing and standing.automatic - (before.automatic if before else frozenset())
    return [Job(AUTOMATIC, {"case_id": standing.case.id})] if standing and new else []


def _json(given: object) -> str:
    return GIVEN.dump_json(given).decode()


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
