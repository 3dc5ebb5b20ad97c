"""Many cases at once: the cases of the sample county, multiplied in the database of a benchmark's own instance.

Rows, steps and tasks are copied set by set (the journal is not: a page reads its own stream by key). The copies belong
to people of their own, so that nobody's own list grows as no real one would; what an organ sees grows with the rest.
"""

from __future__ import annotations

from typing import Any, Final

import psycopg
from psycopg import sql

GENERATED: Final = {"id", "number", "applicant", "value"}
STRANGERS: Final = 10_000_000  # ids of persons that no register has

CASES: Final = """
INSERT INTO cases_case (id, number, applicant, value, {columns})
SELECT id + copy * 1000000::bigint, number || '-' || copy, 'person:' || ({strangers} + id + copy * 1000000::bigint),
       value, {columns}
FROM cases_case, generate_series(1, {copies}) AS copy
"""
PARTS: Final = """
INSERT INTO {table} (case_id, {columns})
SELECT case_id + copy * 1000000::bigint, {columns} FROM {table}, generate_series(1, {copies}) AS copy
"""
TABLES: Final = (
    ("cases_case", CASES, GENERATED),
    ("cases_step", PARTS, {"case_id"}),
    ("cases_task", PARTS, {"id", "case_id"}),
)


def multiply(dsn: str, *, to: int) -> int:
    """Copy every case until there are at least ``to``; how many there are then. The planner is told afterwards."""
    with psycopg.connect(dsn, autocommit=True) as owner:
        had = _count(owner)
        copies = max(0, -(-to // had) - 1)
        for table, text, own in TABLES:
            columns = [name for name in _columns(owner, table) if name not in own]
            owner.execute(
                sql.SQL(text).format(
                    table=sql.Identifier(table),
                    columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
                    copies=sql.Literal(copies),
                    strangers=sql.Literal(STRANGERS),
                )
            )
        owner.execute("VACUUM (ANALYZE) cases_case, cases_step, cases_task")
        return _count(owner)


def _columns(owner: psycopg.Connection[Any], table: str) -> list[str]:
    asked = "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position"
    return [name for (name,) in owner.execute(asked, [table])]


def _count(owner: psycopg.Connection[Any]) -> int:
    row = owner.execute("SELECT count(*) FROM cases_case").fetchone()
    return int(row[0]) if row else 0
