"""缴费通知书: what an organ asks to be paid in the course of a review, by when and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from onedoor.documents.rules.amounts import Amount
from onedoor.documents.rules.parts import Deadline, Head
from onedoor.documents.rules.window import FeeLine


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentNotice:
    """缴费通知书: each charge with what it rests on, the sum, the term, and the window that takes it.

    Only fees of the published list (行政许可法 §59). ``window``: its name, address and hours. No consequence is
    threatened: not paying is no withdrawal, and no clock stops.
    """

    template: ClassVar[str] = "payment_notice"
    head: Head
    lines: tuple[FeeLine, ...]
    total: Amount
    deadline: Deadline
    window: str
