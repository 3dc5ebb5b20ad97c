"""缴费: how much by a tariff, what came, what is left to pay by a reduction, and what did not come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from onedoor.cases import models
from onedoor.cases.commands.acting import Doing, act
from onedoor.cases.queries.cases import answers_of, facts, visible_to
from onedoor.cases.rules import events as e
from onedoor.cases.rules import paying
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import Case
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.errors import FieldError, Invalid


@dataclass(frozen=True, slots=True)
class Paid:
    """What a receipt says: its number (票据号), how much in 分, on which day."""

    receipt: str
    cents: int
    paid_on: date


@transaction.atomic(durable=True)
def set_charges(
    number: str,
    *,
    by: Actor,
    at: datetime,
    step: str,
    amounts: Mapping[str, int],
    computation: str,
    version: int | None = None,
) -> Case:
    """核定应缴金额 by a tariff, in 分 by the name of the fee; the notice goes to the applicant."""

    def decide(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        fees = paying.due_fees(now.item, answers_of(facts(case.id)) or {})
        return paying.set_charges(case, now, step=step, fees=fees, amounts=amounts, computation=computation)

    return act(number, Doing(by, at, version, (Act.REVIEW,), step), decide)


@transaction.atomic(durable=True)
def record_payment(number: str, paid: Paid, *, by: Actor, at: datetime, step: str, version: int | None = None) -> Case:
    """登记缴费 by its receipt, by the organ or at the window. Invalid where that receipt stands for something else."""

    def decide(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        events = paying.record_payment(
            case, now, step=step, receipt=paid.receipt, cents=paid.cents, paid_on=paid.paid_on
        )
        for event in events:
            if isinstance(event, e.PaymentReceived):
                _claim(event.receipt, case, by=by)
        return events

    return act(number, Doing(by, at, version, (Act.REVIEW, Act.RECEIVE), step), decide)


def _claim(receipt: str, case: Case, *, by: Actor) -> None:
    """One receipt, one payment: where it was used before is said only to whoever may see that case."""
    held, new = models.Receipt.objects.get_or_create(number=receipt, defaults={"case_id": case.id})
    if new:
        return
    where = visible_to(by).filter(pk=held.case_id).values_list("number", flat=True).first()
    used = f"办件 {where} " if where else "别的办件"
    raise Invalid([FieldError("receipt", f"这个票据号已经在{used}登记过，一张票据只能登记一次。请核对票据号。")])


@transaction.atomic(durable=True)
def give_up_payment(
    number: str, *, by: Actor, at: datetime, step: str, reason: str, version: int | None = None
) -> Case:
    """期满未缴，不再等待, with the reason that the decider weighs."""
    doing = Doing(by, at, version, (Act.REVIEW,), step)
    return act(number, doing, lambda case, now: paying.give_up(case, now, step=step, reason=reason))


@transaction.atomic(durable=True)
def propose_relief(
    number: str,
    *,
    by: Actor,
    at: datetime,
    step: str,
    cents: int,
    basis: str,
    reason: str,
    version: int | None = None,
) -> Case:
    """提出减免: what would be left to pay in 分, by which rule, why in this case."""
    doing, words = Doing(by, at, version, (Act.REVIEW,), step), {"basis": basis, "reason": reason}
    return act(number, doing, lambda case, now: paying.propose_relief(case, now, step=step, cents=cents, **words))


@transaction.atomic(durable=True)
def decide_relief(
    number: str, *, by: Actor, at: datetime, step: str, granted: bool, reason: str, version: int | None = None
) -> Case:
    """批准减免 or not, by whoever approves an extension for the organ (本机关负责人)."""
    doing = Doing(by, at, version, (Act.EXTEND,), step)
    return act(
        number, doing, lambda case, now: paying.decide_relief(case, now, step=step, granted=granted, reason=reason)
    )
