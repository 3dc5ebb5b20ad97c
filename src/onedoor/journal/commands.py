"""All writes of the journal: append facts, erase personal values, declare a demo."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, Final

import psycopg
from django.db import IntegrityError, connection
from psycopg.types.json import Jsonb

from onedoor.journal import queries
from onedoor.journal.rules import PERSONAL, SALT_BYTES, Entry, check, commitment
from onedoor.kernel import sm
from onedoor.kernel.errors import Conflict, Refused

INSERT: Final = """
WITH entry AS (
  INSERT INTO journal_entry (stream, seq, kind, occurred_at, actor, on_behalf_of, channel, entry_mode, body)
  SELECT * FROM unnest(%s::text[], %s::int[], %s::text[], %s::timestamptz[], %s::text[], %s::text[], %s::text[],
                       %s::text[], %s::jsonb[])
  RETURNING id, stream, seq
){personal}
SELECT id FROM entry ORDER BY id
"""
INSERT_PERSONAL: Final = """, personal AS (
  INSERT INTO journal_personal (entry_id, name, sealed)
  SELECT entry.id, value.name, value.sealed
  FROM unnest(%s::text[], %s::int[], %s::text[], %s::bytea[]) AS value (stream, seq, name, sealed)
  JOIN entry USING (stream, seq)
)"""


def append(entries: Sequence[Entry]) -> tuple[int, ...]:
    """Append facts inside the caller's transaction, in one statement; returns their ids in the order given.

    Personal values go encrypted into the erasable table, their salted hashes into the row. Raises ValueError for
    what cannot be sealed, Conflict where (stream, seq) is taken, Refused for simulated facts outside a demo.
    """
    if not entries:
        return ()
    rows: list[tuple[Any, ...]] = []
    values: list[tuple[Any, ...]] = []
    for entry in entries:
        check(entry)
        hashes = _seal_personal(entry, values)
        body = {**entry.body, PERSONAL: hashes} if hashes else dict(entry.body)
        actor = entry.actor
        row = (entry.stream, entry.seq, entry.kind, entry.occurred_at, actor.ref, entry.on_behalf_of)
        rows.append((*row, str(actor.channel), str(entry.entry_mode), Jsonb(body)))
    statement = INSERT.format(personal=INSERT_PERSONAL if values else "")
    columns = [list(column) for column in (*zip(*rows, strict=True), *zip(*values, strict=True))]
    return _execute(statement, columns)


def _seal_personal(entry: Entry, values: list[tuple[Any, ...]]) -> dict[str, str]:
    hashes: dict[str, str] = {}
    for name, value in entry.personal.items():
        salt = os.urandom(SALT_BYTES)
        hashes[name] = commitment(name, value, salt)
        place = queries.place(entry.stream, entry.seq, name)
        sealed = sm.sm4_encrypt(queries.personal_key(), salt + value.encode(), associated=place)
        values.append((entry.stream, entry.seq, name, sealed))
    return hashes


def _execute(statement: str, columns: list[list[Any]]) -> tuple[int, ...]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, columns)
            return tuple(row[0] for row in cursor.fetchall())
    except IntegrityError as error:
        name = error.__cause__.diag.constraint_name if isinstance(error.__cause__, psycopg.Error) else None
        if name == "journal_entry_stream_seq":
            raise Conflict from error
        if name == "journal_simulated_only_in_demo":
            raise Refused("simulated_outside_demo", "示例数据只能写入演示实例，本实例不是演示实例。") from error
        raise
