"""The baseline of a life: ``python -m onedoor.bench.cases_bare``; the same acts by a bare PostgreSQL client.

For acceptance, each step and the decision one transaction: lock the row, insert the journal entry, update the row,
write the row of the step, replace the task, add the job where somebody is told. No rule, no check, no encryption.
It works on a case that the platform has made; the entries go into streams of their own, and all goes away with the
instance.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
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
ACCEPTED, STEP_DONE = "case_accepted", "case_step_completed"
ACTS: Final = """
SELECT seq, kind FROM journal_entry
WHERE stream = %s AND kind IN ('case_accepted', 'case_step_completed', 'case_decided') ORDER BY seq
"""


def main() -> None:
    """``{"dsn", "number", "times"}`` on standard input; the median milliseconds of a life on standard output."""
    job = json.load(sys.stdin)
    with psycopg.connect(job["dsn"], autocommit=True) as connection:
        took = [_life(connection, job["number"], time_=n) for n in range(job["times"])]
    sys.stdout.write(json.dumps(round(statistics.median(took), 2)))


def _life(connection: psycopg.Connection[Any], number: str, *, time_: int) -> float:
    row = connection.execute("SELECT id, organ, area, item, due, value FROM cases_case WHERE number = %s", [number])
    found = row.fetchone()
    assert found is not None
    case, organ, area, item, due, value = found
    seqs = connection.execute(ACTS, [f"case:{case}"]).fetchall()
    began = time.perf_counter()
    for seq, kind in seqs:
        with connection.transaction():
            connection.execute(LOCK, [number])
            connection.execute(ENTRY, [f"bare:{case}:{time_}", f"case:{case}", seq])
            if kind == STEP_DONE:
                connection.execute(ROW, [number])
            else:
                connection.execute(DOCUMENT, [Jsonb(value), number])
                connection.execute(JOB, [Jsonb({"case_id": case})])
            if kind != ACCEPTED:
                connection.execute(STEP, [case, f"bare-{seq}"])
            connection.execute(NO_TASK, [case])
            connection.execute(TASK, [case, f"bare-{seq}", organ, area, item, due])
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
