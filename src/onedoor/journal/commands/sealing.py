"""Seal what is finished: leaves, nodes, a signed checkpoint, and a copy of it outside the database."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction

from onedoor.journal import ports, queries
from onedoor.journal.commands.following import advance
from onedoor.journal.rules import Checkpoint, Position, seal_hash
from onedoor.kernel import merkle

ADVISORY_LOCK: Final = 0x6F6E6564_6F6F72  # "onedoor"
BATCH: Final = 2000
PART_BYTES: Final = 20_000_000  # some 60,000 checkpoints


def seal(*, at: datetime, limit: int = BATCH) -> int:
    """Seal the next finished facts; returns how many. 0 where nothing is new or another process is sealing.

    The checkpoint is written outside the database after the commit; what a crash kept from it comes with the next.
    """
    with transaction.atomic(durable=True):
        if not _lock():
            return 0
        advance(queries.SEALER, None)
        position = queries.cursor_of(queries.SEALER)
        assert position is not None  # noqa: S101 - read without a lock
        rows, position = queries.after(position, limit=limit, columns=queries.LEAF_COLUMNS)
        if rows:
            _store(rows, position, at)
    publish(settings.CHECKPOINTS_FILE)
    return len(rows)


def _lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ADVISORY_LOCK])
        return bool(cursor.fetchone()[0])


def _store(rows: Sequence[tuple[Any, ...]], position: Position, at: datetime) -> None:
    edge = queries.tree_edge(queries.tree_size())
    leaves: list[tuple[int, int, bytes]] = []
    nodes: list[tuple[int, int, bytes]] = []
    for row in rows:
        leaf = seal_hash(queries.leaf_row(row[:-2]))
        leaves.append((edge.size, row[0], leaf))
        edge, created = edge.append(leaf)
        nodes += created
    with connection.cursor() as cursor:
        _insert(cursor, "journal_leaf (index, entry_id, hash)", leaves)
        _insert(cursor, "journal_node (level, index, hash)", nodes)
        _insert_checkpoint(cursor, edge, at)
    advance(queries.SEALER, position)


def _insert(cursor: Any, table: str, rows: Sequence[tuple[int, int, bytes]]) -> None:
    if not rows:
        return
    columns = [list(column) for column in zip(*rows, strict=True)]
    cursor.execute(
        f"INSERT INTO {table} SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[])",  # noqa: S608
        columns,
    )


def _insert_checkpoint(cursor: Any, edge: merkle.Frontier, at: datetime) -> None:
    signer = ports.signer()
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    unsigned = Checkpoint(edge.size, edge.root(), moment, signer.key_id())
    cursor.execute(
        "INSERT INTO journal_checkpoint (size, root, sealed_at, key_id, signature) VALUES (%s, %s, %s, %s, %s)",
        [unsigned.size, unsigned.root, at, unsigned.key_id, signer.sign(unsigned.text())],
    )


def publish(path: Path, *, most: int = PART_BYTES) -> int:
    """Append the checkpoints that the file outside the database lacks; returns how many. One writer at a time.

    A file that has grown past ``most`` bytes is put aside whole, named by the size in its last line, and kept.
    """
    size = next(filter(None, map(_cut_half_line, reversed(queries.outside_files(path)))), 0)
    missing = queries.checkpoints(size)
    if missing:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as file:
            file.writelines(json.dumps(checkpoint.to_json()) + "\n" for checkpoint in missing)
            file.flush()
            os.fsync(file.fileno())
    if path.exists() and path.stat().st_size > most:
        path.replace(path.with_name(f"{path.stem}.{_cut_half_line(path):012}{path.suffix}"))
    return len(missing)


def _cut_half_line(path: Path) -> int:
    """Remove a line that a crash cut short; returns the size in the last whole line."""
    with path.open("r+b") as file:
        end = file.seek(0, os.SEEK_END)
        start = max(0, end - 4096)
        file.seek(start)
        tail = file.read()
        whole = tail[: tail.rfind(b"\n") + 1]
        if len(whole) < len(tail):
            file.truncate(start + len(whole))
    lines = whole.splitlines()
    return int(json.loads(lines[-1])["size"]) if lines else 0
