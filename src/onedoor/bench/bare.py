"""The baseline: the same rows by a bare PostgreSQL client, ``python -m onedoor.bench.bare`` (a job in, figures out).

It takes one case that the platform has made and writes copies of its rows: idempotency key, journal entry, personal
values, case, tasks, job. One transaction each, no rule, no HTTP, no check. They go into tables of a schema of their own
that have the same columns, defaults, indexes, foreign keys and triggers, so that neither sealer nor worker sees them.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from onedoor.bench.load import Outcome, in_parallel
from onedoor.instance.postgres import APPLICATION

TABLES = {  # table → how it is bound to the case, and what the database fills in by itself
    "cases_submission": ("id = %(case)s", {"id"}),
    "journal_entry": ("stream = 'case:' || %(case)s AND seq = 1", {"id", "recorded_at", "xid", "epoch"}),
    "journal_personal": (
        "entry_id = (SELECT id FROM journal_entry WHERE stream = 'case:' || %(case)s AND seq = 1)",
        {"id"},
    ),
    "cases_case": ("id = %(case)s", set[str]()),
    "cases_task": ("case_id = %(case)s", {"id"}),
}
JOB = (
    "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args)"
    " VALUES ('cases', 'cases.after_submit', 0, %s)"
)

SCHEMA = "bare"
COPIED = (*TABLES, "procrastinate_jobs", "procrastinate_events")
DEFINITIONS = """
SELECT 'ALTER TABLE ' || c.conrelid::regclass || ' ADD ' || pg_get_constraintdef(c.oid) FROM pg_constraint c
WHERE c.contype = 'f' AND c.conrelid = ANY(%(tables)s::regclass[]) AND c.confrelid = ANY(%(tables)s::regclass[])
UNION ALL
SELECT replace(pg_get_triggerdef(t.oid), ' ON public.', ' ON bare.') FROM pg_trigger t
WHERE NOT t.tgisinternal AND t.tgrelid = ANY(%(tables)s::regclass[])
"""


@dataclass(frozen=True, slots=True)
class Job:
    """Where, how many at once, how long."""

    dsn: str
    owner: str
    clients: int
    seconds: float
    run: str


@dataclass(frozen=True, slots=True)
class Model:
    """The rows of one submission, with the statement that writes each kind."""

    rows: Mapping[str, tuple[dict[str, Any], ...]]
    inserts: Mapping[str, sql.Composed]


def main() -> None:
    """One job from standard input."""
    job = Job(**json.loads(sys.stdin.read()))
    _copy_tables(job)
    model = _model(job)
    outcome = in_parallel(
        job.clients, job.seconds, lambda number, until, part: _client(job, model, number=number, until=until, out=part)
    )
    sys.stdout.write(json.dumps(asdict(outcome)))


def _copy_tables(job: Job) -> None:
    """The tables, empty, in their own schema; once an instance."""
    with psycopg.connect(job.owner) as connection:
        if connection.execute("SELECT to_regnamespace(%s)", [SCHEMA]).fetchone() != (None,):
            return
        definitions = connection.execute(DEFINITIONS, {"tables": list(COPIED)}).fetchall()
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(SCHEMA)))
        for table in COPIED:
            names = (sql.Identifier(SCHEMA, table), sql.Identifier("public", table))
            connection.execute(sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING ALL)").format(*names))
        connection.execute(f"SET search_path = {SCHEMA}, public")
        for (definition,) in definitions:
            connection.execute(definition)
        for what in ("USAGE ON SCHEMA", "ALL ON ALL TABLES IN SCHEMA", "ALL ON ALL SEQUENCES IN SCHEMA"):
            connection.execute(f"GRANT {what} {SCHEMA} TO {APPLICATION}")


def _model(job: Job) -> Model:
    rows: dict[str, tuple[dict[str, Any], ...]] = {}
    inserts: dict[str, sql.Composed] = {}
    with psycopg.connect(job.dsn, row_factory=dict_row) as connection:
        first = connection.execute("SELECT min(id) AS id FROM cases_case").fetchone()
        for table, (where, filled) in TABLES.items():
            query = sql.SQL("SELECT * FROM {} WHERE " + where).format(sql.Identifier(table))
            found = connection.execute(query, {"case": (first or {})["id"]}).fetchall()
            rows[table] = tuple({name: _bound(v) for name, v in row.items() if name not in filled} for row in found)
            inserts[table] = _insert(table, rows[table][0])
    return Model(rows, inserts)


def _bound(value: Any) -> Any:
    return Jsonb(value) if isinstance(value, dict) else value


def _insert(table: str, row: Mapping[str, Any]) -> sql.Composed:
    returning = sql.SQL(" RETURNING id" if table in {"cases_submission", "journal_entry"} else "")
    return sql.SQL("INSERT INTO {} ({}) VALUES ({}){}").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, row)),
        sql.SQL(", ").join(map(sql.Placeholder, row)),
        returning,
    )


def _client(job: Job, model: Model, *, number: int, until: float, out: Outcome) -> None:
    with psycopg.connect(job.dsn, options=f"-c search_path={SCHEMA},public") as connection:
        sent = 0
        while (began := time.perf_counter()) < until:
            with connection.transaction():
                _write(connection, model, f"{job.run}-{number}-{sent}")
            out.milliseconds.append((time.perf_counter() - began) * 1000)
            sent += 1


def _write(connection: psycopg.Connection[Any], model: Model, name: str) -> None:
    case = _one(connection, model, "cases_submission", key=name)
    entry = _one(connection, model, "journal_entry", stream=f"case:{case}")
    for value in model.rows["journal_personal"]:
        connection.execute(model.inserts["journal_personal"], {**value, "entry_id": entry})
    connection.execute(model.inserts["cases_case"], {**model.rows["cases_case"][0], "id": case, "number": name})
    for task in model.rows["cases_task"]:
        connection.execute(model.inserts["cases_task"], {**task, "case_id": case})
    connection.execute(JOB, [Jsonb({"case_id": case})])


def _one(connection: psycopg.Connection[Any], model: Model, table: str, **changed: object) -> int:
    row = connection.execute(model.inserts[table], {**model.rows[table][0], **changed}).fetchone()
    return int(row[0]) if row else 0


if __name__ == "__main__":
    main()
