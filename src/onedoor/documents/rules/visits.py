"""联合踏勘记录 (行政许可法 §34)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from onedoor.documents.rules.parts import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitCrew:
    """What one organ found for one item: its officers, its verdict and words, and who signed for it when."""

    item: str
    case_number: str
    officers: tuple[str, ...]
    verdict: str
    finding: str
    signed: str
    photos: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class JointVisitRecord:
    """联合踏勘记录: one visit, several items, each organ's own finding. ``apart``: the items checked alone."""

    template: ClassVar[str] = "joint_visit_record"
    head: Head
    met_at: datetime
    place: str
    crews: tuple[VisitCrew, ...]
    apart: tuple[str, ...] = ()
