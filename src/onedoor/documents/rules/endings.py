"""After a grant: 限期整改通知书, 撤销决定书, 注销决定书."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from onedoor.documents.rules.parts import Head, Remedies


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationNotice:
    """限期整改通知书: what is not as it was promised, and until when it is to be put right."""

    template: ClassVar[str] = "rectification_notice"
    head: Head
    decided_on: date
    finding: str
    until: date
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingDecision:
    """撤销决定书, 注销决定书 (``title``): what ends, why, by which article, and the remedies."""

    template: ClassVar[str] = "ending_decision"
    head: Head
    title: str
    content: str
    reasons: tuple[str, ...]
    basis: tuple[str, ...]
    remedies: Remedies
