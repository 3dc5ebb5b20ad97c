"""The facts of 缴费; ``events`` counts them among its own. Amounts are in 分."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onedoor.cases.rules.events.fact import Event
from onedoor.cases.rules.values.payment import Charge


@dataclass(frozen=True, slots=True)
class PaymentLeftToOfficer(Event):
    """转人工核定: a tariff decides how much it is, which no rule reckons."""

    kind = "case_payment_left_to_officer"
    step: str
    on: date


@dataclass(frozen=True, slots=True)
class PaymentAsked(Event):
    """缴费通知: how much, for what, until when. ``computation``: how an officer reckoned it by a tariff.

    ``relief``: on what it rests that less is asked than the charges come to (减免). ``officer`` is "" where the
    platform asks, every fee being a fixed amount. It takes the place of an earlier notice of this step.
    """

    kind = "case_payment_asked"
    personal = frozenset({"computation", "wording"})
    step: str
    charges: tuple[Charge, ...]
    cents: int
    on: date
    until: date
    notice: int
    document: str
    relief: str = ""
    computation: str | None = None
    officer: str = ""
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class PaymentExempted(Event):
    """免缴: nothing is to be paid, and on what that rests."""

    kind = "case_payment_exempted"
    step: str
    charges: tuple[Charge, ...]
    basis: str
    on: date
    officer: str = ""


@dataclass(frozen=True, slots=True)
class PaymentReceived(Event):
    """缴费: what the receipt (财政票据) says."""

    kind = "case_payment_received"
    step: str
    receipt: str
    cents: int
    paid_on: date
    on: date
    officer: str = ""


@dataclass(frozen=True, slots=True)
class PaymentLapsed(Event):
    """期满未缴: it is no longer waited for, and why; the decider weighs it."""

    kind = "case_payment_lapsed"
    personal = frozenset({"reason"})
    step: str
    until: date
    on: date
    reason: str | None = None
    officer: str = ""


@dataclass(frozen=True, slots=True)
class ReliefProposed(Event):
    """提出减免: ``cents`` is what would be left to pay, by the rule ``basis``."""

    kind = "case_relief_proposed"
    personal = frozenset({"reason"})
    step: str
    cents: int
    basis: str
    on: date
    reason: str | None = None
    officer: str = ""


@dataclass(frozen=True, slots=True)
class ReliefDecided(Event):
    """批准减免, or not; what is then to be paid stands in the notice or the exemption that comes with it."""

    kind = "case_relief_decided"
    personal = frozenset({"reason"})
    step: str
    granted: bool
    on: date
    reason: str | None = None
    officer: str = ""
