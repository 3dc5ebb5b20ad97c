"""Many cases at once: the cases of the sample county, multiplied in the database of a benchmark's own instance.

Rows, steps and tasks are copied set by set (the journal is not: a page reads its own stream by key). The copies belong
to people of their own, so that nobody's own list grows as no real one would; what an organ sees grows with the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import psycopg
from psycopg import sql

GENERATED: Final = {"id", "number", "applicant", "item_version", "value"}
STRANGERS: Final = 10_000_000  # ids of persons that no register has
APART: Final = 1_000_000  # between the id of a case and that of its first copy, and from each to the next
AT_ONCE: Final = 20_000  # rows a statement: so that progress shows, and no transaction grows without bound
EVERY: Final = "TRUE"
CLOSED: Final = "state = 'closed' AND NOT EXISTS (SELECT FROM cases_task t WHERE t.case_id = cases_case.id)"
RUNNING: Final = "due IS NOT NULL AND state IN ('submitted', 'accepted')"

# Chosen once: meanwhile the instance works, and a case that is closed now was not a moment ago.
COPIED: Final = "CREATE TEMP TABLE bench_copied AS SELECT id FROM cases_case WHERE id < {apart} AND {of}"
CASES: Final = """
WITH known AS (
  SELECT code, array_agg(id ORDER BY id) AS ids FROM items_version GROUP BY code
), more AS (
  SELECT *, coalesce(ids[1 + copy % cardinality(ids)], item_version) AS new_version,
    id + copy * {apart}::bigint AS new_id, number || '-' || copy AS new_number,
    'person:' || ({strangers} + id + copy * {apart}::bigint) AS new_applicant
  FROM cases_case JOIN bench_copied USING (id) LEFT JOIN known ON known.code = item,
    generate_series({first}, {last}) AS copy
)
INSERT INTO cases_case (id, number, applicant, item_version, value, {columns})
SELECT new_id, new_number, new_applicant, new_version, value || jsonb_build_object(
  'id', new_id, 'number', new_number, 'applicant', new_applicant, 'item_version', new_version), {columns}
FROM more
"""
PARTS: Final = """
INSERT INTO {table} (case_id, {columns})
SELECT case_id + copy * {apart}::bigint, {columns} FROM {table} JOIN bench_copied ON bench_copied.id = case_id,
  generate_series({first}, {last}) AS copy
"""
TABLES: Final = (
    ("cases_case", CASES, GENERATED),
    ("cases_step", PARTS, {"case_id"}),
    ("cases_task", PARTS, {"id", "case_id"}),
)
# Published one after another, in force in the far future: pages go on under the ones of today.
VERSIONS: Final = """
INSERT INTO items_version (code, number, effective_from, {columns})
SELECT code, number + copy * 1000, '2099-01-01', {columns}
FROM items_version, generate_series(1, {copies}) AS copy ORDER BY copy, id LIMIT {most}
"""


def multiply(dsn: str, *, to: int, of: str = EVERY, told: Callable[[int], None] = lambda _: None) -> int:
    """Copy every case, or those ``of`` which a condition holds, until there are at least ``to``; how many there are.

    ``told``: how many there are by now. The planner is told afterwards. ValueError where there is none to copy.
    """
    with psycopg.connect(dsn, autocommit=True) as owner:
        owner.execute("SET synchronous_commit = off")
        owner.execute("SET session_replication_role = replica")  # whose parts these are stands beside them
        had, last = _count(owner), _number(owner, "SELECT coalesce(max(id), 0) / 1000000 FROM cases_case")
        owner.execute(sql.SQL(COPIED).format(apart=sql.Literal(APART), of=sql.SQL(of)))
        each = _number(owner, "SELECT count(*) FROM bench_copied")
        if not each and to > had:
            raise ValueError("no case to copy")
        left = -(-(to - had) // each) if to > had else 0
        while left > 0:
            copies = min(left, max(1, AT_ONCE // each))
            _copy(owner, first=last + 1, last=last + copies)
            left, last, had = left - copies, last + copies, had + copies * each
            told(had)
        owner.execute("VACUUM (ANALYZE) cases_case, cases_step, cases_task")
        return _count(owner)


def republish(dsn: str, *, to: int) -> int:
    """Copy versions of items until there are so many; how many there are then."""
    with psycopg.connect(dsn, autocommit=True) as owner:
        had = _number(owner, "SELECT count(*) FROM items_version")
        columns = [name for name in _columns(owner, "items_version") if name not in {"id", "code", "number"}]
        columns.remove("effective_from")
        owner.execute(
            sql.SQL(VERSIONS).format(
                columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
                copies=sql.Literal(-(-to // max(1, had))),
                most=sql.Literal(max(0, to - had)),
            )
        )
        return _number(owner, "SELECT count(*) FROM items_version")


def _copy(owner: psycopg.Connection[Any], *, first: int, last: int) -> None:
    with owner.transaction():
        for table, text, own in TABLES:
            columns = [name for name in _columns(owner, table) if name not in own]
            owner.execute(
                sql.SQL(text).format(
                    table=sql.Identifier(table),
                    columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
                    first=sql.Literal(first),
                    last=sql.Literal(last),
                    apart=sql.Literal(APART),
                    strangers=sql.Literal(STRANGERS),
                )
            )


def _columns(owner: psycopg.Connection[Any], table: str) -> list[str]:
    asked = "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position"
    return [name for (name,) in owner.execute(asked, [table])]


def _count(owner: psycopg.Connection[Any]) -> int:
    return _number(owner, "SELECT count(*) FROM cases_case")


def _number(owner: psycopg.Connection[Any], asked: str) -> int:
    row = owner.execute(asked).fetchone()
    return int(row[0]) if row else 0
