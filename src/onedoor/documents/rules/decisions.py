"""Decisions, their delivery, and the face of a licence (行政许可法 §§38–40, 44)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from onedoor.documents.rules.parts import Field, Head, Remedies


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantDecision:
    """准予决定书. ``matter`` names the kind of act: 行政许可, 行政确认, 行政给付 …; ``verb`` 准予 or 予以.

    ``licence``: what is issued on it.
    """

    template: ClassVar[str] = "grant_decision"
    head: Head
    matter: str
    accepted_on: date
    content: str
    basis: tuple[str, ...]
    validity: str
    delivery: str
    verb: str = "准予"
    conditions: tuple[str, ...] = ()
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DenialDecision:
    """不予决定书: facts, reasons, articles and remedies are all required (§38(2))."""

    template: ClassVar[str] = "denial_decision"
    head: Head
    matter: str
    accepted_on: date
    facts: str
    reasons: tuple[str, ...]
    basis: tuple[str, ...]
    remedies: Remedies


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReceipt:
    """送达回证. Blank lines are for the pen: what is not known yet stays ``""`` or ``None``."""

    template: ClassVar[str] = "delivery_receipt"
    head: Head
    documents: tuple[str, ...]
    recipient: str
    method: str
    place: str
    delivered_at: datetime | None = None
    received_by: str = ""
    relation: str = ""
    delivered_by: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceFace:
    """The face of an electronic licence. ``verify_url`` becomes the QR code; who cannot scan it types ``verify_code``
    at ``verify_page``. ``validity``: in words; ``case_number``: which case it came from.
    """

    template: ClassVar[str] = "licence_face"
    name: str
    number: str
    identifier: str
    holder: str
    fields: tuple[Field, ...]
    issuer: str
    issued_on: date
    validity: str
    verify_url: str
    verify_page: str
    verify_code: str
    case_number: str = ""
    basis: str = ""
    demo: bool = False
