"""Append facts, erase personal values, declare a demo, hand out rights."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import psycopg
from django.db import IntegrityError, connection, transaction
from pydantic import TypeAdapter

from onedoor.journal import queries
from onedoor.journal.rules import PERSONAL, SALT_BYTES, Entry, EntryMode, Json, check, commitment
from onedoor.kernel import sm
from onedoor.kernel.actor import Act, Actor, Target
from onedoor.kernel.errors import Conflict, FieldError, Forbidden, Invalid, Refused

# One JSON argument for all rows: several times cheaper to bind than arrays, and one text for any number of rows.
INSERT: Final = """
WITH {before}entry AS (
  INSERT INTO journal_entry (stream, seq, kind, occurred_at, actor, on_behalf_of, channel, entry_mode, body)
  SELECT * FROM json_to_recordset(%s) AS given
    (stream text, seq int, kind text, occurred_at timestamptz, actor text, on_behalf_of text, channel text,
     entry_mode text, body jsonb){where}
  RETURNING id, stream, seq
){personal}
"""
ANSWER: Final = "SELECT id FROM entry ORDER BY id"
INSERT_PERSONAL: Final = """, personal AS (
  INSERT INTO journal_personal (entry_id, name, sealed)
  SELECT entry.id, given.name, decode(given.sealed, 'hex')
  FROM json_to_recordset(%s) AS given (stream text, seq int, name text, sealed text)
  JOIN entry USING (stream, seq)
)"""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is written in the same statement as facts: further parts of its WITH, its answer, and their arguments.

    ``where``: a condition on those parts; where it does not hold, the facts are not appended either.
    """

    parts: str
    where: str
    answer: str
    arguments: tuple[Any, ...]


_ROWS: Final[TypeAdapter[Any]] = TypeAdapter(Any)
ALONE: Final = Beside("", "", ANSWER, ())


def append(entries: Sequence[Entry]) -> tuple[int, ...]:
    """Append facts inside the caller's transaction, in one statement; returns their ids in the order given.

    Personal values go encrypted into the erasable table, their salted hashes into the row. Whatever a simulated actor
    does is a simulated fact. Raises ValueError for
    what cannot be sealed, Conflict where (stream, seq) is taken, Refused for simulated facts outside a demo.
    """
    if not entries:
        return ()
    return tuple(row[0] for row in _write(entries))


def append_with(entries: Sequence[Entry], beside: Beside) -> tuple[Any, ...] | None:
    """``append`` and what these facts say in one statement; the first row that it answers, None where there is none."""
    found = _write(entries, beside)
    return found[0] if found else None


def _write(entries: Sequence[Entry], beside: Beside = ALONE) -> list[tuple[Any, ...]]:
    rows: list[dict[str, Any]] = []
    values: list[dict[str, Any]] = []
    for entry in entries:
        check(entry)
        hashes = _seal_personal(entry, values)
        rows.append(
            {
                "stream": entry.stream,
                "seq": entry.seq,
                "kind": entry.kind,
                "occurred_at": entry.occurred_at.isoformat(),
                "actor": entry.actor.ref,
                "on_behalf_of": entry.on_behalf_of,
                "channel": entry.actor.channel,
                "entry_mode": EntryMode.SIMULATED if entry.actor.simulated else entry.entry_mode,
                "body": {**entry.body, PERSONAL: hashes} if hashes else dict(entry.body),
            }
        )
    statement = INSERT.format(
        before=f"{beside.parts}, " if beside.parts else "",
        where=f" WHERE {beside.where}" if beside.where else "",
        personal=INSERT_PERSONAL if values else "",
    )
    arguments = [*beside.arguments, _json(rows), *([_json(values)] if values else [])]
    return _execute(statement + beside.answer, arguments)


def _seal_personal(entry: Entry, values: list[dict[str, Any]]) -> dict[str, str]:
    hashes: dict[str, str] = {}
    for name, value in entry.personal.items():
        salt = os.urandom(SALT_BYTES)
        hashes[name] = commitment(name, value, salt)
        place = queries.place(entry.stream, entry.seq, name)
        sealed = sm.sm4_encrypt(queries.personal_key(), salt + value.encode(), associated=place)
        values.append({"stream": entry.stream, "seq": entry.seq, "name": name, "sealed": sealed.hex()})
    return hashes


def _execute(statement: str, arguments: list[Any]) -> list[tuple[Any, ...]]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, arguments)
            found: list[tuple[Any, ...]] = cursor.fetchall()
    except IntegrityError as error:
        name = error.__cause__.diag.constraint_name if isinstance(error.__cause__, psycopg.Error) else None
        if name == "journal_entry_stream_seq":
            raise Conflict from error
        if name == "journal_simulated_only_in_demo":
            raise Refused("simulated_outside_demo", "示例数据只能写入演示实例，本实例不是演示实例。") from error
        raise
    return found


def _json(rows: list[dict[str, Any]]) -> str:
    return _ROWS.dump_json(rows, fallback=_plain).decode()


def _plain(value: object) -> object:
    """A read-only mapping of a caller."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"not a value for the journal: {type(value).__name__}")


@transaction.atomic(durable=True)
def erase(stream: str, *, by: Actor, at: datetime, reason: str, target: Target = queries.PLATFORM) -> int:
    """Erase every personal value of one stream and note that it was done; returns how many there were.

    The rows, their salted hashes and their seals stay: replay and verification work as before (个人信息保护法 §47).
    Raises Forbidden unless ``by`` manages security for ``target``, Invalid without a reason.
    """
    return erase_within(stream, by=by, at=at, reason=reason, target=target)


def erase_within(stream: str, *, by: Actor, at: datetime, reason: str, target: Target = queries.PLATFORM) -> int:
    """The same act inside the caller's transaction."""
    if not by.may(Act.MANAGE_SECURITY, target):
        raise Forbidden("删除个人信息须由安全管理员办理。")
    if not reason.strip():
        raise Invalid([FieldError("reason", "请写明删除个人信息的理由。")])
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM journal_personal p USING journal_entry e WHERE e.id = p.entry_id AND e.stream = %s", [stream]
        )
        erased = int(cursor.rowcount)
    own = f"erasure:{stream}"
    body: dict[str, Json] = {"stream": stream, "erased": erased, "reason": reason}
    seq = queries.last_seq(own) + 1
    append([Entry(stream=own, seq=seq, kind="personal_erased", occurred_at=at, actor=by, body=body)])
    return erased


@transaction.atomic
def declare_demo() -> None:
    """Make this instance a demo for good, as the owner; Refused once people's facts stand in its journal."""
    with connection.cursor() as cursor:
        if queries.is_demo():
            return
        cursor.execute("SELECT EXISTS (SELECT FROM journal_entry WHERE actor NOT LIKE 'system:%%')", [])
        if cursor.fetchone()[0]:
            raise Refused("not_empty", "日志里已有真实办件，不能改作演示实例。请为演示另建数据目录。")
        cursor.execute("INSERT INTO journal_instance (id, demo) VALUES (1, true)")


GRANTS: Final = """
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role};
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO {role};
REVOKE INSERT, UPDATE, DELETE ON django_migrations, journal_instance FROM {role};
"""
ONLY_GROWS: Final = """
SELECT c.oid::regclass::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE t.tgfoid = 'journal_refuse()'::regprocedure AND NOT t.tgisinternal
"""


@transaction.atomic
def grant_application(role: str) -> tuple[str, ...]:
    """Give the application's role its rights, as the owner, after each migration; returns the tables that only grow.

    Every table that carries the trigger function ``journal_refuse`` gets INSERT and SELECT alone.
    """
    quoted = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute(GRANTS.format(role=quoted))
        cursor.execute(ONLY_GROWS)
        tables = tuple(sorted(row[0] for row in cursor.fetchall()))
        cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {', '.join(tables)} FROM {quoted}")
    return tables
