"""What the facts of 缴费 change in a case; ``fold`` applies it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from onedoor.cases.rules.events import payment as y
from onedoor.cases.rules.events.fact import Event, Fact
from onedoor.cases.rules.values import Case
from onedoor.cases.rules.values.payment import Payment, Receipt, Relief
from onedoor.kernel.replacing import replace


def _left_to_officer(case: Case, event: y.PaymentLeftToOfficer, _: Fact) -> Case:
    return replace(case, by_hand={**case.by_hand, event.step: event.on})


def _asked(case: Case, event: y.PaymentAsked, _: Fact) -> Case:
    asked = Payment(event.charges, event.cents, event.on, event.until, event.document, event.notice)
    return _with(case, event.step, replace(asked, reduced=event.relief))


def _exempted(case: Case, event: y.PaymentExempted, _: Fact) -> Case:
    held = case.payments.get(event.step)
    nothing = Payment(event.charges, 0, event.on, event.on, notice=held.notice if held else 0, exempt=event.basis)
    return _with(case, event.step, nothing)


def _received(case: Case, event: y.PaymentReceived, _: Fact) -> Case:
    held = case.payments[event.step]
    return _with(case, event.step, replace(held, receipt=Receipt(event.receipt, event.paid_on), relief=None))


def _lapsed(case: Case, event: y.PaymentLapsed, _: Fact) -> Case:
    return _with(case, event.step, replace(case.payments[event.step], lapsed=event.on, relief=None))


def _proposed(case: Case, event: y.ReliefProposed, fact: Fact) -> Case:
    relief = Relief(event.cents, event.basis, fact.actor)
    return _with(case, event.step, replace(case.payments[event.step], relief=relief))


def _relief_decided(case: Case, event: y.ReliefDecided, _: Fact) -> Case:
    return _with(case, event.step, replace(case.payments[event.step], relief=None))


def _with(case: Case, step: str, payment: Payment) -> Case:
    return replace(case, payments={**case.payments, step: payment})


PAYMENT_CHANGES: dict[type[Event], Callable[[Case, Any, Fact], Case]] = {
    y.PaymentLeftToOfficer: _left_to_officer,
    y.PaymentAsked: _asked,
    y.PaymentExempted: _exempted,
    y.PaymentReceived: _received,
    y.PaymentLapsed: _lapsed,
    y.ReliefProposed: _proposed,
    y.ReliefDecided: _relief_decided,
}
