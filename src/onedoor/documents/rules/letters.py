"""Receipts and notices before the decision (行政许可法 §§32, 42, 45)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from onedoor.documents.rules.parts import Deadline, Defect, Head, MaterialLine, Remedies


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationReceipt:
    """申请回执: proves receipt, not acceptance. ``deemed`` only for permits: silence means accepted."""

    template: ClassVar[str] = "application_receipt"
    head: Head
    received_at: datetime
    channel: str
    materials: tuple[MaterialLine, ...]
    answer: Deadline | None = None
    deemed: bool = False
    query_password: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeReceipt:
    """收件凭证 with the list of materials taken in at the counter; neither acceptance nor decision."""

    template: ClassVar[str] = "intake_receipt"
    head: Head
    received_at: datetime
    place: str
    received_by: str
    submitted_by: str
    materials: tuple[MaterialLine, ...]
    query_password: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceNotice:
    """受理通知书. ``deadline`` is the promise, ``legal`` the law's own limit, which governs a complaint.

    ``deemed``: accepted by silence. ``completed_on``: when a supplement that was asked for had come. ``permit``:
    whether the pauses of 行政许可法 §45 are spoken of; ``tolerated``: whether something was promised for later (容缺).
    """

    template: ClassVar[str] = "acceptance_notice"
    head: Head
    received_on: date
    accepted_on: date
    deadline: Deadline
    basis: tuple[str, ...]
    fee: str = "不收费"
    deemed: bool = False
    legal: Deadline | None = None
    completed_on: date | None = None
    permit: bool = True
    tolerated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRequiredNotice:
    """不受理告知: the matter needs no permit at all (行政许可法 §32(一)). ``matter``: what, "" = no act."""

    template: ClassVar[str] = "not_required_notice"
    head: Head
    received_on: date
    reasons: tuple[str, ...]
    basis: tuple[str, ...]
    advice: str
    remedies: Remedies
    matter: str = "行政许可"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCompetentNotice:
    """不予受理决定: not within this organ's powers; ``turn_to`` names where to apply (§32(二))."""

    template: ClassVar[str] = "not_competent_notice"
    head: Head
    received_on: date
    reasons: tuple[str, ...]
    basis: tuple[str, ...]
    turn_to: str
    remedies: Remedies


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementNotice:
    """补正告知书: all defects at once (§32(四)); there is no national lapse period, so none is printed.

    ``round``: from the second on, only defects of what was handed in after the first.
    """

    template: ClassVar[str] = "supplement_notice"
    head: Head
    received_on: date
    defects: tuple[Defect, ...]
    basis: tuple[str, ...]
    how: str
    note: str = ""
    round: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlookedNotice:
    """追加请求通知书: what the one notice should have named. It binds nobody and stops no clock, and says so.

    ``basis``: the law that would have all of it told at once, none where no law says so of this item.
    """

    template: ClassVar[str] = "overlooked_notice"
    head: Head
    wanted: tuple[Defect, ...]
    reason: str
    allowed_by: str
    how: str
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionNotice:
    """延期通知书 (§42): once, before expiry, with the reason and who approved it."""

    template: ClassVar[str] = "extension_notice"
    head: Head
    accepted_on: date
    was_due: date
    extended_by: str
    deadline: Deadline
    reason: str
    approved_by: str
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialProcedureNotice:
    """特别程序告知书 (§45): which procedure, from when, how long; that time is not counted."""

    template: ClassVar[str] = "special_procedure_notice"
    head: Head
    procedure: str
    reason: str
    starts_on: date
    length: str
    ends_on: date
    basis: tuple[str, ...]
