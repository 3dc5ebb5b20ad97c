"""Reading the sealed tree: leaves, nodes, checkpoints, lag; and checking all of it again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction

from onedoor.journal import ports
from onedoor.journal.queries.order import cursor_of
from onedoor.journal.rules import START, Checkpoint, SealedRow, Verdict, Verifier, read_body
from onedoor.journal.rules.exports import export_lines
from onedoor.journal.rules.sealing import checkpoint_from_json
from onedoor.kernel import merkle

LARGEST: Final = 2**63 - 1
SEALER: Final = "sealer"
"""The sealer's name among the cursors."""

_UTC: Final = "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
LEAF_COLUMNS: Final = ", ".join(
    (
        "e.id, e.stream, e.seq, e.kind",
        _UTC.format("e.occurred_at"),
        _UTC.format("e.recorded_at"),
        "e.actor, e.on_behalf_of, e.channel, e.entry_mode, e.body::text, e.xid::text, e.epoch::text",
    )
)
LEAF_NAMES: Final = (
    *("id", "stream", "seq", "kind", "occurred_at", "recorded_at", "actor", "on_behalf_of"),
    *("channel", "entry_mode", "body", "xid", "epoch"),
)
LEAVES: Final = f"SELECT l.index, l.entry_id, l.hash, {LEAF_COLUMNS} FROM journal_leaf l"  # noqa: S608
UNCOVERED: Final = """
SELECT e.id FROM journal_entry e LEFT JOIN journal_leaf l ON l.entry_id = e.id
WHERE l.index IS NULL AND ((e.epoch = %s AND (e.xid, e.id) <= (%s::text::xid8, %s)) OR (e.epoch <> %s AND e.id < %s))
ORDER BY e.id LIMIT 5
"""
WAITING: Final = """
SELECT count(*), min(recorded_at) FROM (
  SELECT e.recorded_at FROM journal_entry e
  WHERE (e.epoch = %s AND (e.xid, e.id) > (%s::text::xid8, %s)) OR (e.epoch <> %s AND e.id > %s)
  ORDER BY e.epoch, e.xid, e.id LIMIT 10001
) waiting
"""


@dataclass(frozen=True, slots=True)
class Lag:
    """How far a reader is behind: at most 10,001 are counted; ``seconds`` is the age of the oldest of them."""

    name: str
    waiting: int
    oldest: datetime | None
    seconds: float


def seal_lag() -> Lag:
    """What is not sealed yet, for the health page: a growing age means a stopped sealer or a transaction left open."""
    return lag_of(SEALER)


def follower_lags() -> tuple[Lag, ...]:
    """The same for every follower that is wired."""
    return tuple(lag_of(follower.name) for follower in ports.followers())


def lag_of(name: str) -> Lag:
    """How far one reader is behind."""
    at = cursor_of(name) or START
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [at.epoch, str(at.xid), at.id, at.epoch, at.id])
        waiting, oldest = cursor.fetchone()
        cursor.execute("SELECT coalesce(extract(epoch FROM clock_timestamp() - %s::timestamptz), 0)", [oldest])
        return Lag(name, waiting, oldest, float(cursor.fetchone()[0]))


def leaf_row(columns: tuple[Any, ...]) -> dict[str, Any]:
    """The row as it is sealed, from LEAF_COLUMNS."""
    row = dict(zip(LEAF_NAMES, columns, strict=True))
    row["body"] = read_body(row["body"])
    return row


def tree_edge(size: int) -> merkle.Frontier:
    """The frontier of the stored tree."""
    return merkle.Frontier(size, tuple(read_node(level, index) for level, index in merkle.edge(size)))


def read_node(level: int, index: int) -> bytes:
    """One stored node; LookupError if it is missing."""
    statement, values = "SELECT hash FROM journal_node WHERE level = %s AND index = %s", [level, index]
    if level == 0:
        statement, values = "SELECT hash FROM journal_leaf WHERE index = %s", [index]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    if row is None:
        raise LookupError(f"node {level}/{index} of the journal's tree is missing: run onedoor verify")
    return bytes(row[0])


def tree_size() -> int:
    """How many facts are sealed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(index), -1) + 1 FROM journal_leaf")
        return int(cursor.fetchone()[0])


def checkpoints(after: int = 0) -> tuple[Checkpoint, ...]:
    """Checkpoints over more than ``after`` leaves, smallest first."""
    moment = _UTC.format("sealed_at")
    statement = f"SELECT size, root, {moment}, key_id, signature FROM journal_checkpoint WHERE size > %s ORDER BY size"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [after])
        return tuple(Checkpoint(row[0], bytes(row[1]), row[2], row[3], bytes(row[4])) for row in cursor.fetchall())


def outside_files(path: Path) -> tuple[Path, ...]:
    """The file outside the database: the parts put aside when it had grown, the oldest first, and the one written."""
    aside = re.compile(rf"{re.escape(path.stem)}\.\d{{12}}{re.escape(path.suffix)}")
    parts = sorted(part for part in path.parent.glob("*") if aside.fullmatch(part.name))
    return (*parts, *((path,) if path.exists() else ()))


def outside_checkpoints(path: Path | None = None) -> tuple[Checkpoint, ...]:
    """The checkpoints kept outside the database; a line cut short by a crash at the very end does not count."""
    wholes = (part.read_text().rpartition("\n")[0] for part in outside_files(path or settings.CHECKPOINTS_FILE))
    return tuple(checkpoint_from_json(json.loads(line)) for whole in wholes for line in whole.splitlines() if line)


def inclusion(entry_id: int) -> tuple[Checkpoint, int, tuple[bytes, ...]] | None:
    """The newest checkpoint, the fact's place and its proof against that checkpoint; None while it is not sealed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT index FROM journal_leaf WHERE entry_id = %s", [entry_id])
        row = cursor.fetchone()
        cursor.execute("SELECT coalesce(max(size), 0) FROM journal_checkpoint")
        size = cursor.fetchone()[0]
    if row is None or row[0] >= size:
        return None
    (checkpoint,) = checkpoints(size - 1)
    return checkpoint, row[0], merkle.inclusion_proof(row[0], size, read_node)


def sealed_rows(below: int | None = None) -> Iterator[SealedRow]:
    """Every leaf in order with its row (up to a place), a thousand at a time."""
    start, end = 0, LARGEST if below is None else below
    statement = LEAVES + " LEFT JOIN journal_entry e ON e.id = l.entry_id"
    statement += " WHERE l.index >= %s AND l.index < %s ORDER BY l.index LIMIT 1000"
    while True:
        with connection.cursor() as cursor:
            cursor.execute(statement, [start, end])
            rows = cursor.fetchall()
        if not rows:
            return
        for row in rows:
            found = None if row[3] is None else leaf_row(row[3:])
            yield SealedRow(row[0], row[1], bytes(row[2]), found)
        start = rows[-1][0] + 1


def verify(outside: Path | None = None) -> Verdict:
    """Recompute the sealed journal of this database against its checkpoints and those kept outside."""
    path = outside or settings.CHECKPOINTS_FILE
    known, unreadable = _outside(path)  # before the snapshot: the file never runs ahead of the database
    nested = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if not nested:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        kept = checkpoints()
        verifier = Verifier(keys=ports.signer().public_keys(), checkpoints=kept, outside=known)
        if unreadable:
            verifier.fault(unreadable)
        if kept and not outside_files(path):
            verifier.fault(f"库外检查点文件 {path} 不在：无法发现尾部被截断")
        elif lost := _lost(kept, known) if outside is None and not unreadable else ():
            verifier.fault(f"库外检查点不全：缺 {len(lost)} 个，第一个在第 {lost[0]} 条。请找回 {path} 旁的旧文件")
        for found in sealed_rows():
            verifier.leaf(found)
        at = cursor_of(SEALER) or START
        cursor.execute(UNCOVERED, [at.epoch, str(at.xid), at.id, at.epoch, at.id])
        for (entry_id,) in cursor.fetchall():
            verifier.fault(f"条目 {entry_id} 排在已封存的事实之间却没有封存：事后插入或封存记录被删", entry_id=entry_id)
        return verifier.verdict()


def _lost(kept: Iterable[Checkpoint], known: Iterable[Checkpoint]) -> tuple[int, ...]:
    """Up to the newest one known outside, every checkpoint stands there: the sizes of those that do not."""
    sizes = {checkpoint.size for checkpoint in known}
    newest = max(sizes, default=0)
    return tuple(checkpoint.size for checkpoint in kept if checkpoint.size < newest and checkpoint.size not in sizes)


def _outside(path: Path) -> tuple[tuple[Checkpoint, ...], str]:
    try:
        return outside_checkpoints(path), ""
    except (ValueError, KeyError, TypeError) as error:
        return (), f"库外检查点文件 {path} 有读不懂的行：{error}"


def export() -> Iterator[str]:
    """The lines of an export of everything sealed: keys, leaves with their rows, checkpoints."""
    with transaction.atomic():
        kept = checkpoints()
        yield from export_lines(sealed_rows(kept[-1].size if kept else 0), kept, ports.signer().public_keys())
