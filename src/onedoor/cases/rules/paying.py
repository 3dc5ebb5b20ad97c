"""缴费: asked for by the published list alone, paid at the bank or the window, recorded by its receipt.

DOMAIN §4.0 rule 9: it stops no clock. Rule 22: nothing but a cited 减免 lowers a fee. What was paid is never asked for
again; what was not paid by its day is for the organ to weigh, and no silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from onedoor.cases.rules import events as e
from onedoor.cases.rules.automatic import by_platform
from onedoor.cases.rules.demands import in_state, not_above, not_for_oneself, required
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.lifecycle import open_steps
from onedoor.cases.rules.numbering import Paper, number_of
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import Case, Outcome, State, Verdict
from onedoor.cases.rules.values.payment import Charge, Payment
from onedoor.documents.rules import yuan
from onedoor.documents.rules.amounts import MOST
from onedoor.items.rules.facts import DueFee, for_situation
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.clock import Clock, due
from onedoor.kernel.errors import FieldError, Invalid, Refused
from onedoor.kernel.expr import Value
from onedoor.kernel.law import Article, law
from onedoor.kernel.plan import Step, StepKind

CHARGED_BY: Final = "系统按公布的收费标准核定"
NOTHING_DUE: Final = "按申请人的情形，没有应缴的费用"
RECEIPT: Final = re.compile(r"[0-9A-Za-z\-]{4,40}")
PERMIT_LAW: Final = "行政许可法"


def due_fees(item: ItemVersion, answers: Mapping[str, Value]) -> tuple[DueFee, ...]:
    """The fees of the published item for this situation."""
    return for_situation(item, answers).fees


@law(PERMIT_LAW, 59)
def ask(case: Case, now: Occasion, step: Step, *, answers: Mapping[str, Value] | None) -> tuple[e.Event, ...]:
    """缴费通知 where every fee is a fixed amount, or 免缴 where they come to nothing; a tariff is for people.

    What was paid before the step was sent back is done by that. ``answers``: None where nobody can tell any more.
    Nothing where the step is not the platform's to do.
    """
    if step.kind is not StepKind.PAYMENT or not by_platform(case, step):
        return ()
    held = case.payments.get(step.key)
    if held and held.settled:
        return (_done(step, now, _settled_by(held), officer=CHARGED_BY),)
    fees = due_fees(now.item, answers) if answers is not None else ()
    if answers is None or any(fee.cents is None for fee in fees):
        return (e.PaymentLeftToOfficer(step=step.key, on=now.on),)
    return _notified(case, now, step, charges=charges_of(fees))


def charges_of(fees: Iterable[DueFee], amounts: Mapping[str, int] | None = None) -> tuple[Charge, ...]:
    """Each fee as it is asked for. ``amounts``: by name, of those that a tariff decides."""
    return tuple(
        Charge(
            name=one.name,
            standard=f"{one.fee.standard}；按您的情形：{one.standard}" if one.reduction else one.standard,
            basis=f"{one.fee.basis}；减免依据：{one.reduction.basis}" if one.reduction else one.fee.basis,
            cents=(amounts or {}).get(one.name, 0) if one.cents is None else one.cents,
            reducible=one.fee.reduction_basis if one.fee.reducible else "",
            tariff=one.cents is None,
        )
        for one in fees
    )


@law(PERMIT_LAW, 59)
def set_charges(
    case: Case, now: Occasion, *, step: str, fees: tuple[DueFee, ...], amounts: Mapping[str, int], computation: str
) -> tuple[e.Event, ...]:
    """核定应缴金额 by a tariff, and anew while it is unpaid: ``amounts`` in 分 by the name of the fee, ``computation``
    in words.
    """
    found = _open_payment(case, now, step)
    if step not in case.by_hand:
        raise Refused("charged_by_rule", "这笔费用按公布的固定标准收取，系统已经核定，不能改。可以减免的，请提出减免。")
    if (held := case.payments.get(step)) and (held.settled or held.relief or held.reduced):
        raise Refused("amount_is_fixed", "已经缴费，或者已经提出、批准减免，不能再改金额。请刷新页面。")
    not_for_oneself(case, now.by)
    missing = [fee.name for fee in fees if fee.cents is None and not 0 <= amounts.get(fee.name, -1) < MOST]
    if missing:
        raise Invalid([FieldError("amount", f"请填写金额，例如 80 或者 1250.50：{'、'.join(missing)}。")])
    required(computation=computation)
    return _notified(case, now, found, charges=charges_of(fees, amounts), computation=computation.strip())


def _notified(
    case: Case, now: Occasion, step: Step, *, charges: tuple[Charge, ...], computation: str = ""
) -> tuple[e.Event, ...]:
    total = sum(charge.cents for charge in charges)
    officer = now.by.name if computation else CHARGED_BY
    if total == 0:
        waived = dict.fromkeys(charge.basis for charge in charges)
        basis = computation or "；".join(waived) or NOTHING_DUE
        return _exempted(now, step, charges=charges, basis=basis, officer=officer)
    return (_asked(case, now, step, charges=charges, cents=total, computation=computation),)


def _asked(
    case: Case,
    now: Occasion,
    step: Step,
    *,
    charges: tuple[Charge, ...],
    cents: int,
    computation: str = "",
    relief: str = "",
) -> e.PaymentAsked:
    if step.limit is None:
        raise Refused("no_term", "这个环节没有写明几天内缴费，不能发缴费通知。请联系事项管理员补上。")
    notice = max((held.notice for held in case.payments.values()), default=0) + 1
    return e.PaymentAsked(
        step=step.key,
        charges=charges,
        cents=cents,
        on=now.on,
        until=due(Clock(step.limit, now.on), now.calendar).date,
        notice=notice,
        document=number_of(case.number, Paper.PAYMENT, notice),
        relief=relief,
        computation=computation or None,
        officer=now.by.name if computation or relief else "",
    )


def _exempted(
    now: Occasion, step: Step, *, charges: tuple[Charge, ...], basis: str, officer: str
) -> tuple[e.Event, ...]:
    exempted = e.PaymentExempted(step=step.key, charges=charges, basis=basis, on=now.on, officer=officer)
    return (exempted, _done(step, now, f"免缴。依据：{basis}。", officer=officer))


def record_payment(
    case: Case, now: Occasion, *, step: str, receipt: str, cents: int, paid_on: date
) -> tuple[e.Event, ...]:
    """登记缴费 by its receipt: the whole amount, on a day between the notice and today.

    It is recorded also where an earlier step is being done again; this one is then done by that when its turn comes.
    """
    held = waiting(case, step)
    number = "".join(receipt.split()).upper()
    if wrong := (*_of_receipt(number), *_of_amount(held, cents), *_of_day(held, now, paid_on)):
        raise Invalid(wrong)
    not_for_oneself(case, now.by)
    received = e.PaymentReceived(
        step=step, receipt=number, cents=cents, paid_on=paid_on, on=now.on, officer=now.by.name
    )
    found = next((one for one in open_steps(case, now.item) if one.key == step), None)
    opinion = f"已缴费 {yuan(cents)}，票据号 {number}。"
    return (received, _done(found, now, opinion, officer=now.by.name)) if found else (received,)


def _of_receipt(number: str) -> Iterable[FieldError]:
    if not RECEIPT.fullmatch(number):
        yield FieldError("receipt", "请照财政票据填写票据号：4 到 40 位字母、数字。")


def _of_amount(held: Payment, cents: int) -> Iterable[FieldError]:
    if cents != held.cents:
        told = f"应缴 {yuan(held.cents)}，填写的是 {yuan(cents)}。请核对票据；金额不符的请申请人补齐或者退回重缴。"
        yield FieldError("amount", told)


def _of_day(held: Payment, now: Occasion, paid_on: date) -> Iterable[FieldError]:
    if not held.on <= paid_on <= now.on:
        yield FieldError("paid_on", f"缴费日期应当在缴费通知之日（{held.on}）以后，不晚于今天。请照票据填写。")


def give_up(case: Case, now: Occasion, *, step: str, reason: str) -> tuple[e.Event, ...]:
    """期满未缴，不再等待: the step is not met, and the decider weighs it; sent back, it is asked for anew."""
    held = waiting(case, step)
    found = _open_payment(case, now, step)
    if now.on <= held.until:
        raise Refused("may_still_pay", f"缴费期限到 {held.until} 才满，期满以后才能结束等待。")
    if held.relief:
        raise Refused("relief_undecided", "减免还没有批准或者驳回。请先由本机关负责人处理。")
    required(reason=reason)
    not_for_oneself(case, now.by)
    lapsed = e.PaymentLapsed(step=step, until=held.until, on=now.on, reason=reason.strip(), officer=now.by.name)
    return (lapsed, _done(found, now, reason.strip(), officer=now.by.name, verdict=Verdict.FAILED))


@law(PERMIT_LAW, 59)
def propose_relief(case: Case, now: Occasion, *, step: str, cents: int, basis: str, reason: str) -> tuple[e.Event, ...]:
    """提出减免: what would be left to pay, by the cited rule; only where the published list allows a reduction."""
    held = waiting(case, step)
    if held.relief:
        raise Refused("relief_proposed", "已经提出减免，等本机关负责人批准。请刷新页面。")
    if not any(charge.reducible for charge in held.charges):
        told = "公布的收费目录没有写这项收费可以减免，不能自行减免。"
        raise Refused("not_reducible", told, Article(PERMIT_LAW, "59"))
    not_for_oneself(case, now.by)
    if not 0 <= cents < held.cents:
        raise Invalid([FieldError("amount", f"减免以后应缴的金额应当少于 {yuan(held.cents)}，全免的填 0。")])
    required(basis=basis, reason=reason)
    words = {"basis": basis.strip(), "reason": reason.strip()}
    return (e.ReliefProposed(step=step, cents=cents, on=now.on, officer=now.by.name, **words),)


@law(PERMIT_LAW, 59)
def decide_relief(case: Case, now: Occasion, *, step: str, granted: bool, reason: str) -> tuple[e.Event, ...]:
    """批准减免, or not, by somebody else than whoever proposed it. A new notice says what is left; where nothing is,
    免缴 is recorded.
    """
    held = waiting(case, step)
    found = _open_payment(case, now, step)
    relief = held.relief
    if relief is None:
        raise Refused("no_relief", "没有等批准的减免，可能已经处理过。请刷新页面。")
    if relief.by == now.by.ref:
        raise Refused("own_proposal", "减免是您自己提出的，请由本机关另一位负责人批准。")
    not_for_oneself(case, now.by)
    required(reason=reason)
    said = e.ReliefDecided(step=step, granted=granted, on=now.on, reason=reason.strip(), officer=now.by.name)
    if not granted:
        return (said,)
    if relief.cents == 0:
        return (said, *_exempted(now, found, charges=held.charges, basis=relief.basis, officer=now.by.name))
    return (said, _asked(case, now, found, charges=held.charges, cents=relief.cents, relief=relief.basis))


def waiting(case: Case, step: str) -> Payment:
    """What the applicant is asked to pay at this step; Refused where nothing is."""
    in_state(case, State.ACCEPTED, "这件申请不在审查中，缴费通知已经作废。")
    not_above(case)
    held = case.payments.get(step)
    if held is None or not held.waits:
        raise Refused("nothing_to_pay", "这个环节现在没有等缴的费用，可能已经登记过。请刷新页面。")
    return held


def asked_of(case: Case) -> dict[str, Payment]:
    """What the applicant is asked to pay now, by step: withdrawal and decision end every notice (作废)."""
    return {key: held for key, held in case.payments.items() if held.waits} if case.state is State.ACCEPTED else {}


def in_vain(case: Case) -> bool:
    """Whether it ended with what was applied for not granted: who paid may then ask for the money back."""
    return case.state is State.CLOSED and case.outcome not in {Outcome.GRANTED, Outcome.PARTLY}


def last_notice(facts: Iterable[Fact], step: str) -> e.PaymentAsked | None:
    """The notice of this step that was sent last."""
    sent = [f.event for f in facts if isinstance(f.event, e.PaymentAsked) and f.event.step == step]
    return sent[-1] if sent else None


def _open_payment(case: Case, now: Occasion, key: str) -> Step:
    in_state(case, State.ACCEPTED, "这件申请不在审查中。")
    for step in open_steps(case, now.item):
        if step.key == key and step.kind is StepKind.PAYMENT:
            return step
    raise Refused("step_not_open", "现在没有这个缴费环节可以办：前面的环节没有办完，或者已经缴清。请刷新页面。")


def _settled_by(held: Payment) -> str:
    if held.receipt:
        return f"已缴费 {yuan(held.cents)}，票据号 {held.receipt.number}，不再收取。"
    return f"免缴。依据：{held.exempt}。"


def _done(
    step: Step, now: Occasion, opinion: str, *, officer: str, verdict: Verdict = Verdict.PASSED
) -> e.StepCompleted:
    return e.StepCompleted(step=step.key, verdict=verdict, on=now.on, opinion=opinion, officer=officer)
