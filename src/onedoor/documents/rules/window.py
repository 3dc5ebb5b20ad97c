"""What the hall itself hands out at the window: the receipt of a whole visit, and what there is to pay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from onedoor.documents.rules.parts import Head, MaterialLine


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLine:
    """One item of a visit: which organ has it, what came, what comes next, whom to ask."""

    item: str
    case_number: str
    organ: str
    materials: tuple[MaterialLine, ...]
    next_step: str
    phone: str
    query_password: str = ""
    corrected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitReceipt:
    """收件凭证 of one visit, in the name of the hall: proves what was handed over; not acceptance, not a decision."""

    template: ClassVar[str] = "visit_receipt"
    head: Head
    received_at: datetime
    place: str
    received_by: str
    submitted_by: str
    lines: tuple[VisitLine, ...]
    to_return: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeLine:
    """One fee of the published list: name, standard, the law or document it rests on, the amount in words."""

    name: str
    standard: str
    basis: str
    amount: str
    reduction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeNotice:
    """缴费通知: only fees of the published list (行政许可法 §59). ``total`` is "" where a tariff decides the amount."""

    template: ClassVar[str] = "fee_notice"
    head: Head
    lines: tuple[FeeLine, ...]
    total: str = ""
