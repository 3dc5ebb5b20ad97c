"""Figures follow the journal."""

from __future__ import annotations

from collections.abc import Sequence

from onedoor.journal.rules import Recorded
from onedoor.supervision import commands


class FiguresFollower:
    """统计: each fact is counted once, in the transaction that moves the cursor.

    Under a new name the journal is read anew from its beginning: a measure that is added gets all its months, and what
    was counted stays as it is. 2: 一人兼任.
    """

    name = "supervision.figures.2"

    def handle(self, batch: Sequence[Recorded]) -> None:
        """Count the batch."""
        commands.count(batch)
