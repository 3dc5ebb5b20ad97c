"""The facts of 追加请求: what the organ overlooked in its one notice, and asks for without a right to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onedoor.cases.rules.events.fact import Event


@dataclass(frozen=True, slots=True)
class OverlookedAsked(Event):
    """追加请求: material key → what would help. ``reason``: why it comes only now; no clock stops."""

    kind = "case_overlooked_asked"
    personal = frozenset({"reason", "wording"})
    on: date
    materials: dict[str, str]
    reason: str | None = None
    officer: str = ""
    document: str = ""
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class OverlookedDeclined(Event):
    """申请人不补: the case is decided on what is there."""

    kind = "case_overlooked_declined"
    on: date
