"""The one order in which facts are read: below the oldest running transaction, by (epoch, xid, id).

A late commit can therefore never be skipped. Rows of an earlier epoch (before dump and restore into this cluster) are
all finished. Epochs follow one another as their first ids do: ids keep growing through dump and restore.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import connection

from onedoor.journal.rules import START, Position

FINISHED: Final = "(e.epoch <> (SELECT onedoor_epoch()) OR e.xid < (SELECT pg_snapshot_xmin(pg_current_snapshot())))"
NEXT: Final = """
SELECT {columns}, e.xid::text, e.id FROM journal_entry e
WHERE e.epoch = %s AND (e.xid, e.id) > (%s::text::xid8, %s) AND {finished}
ORDER BY e.xid, e.id LIMIT %s
"""
NEXT_EPOCH: Final = """
SELECT e.epoch, e.id FROM journal_entry e
WHERE e.id > coalesce((SELECT o.id FROM journal_entry o WHERE o.epoch = %s ORDER BY o.id DESC LIMIT 1), 0)
ORDER BY e.id LIMIT 1
"""
ALREADY: Final = """
SELECT e.xid::text, e.id FROM journal_entry e WHERE e.epoch = %s AND e.id < %s ORDER BY e.xid DESC, e.id DESC LIMIT 1
"""
CURSOR: Final = "SELECT epoch, xid::text, entry_id FROM journal_cursor WHERE follower = %s"


def after(position: Position, *, limit: int, columns: str) -> tuple[list[tuple[Any, ...]], Position]:
    """The next finished rows after a position (each followed by its xid and id), and the position after them."""
    with connection.cursor() as cursor:
        while True:
            statement = NEXT.format(columns=columns, finished=FINISHED)
            cursor.execute(statement, [position.epoch, str(position.xid), position.id, limit])
            rows = cursor.fetchall()
            if rows:
                return rows, Position(position.epoch, int(rows[-1][-2]), rows[-1][-1])
            following = _next_epoch(cursor, position)
            if following is None:
                return [], position
            position = following


def _next_epoch(cursor: Any, position: Position) -> Position | None:
    """Where reading goes on once an earlier epoch is read to its end; None in the present one."""
    if position != START:
        cursor.execute("SELECT onedoor_epoch()")
        if cursor.fetchone()[0] == position.epoch:
            return None
    cursor.execute(NEXT_EPOCH, [position.epoch])
    found = cursor.fetchone()
    if found is None or found[0] == position.epoch:
        return None
    cursor.execute(ALREADY, found)
    before = cursor.fetchone()
    return Position(found[0], int(before[0]), before[1]) if before else Position(found[0], 0, 0)


def cursor_of(follower: str, *, lock: bool = False) -> Position | None:
    """How far a follower has come; START before its first step; None if another process holds the lock."""
    with connection.cursor() as cursor:
        cursor.execute(CURSOR + (" FOR UPDATE SKIP LOCKED" if lock else ""), [follower])
        row = cursor.fetchone()
    if row is None:
        return None if lock else START
    return Position(row[0], int(row[1]), row[2])
