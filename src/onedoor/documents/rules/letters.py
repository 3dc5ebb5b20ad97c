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
    """受理通知书. ``deemed``: accepted by five working days' silence, as of the day of receipt."""

    template: ClassVar[str] = "acceptance_notice"
    head: Head
    received_on: date
    accepted_on: date
    deadline: Deadline
    basis: tuple[str, ...]
    fee: str = "不收费"
    deemed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRequiredNotice:
    """不受理告知: the matter needs no permit at all (行政许可法 §32(一))."""

    template: ClassVar[str] = "not_required_notice"
    head: Head
    received_on: date
    reasons: tuple[str, ...]
    basis: tuple[str, ...]
    advice: str
    remedies: Remedies


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
    """补正告知书: all defects at once (§32(四)); there is no national lapse period, so none is printed."""

    template: ClassVar[str] = "supplement_notice"
    head: Head
    received_on: date
    defects: tuple[Defect, ...]
    basis: tuple[str, ...]
    how: str


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
