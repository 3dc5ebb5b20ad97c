"""All reads of the journal."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from onedoor.journal.rules import PERSONAL, SALT_BYTES, EntryMode, Recorded
from onedoor.kernel import sm

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
    """The SM4 key of personal values, 16 bytes in hex in ``settings.PERSONAL_KEY_FILE``."""
    return _read_key(settings.PERSONAL_KEY_FILE)


@lru_cache(maxsize=4)
def _read_key(path: Path) -> bytes:
    try:
        return bytes.fromhex(path.read_text().strip())
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(
            f"个人信息密钥缺失或损坏：{path}。请从备份恢复；新实例由 onedoor keys 生成。"
        ) from error
