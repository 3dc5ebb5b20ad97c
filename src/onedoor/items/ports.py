"""What the catalogue needs from above: the documents that a case of an item would give rise to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from onedoor.documents.rules import Document
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.expr import Value
from onedoor.kernel.workdays import Calendar


class Rehearsal(Protocol):
    """Writes the documents of a case that there is not (yet)."""

    def __call__(
        self, item: ItemVersion, answers: Mapping[str, Value], *, at: datetime, calendar: Calendar
    ) -> tuple[Document, ...]:
        """申请回执, 受理通知书, 准予 and 不予决定书 for somebody who answers so. The item must have a decision."""


class _Wired:
    rehearse: Rehearsal | None = None


def connect(*, rehearse: Rehearsal) -> None:
    """Called once by the wiring."""
    _Wired.rehearse = rehearse


def rehearse() -> Rehearsal | None:
    """The connected one; None where the catalogue stands alone."""
    return _Wired.rehearse
