"""Figures follow the journal."""

from __future__ import annotations

from collections.abc import Sequence

from onedoor.journal.rules import Recorded
from onedoor.supervision import commands


class FiguresFollower:
    """统计: each fact is counted once, in the transaction that moves the cursor."""

    name = "supervision.figures"

    def handle(self, batch: Sequence[Recorded]) -> None:
        """Count the batch."""
        commands.count(batch)
