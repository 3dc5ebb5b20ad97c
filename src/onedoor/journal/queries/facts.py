"""Facts as they stand: of one stream, or since a cursor."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from onedoor.journal.queries.order import after
from onedoor.journal.rules import PERSONAL, SALT_BYTES, EntryMode, Position, Recorded
from onedoor.journal.rules.positions import from_token
from onedoor.kernel import sm
from onedoor.kernel.actor import Act, Actor, Target
from onedoor.kernel.errors import Forbidden

PLATFORM: Final = Target(frozenset(), "")
MOST_ENTRIES: Final = 1000
LEAST_SECRET: Final = 16

COLUMNS: Final = (
    "e.id, e.stream, e.seq, e.kind, e.occurred_at, e.recorded_at, e.actor, e.on_behalf_of, e.channel, e.entry_mode,"
    " e.body::text"
)
VALUES: Final = (
    "(SELECT json_object_agg(p.name, encode(p.sealed, 'hex')) FROM journal_personal p WHERE p.entry_id = e.id)"
)
STREAM: Final = f"SELECT {COLUMNS}, {VALUES} FROM journal_entry e WHERE e.stream = %s ORDER BY e.seq"  # noqa: S608


def stream(name: str) -> tuple[Recorded, ...]:
    """Every fact of one stream in order, with the personal values that still stand.

    For replay inside the platform; a face shows facts only through the context that owns the stream.
    """
    with connection.cursor() as cursor:
        cursor.execute(STREAM, [name])
        return tuple(recorded(row) for row in cursor.fetchall())


def recorded(row: tuple[Any, ...]) -> Recorded:
    """One row of COLUMNS and VALUES as a value."""
    body = json.loads(row[10])
    hashes = body.pop(PERSONAL, {})
    sealed = row[11] or {}
    sealed = json.loads(sealed) if isinstance(sealed, str) else sealed
    return Recorded(
        id=row[0],
        stream=row[1],
        seq=row[2],
        kind=row[3],
        occurred_at=row[4],
        recorded_at=row[5],
        actor=row[6],
        on_behalf_of=row[7],
        channel=row[8],
        entry_mode=EntryMode(row[9]),
        body=body,
        personal={name: _open(value, place(row[1], row[2], name)) for name, value in sealed.items()},
        hashes=hashes,
    )


def _open(sealed: str, associated: bytes) -> str:
    return sm.sm4_decrypt(personal_key(), bytes.fromhex(sealed), associated=associated)[SALT_BYTES:].decode()


def place(stream_name: str, seq: int, name: str) -> bytes:
    """What ties an encrypted value to its fact: a value moved to another row does not open."""
    return f"{stream_name}\0{seq}\0{name}".encode()


def personal_key() -> bytes:
    """The SM4 key of personal values, derived from the secret in ``settings.PERSONAL_KEY_FILE``."""
    return _derive(settings.PERSONAL_KEY_FILE)


@lru_cache(maxsize=4)
def _derive(path: Path) -> bytes:
    try:
        secret = path.read_bytes()
    except OSError as error:
        raise ImproperlyConfigured(f"个人信息密钥缺失：{path}。请从备份恢复。") from error
    if len(secret) < LEAST_SECRET:
        raise ImproperlyConfigured(f"个人信息密钥损坏：{path}。请从备份恢复。")
    return sm.sm3_hmac(secret, b"onedoor journal personal values")[: sm.SM4_KEY_BYTES]


@dataclass(frozen=True, slots=True)
class Facts:
    """A page of the journal and the cursor from which the next one goes on."""

    entries: tuple[Recorded, ...]
    cursor: str


def entries_since(cursor: str = "", *, by: Actor, limit: int = 100, target: Target = PLATFORM) -> Facts:
    """Facts after an opaque cursor, for other systems; personal values stay behind, their salted hashes are there.

    A fact appears once every transaction older than its own has ended. Raises Forbidden without the grant to read
    the journal of ``target``, Invalid for a cursor that was never given out.
    """
    if not by.may(Act.READ_JOURNAL, target):
        raise Forbidden("您没有读取日志的权限。")
    position = from_token(cursor)
    rows, position = after(position, limit=max(1, min(limit, MOST_ENTRIES)), columns=f"{COLUMNS}, NULL")
    return Facts(tuple(recorded(row) for row in rows), position.token())


def entries_after(position: Position, *, limit: int) -> tuple[tuple[Recorded, ...], Position]:
    """Facts after a position, for followers: without personal values, which only the owner of a stream reads."""
    rows, position = after(position, limit=limit, columns=f"{COLUMNS}, NULL")
    return tuple(recorded(row) for row in rows), position


def last_seq(stream_name: str) -> int:
    """The highest seq of a stream, 0 for none."""
    return last_seqs([stream_name]).get(stream_name, 0)


def last_seqs(names: Sequence[str]) -> dict[str, int]:
    """The highest seq of each of these streams that has any."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stream, max(seq) FROM journal_entry WHERE stream = ANY(%s) GROUP BY stream", [list(names)]
        )
        return dict(cursor.fetchall())


def is_demo() -> bool:
    """Whether this instance was declared a demo, where simulated facts are allowed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM journal_instance WHERE demo)")
        return bool(cursor.fetchone()[0])


def has_two_roles() -> bool:
    """Whether the role in use may only add to the journal; the health page says so where it may do more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT NOT has_table_privilege('journal_entry', 'UPDATE, DELETE, TRUNCATE')")
        return bool(cursor.fetchone()[0])
