"""代收转递: what a window takes in for an organ elsewhere, the list that goes along, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from onedoor.documents.rules.parts import Head, MaterialLine


@dataclass(frozen=True, slots=True, kw_only=True)
class RelayReceipt:
    """收件凭证 that names the organ elsewhere which decides: no acceptance, and no limit runs from it."""

    template: ClassVar[str] = "relay_receipt"
    head: Head
    received_at: datetime
    place: str
    received_by: str
    submitted_by: str
    decider: str
    where: str
    reach: str
    mode: str
    basis: str
    materials: tuple[MaterialLine, ...]
    query_password: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelayList:
    """转递清单: what goes to the organ that decides; it signs one and sends it back."""

    template: ClassVar[str] = "relay_list"
    head: Head
    applicant: str
    received_at: datetime
    way: str
    basis: str
    materials: tuple[MaterialLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelayReturn:
    """原件退还凭证: what went back to the applicant, why, and into whose hand."""

    template: ClassVar[str] = "relay_return"
    head: Head
    decider: str
    where: str
    reason: str
    taken: str
    materials: tuple[MaterialLine, ...]
