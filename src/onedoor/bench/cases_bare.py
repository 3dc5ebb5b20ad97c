"""The baseline of a life: ``python -m onedoor.bench.cases_bare``; the same acts by a bare PostgreSQL client.

For acceptance, each step and the decision one transaction: lock the row, insert the journal entry, update the row,
write the row of the step, replace the task, add the job where somebody is told. No rule, no check, no encryption.
Of a bundle the acceptance also opens a case for each member: its key, its first two entries, its row, its tasks.
It works on cases that the platform has made; the entries go into streams of their own, and all goes away with the
instance.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import psycopg
from psycopg.types.json import Jsonb

LOCK: Final = "SELECT * FROM cases_case WHERE number = %s FOR UPDATE"
ENTRY: Final = """
INSERT INTO journal_entry (stream, seq, kind, occurred_at, actor, on_behalf_of, channel, entry_mode, body)
SELECT %s, seq, kind, occurred_at, actor, on_behalf_of, channel, entry_mode, body FROM journal_entry
WHERE stream = %s AND seq = %s RETURNING id
"""
ROW: Final = "UPDATE cases_case SET version = version + 1, state = state, due = due WHERE number = %s"
DOCUMENT: Final = "UPDATE cases_case SET value = %s, version = version + 1, state = state, due = due WHERE number = %s"
STEP: Final = """
INSERT INTO cases_step (case_id, key, value) VALUES (%s, %s, '{"results": {"on": "2026-01-05", "verdict": "passed"}}')
ON CONFLICT (case_id, key) DO UPDATE SET value = excluded.value
"""
NO_TASK: Final = "DELETE FROM cases_task WHERE case_id = %s"
TASK: Final = """
INSERT INTO cases_task (case_id, key, name, act, organ, area, item, due, clock, holder)
VALUES (%s, %s, '审查', 'review', %s, %s, %s, %s, 'step', '')
"""
JOB: Final = """
INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, scheduled_at)
VALUES ('bare', 'bare', 0, %s, now() + interval '1 year')
"""
KEY: Final = "INSERT INTO cases_submission (actor, key, digest, at) VALUES ('bare', %s, '', now()) RETURNING id"
OPENED: Final = """
INSERT INTO cases_case SELECT (json_populate_record(
  held, json_build_object('id', %s::bigint, 'number', %s::text, 'joint', 'bare', 'next_alarm_at', null)
)).* FROM cases_case AS held WHERE number = %s
"""
ACCEPTED, STEP_DONE = "case_accepted", "case_step_completed"
ACTS: Final = """
SELECT seq, kind FROM journal_entry
WHERE stream = %s AND kind IN ('case_accepted', 'case_step_completed', 'case_decided') ORDER BY seq
"""
OPENINGS: Final = "SELECT seq FROM journal_entry WHERE stream = %s AND kind = 'case_member_opened' ORDER BY seq"
FOUND: Final = "SELECT id, number, organ, area, item, due, value FROM cases_case WHERE number = %s"


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """What a life needs to know of a case, and where its own entries go."""

    case: int
    number: str
    place: tuple[Any, ...]
    value: Any
    stream: str


def main() -> None:
    """``{"dsn", "number", "members", "times"}`` on standard input; the milliseconds of each life on standard output.

    ``members``: of a bundle, the numbers of its members' cases, each as it lived.
    """
    job = json.load(sys.stdin)
    with psycopg.connect(job["dsn"], autocommit=True) as connection:
        lives = [
            _life(connection, job["number"], job["members"], name=f"{job['name']}-{n}") for n in range(job["times"])
        ]
    sys.stdout.write(json.dumps(lives))


def _life(connection: psycopg.Connection[Any], number: str, members: Sequence[str], *, name: str) -> float:
    whole, *children = (_row(connection, one, name=name) for one in (number, *members))
    acts = {row: connection.execute(ACTS, [f"case:{row.case}"]).fetchall() for row in (whole, *children)}
    openings = [seq for (seq,) in connection.execute(OPENINGS, [f"case:{whole.case}"]).fetchall()]
    began = time.perf_counter()
    for act in acts[whole]:
        with connection.transaction():
            _act(connection, whole, act)
            for child, opening in zip(children, openings, strict=True):
                _entry(connection, whole, opening)
                _open(connection, child)
    for child in children:
        for act in acts[child]:
            if act[1] != ACCEPTED:
                with connection.transaction():
                    _act(connection, child, act)
    return (time.perf_counter() - began) * 1000


def _row(connection: psycopg.Connection[Any], number: str, *, name: str) -> Row:
    found = connection.execute(FOUND, [number]).fetchone()
    assert found is not None
    return Row(found[0], found[1], found[2:6], Jsonb(found[6]), f"bare:{found[0]}:{name}")


def _act(connection: psycopg.Connection[Any], row: Row, act: tuple[int, str]) -> None:
    seq, kind = act
    connection.execute(LOCK, [row.number])
    _entry(connection, row, seq)
    if kind == STEP_DONE:
        connection.execute(ROW, [row.number])
    else:
        connection.execute(DOCUMENT, [row.value, row.number])
        connection.execute(JOB, [Jsonb({"case_id": row.case})])
    if kind != ACCEPTED:
        connection.execute(STEP, [row.case, f"bare-{seq}"])
    connection.execute(NO_TASK, [row.case])
    connection.execute(TASK, [row.case, f"bare-{seq}", *row.place])


def _open(connection: psycopg.Connection[Any], row: Row) -> None:
    key = connection.execute(KEY, [row.stream]).fetchone()
    assert key is not None
    for seq in (1, 2):
        _entry(connection, row, seq)
    connection.execute(OPENED, [key[0], f"bare-{key[0]}", row.number])
    for task in ("opinion_1", "opinion_2"):
        connection.execute(TASK, [key[0], task, *row.place])


def _entry(connection: psycopg.Connection[Any], row: Row, seq: int) -> None:
    connection.execute(ENTRY, [row.stream, f"case:{row.case}", seq])


if __name__ == "__main__":
    main()
