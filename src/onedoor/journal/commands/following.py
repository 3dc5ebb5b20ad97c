"""Let followers read on: their effects and their cursor are one transaction, so each fact counts exactly once."""

from __future__ import annotations

from typing import Final

from django.db import connection, transaction

from onedoor.journal import queries
from onedoor.journal.ports import Follower
from onedoor.journal.rules import Position

BATCH: Final = 200

CREATE: Final = """
INSERT INTO journal_cursor (follower, epoch, xid, entry_id) VALUES (%s, 0, '0', 0) ON CONFLICT (follower) DO NOTHING
"""
MOVE: Final = """
UPDATE journal_cursor SET epoch = %s, xid = %s::text::xid8, entry_id = %s, moved_at = clock_timestamp()
WHERE follower = %s
"""


def follow(follower: Follower, *, limit: int = BATCH) -> int:
    """Give a follower the next finished facts; returns how many. 0 where it is up to date or runs elsewhere.

    Whatever the follower raises rolls back its effects and its cursor together.
    """
    with transaction.atomic(durable=True):
        advance(follower.name, None)
        position = queries.cursor_of(follower.name, lock=True)
        if position is None:
            return 0
        entries, reached = queries.entries_after(position, limit=limit)
        if entries:
            follower.handle(entries)
        if reached != position:
            advance(follower.name, reached)
    return len(entries)


def advance(name: str, position: Position | None) -> None:
    """Move a cursor inside the caller's transaction; without a position only make sure that there is one."""
    with connection.cursor() as cursor:
        if position is None:
            cursor.execute("SELECT EXISTS (SELECT FROM journal_cursor WHERE follower = %s)", [name])
            if not cursor.fetchone()[0]:
                cursor.execute(CREATE, [name])
        else:
            cursor.execute(MOVE, [position.epoch, str(position.xid), position.id, name])
