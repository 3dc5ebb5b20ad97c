"""What is promised, and what comes later: 承诺书, 容缺受理通知书."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from onedoor.documents.rules.parts import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseLetter:
    """承诺书: what the organ told (告知), what was promised (承诺), and what follows where it is not kept."""

    template: ClassVar[str] = "promise_letter"
    head: Head
    told: tuple[str, ...]
    promises: tuple[str, ...]
    consequences: tuple[str, ...]
    promised_by: str
    confirmed: str
    promised_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedLine:
    """One material that comes later, with its last day."""

    material: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ToleranceNotice:
    """容缺受理通知书: accepted, the limit runs; nothing is granted before the materials come."""

    template: ClassVar[str] = "tolerance_notice"
    head: Head
    accepted_on: date
    owed: tuple[OwedLine, ...]
    lapse: str
    basis: tuple[str, ...]
