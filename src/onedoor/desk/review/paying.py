"""缴费 on the case page: how much, until when, what came of it; what may be done next, and how the forms are read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from onedoor.cases import commands, queries
from onedoor.cases.queries import may
from onedoor.cases.rules import events as e
from onedoor.cases.rules.paying import asked_of, due_fees, in_vain, last_notice
from onedoor.cases.rules.values import Case, State
from onedoor.documents.rules import chinese_date, yuan
from onedoor.documents.rules.amounts import FEN, MOST
from onedoor.kernel.actor import Act
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import FieldError, Invalid
from onedoor.kernel.plan import StepKind
from onedoor.ui.parts import Tag, Tone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from onedoor.cases.queries import CasePage
    from onedoor.cases.rules.values.payment import Charge, Payment
    from onedoor.desk.review.posted import Posted
    from onedoor.kernel.actor import Actor
    from onedoor.kernel.plan import Step

AMOUNT = "amount."  # before the place of a fee in a form


@dataclass(frozen=True, slots=True)
class Paying:
    """缴费 at one step; ``told``: where it stands, ``lines``: each fee with its amount and basis.

    ``relief``: what was proposed of 减免.
    """

    step: str
    name: str
    tag: Tag
    told: str
    lines: tuple[tuple[Charge, str], ...]
    computation: str
    relief: str
    amount: str
    on: date


def payments(page: CasePage, *, on: date) -> tuple[Paying, ...]:
    """Every payment of this case, in the order of its steps."""
    held = page.case.payments
    return tuple(_paying(page, step, held[step.key], on=on) for step in page.item.plan.steps if step.key in held)


def _paying(page: CasePage, step: Step, held: Payment, *, on: date) -> Paying:
    told, tag = _came_of(page.case, held, on=on)
    return Paying(
        step=step.key,
        name=step.name,
        tag=tag,
        told=told,
        lines=tuple((charge, yuan(charge.cents)) for charge in held.charges),
        computation=_computation(page, step.key),
        relief=_relief(page, step.key, held),
        amount=yuan(held.cents),
        on=held.on,
    )


def _came_of(case: Case, held: Payment, *, on: date) -> tuple[str, Tag]:
    amount = {"amount": yuan(held.cents), "until": chinese_date(held.until), "number": held.document}
    if held.receipt:
        words = amount | {"receipt": held.receipt.number, "on": chinese_date(held.receipt.paid_on)}
        told = _("%(on)s缴费 %(amount)s，票据号 %(receipt)s。") % words
        if in_vain(case):
            told += _("这件没有办成，申请人要求退费的，按财政部门非税收入退付的规定办理。")
        return told, Tag(_("已缴费"), Tone.GO)
    if held.exempt:
        return _("免缴。依据：%(basis)s。") % {"basis": held.exempt}, Tag(_("免缴"), Tone.GO)
    if held.lapsed or case.state is not State.ACCEPTED:
        return _("%(number)s：没有缴费，通知已经作废。") % amount, Tag(_("作废"), Tone.NONE)
    told = _("%(number)s：应缴 %(amount)s，最迟%(until)s缴。缴费不停止计时，办理期限照算。") % amount
    told += _("经批准减免，依据：%(basis)s。") % {"basis": held.reduced} if held.reduced else ""
    return told, Tag(_("期满未缴"), Tone.STOP) if on > held.until else Tag(_("等申请人缴费"), Tone.WAIT)


def _computation(page: CasePage, step: str) -> str:
    """How an officer reckoned it; "" where the amounts are fixed."""
    notice = last_notice(page.facts, step)
    by_hand = notice is not None and bool(notice.officer) and not notice.relief
    return (notice.computation or _("（已删除）")) if notice and by_hand else ""


def _relief(page: CasePage, step: str, held: Payment) -> str:
    if held.relief is None:
        return ""
    proposed = [f.event for f in page.facts if isinstance(f.event, e.ReliefProposed) and f.event.step == step][-1]
    left = _("减到 %(amount)s") % {"amount": yuan(proposed.cents)} if proposed.cents else _("全部免缴")
    told = {"officer": proposed.officer, "left": left, "basis": proposed.basis}
    words = _("%(officer)s提出%(left)s。依据：%(basis)s。") % told
    return words + _("理由：%(reason)s") % {"reason": proposed.reason or _("（已删除）")}


def payment_acts(page: CasePage, *, by: Actor) -> Iterator[tuple[str, str, Step]]:
    """The acts around 缴费 that this officer may do now: key, label, step."""
    case, asked, owed = page.case, asked_of(page.case), {task.key for task in page.tasks}
    on = local_date(timezone.now())
    for step in page.steps if case.above is None else ():
        if step.kind is not StepKind.PAYMENT:
            continue
        name = {"name": step.name}
        able = {act for act in (Act.REVIEW, Act.RECEIVE, Act.EXTEND) if may(case, act, by=by, owner=step.key)}
        held = asked.get(step.key)
        if held and held.relief and Act.EXTEND in able:
            yield "decide_relief", _("批准减免：%(name)s") % name, step
        if held and able & {Act.REVIEW, Act.RECEIVE}:
            yield "record_payment", _("登记缴费：%(name)s") % name, step
        if Act.REVIEW in able and step.key in owed:
            yield from _reviewing(case, step, held, on=on)


def _reviewing(case: Case, step: Step, held: Payment | None, *, on: date) -> Iterator[tuple[str, str, Step]]:
    if held and on > held.until and not held.relief:
        yield "give_up_payment", _("期满未缴，不再等待"), step
    if step.key in case.by_hand and not (held and (held.relief or held.reduced)):
        yield "set_charges", _("更正应缴金额") if held else _("核定应缴金额：%(name)s") % {"name": step.name}, step
    if held and not (held.relief or held.reduced) and any(charge.reducible for charge in held.charges):
        yield "propose_relief", _("提出减免"), step


def tariffs(page: CasePage) -> tuple[tuple[str, str, str], ...]:
    """The fees that a tariff decides: the name of the field, the fee, its published standard."""
    fees = due_fees(page.item, page.answers or {})
    return tuple((f"{AMOUNT}{at}", fee.name, fee.standard) for at, fee in enumerate(fees) if fee.cents is None)


def cents_of(p: Posted, name: str) -> int:
    """An amount in 分 as it was typed in yuan; Invalid where it is none."""
    try:
        cents = Decimal(p.text(name).replace(",", "").replace("，", "").removesuffix(_("元")).strip()) * FEN
    except InvalidOperation:
        cents = Decimal(-1)
    if not 0 <= cents < MOST or cents != int(cents):
        raise Invalid([FieldError(name, _("请填写金额，单位是元，例如 80 或者 1250.50。"))])
    return int(cents)


def set_charges(p: Posted) -> Case:
    """核定应缴金额."""
    step, computation = p.text("step"), p.text("computation")
    return commands.set_charges(
        p.number, by=p.by, at=p.at, step=step, amounts=amounts(p), computation=computation, version=p.version
    )


def amounts(p: Posted) -> dict[str, int]:
    """What was typed for each fee that a tariff decides, by its name."""
    page = queries.case_page(p.number, by=p.by, on=local_date(p.at))
    return {fee: cents_of(p, name) for name, fee, _standard in tariffs(page)}


def record_payment(p: Posted) -> Case:
    """登记缴费."""
    paid = commands.Paid(
        receipt=p.text("receipt"),
        cents=cents_of(p, "amount"),
        paid_on=p.day("paid_on", _("请填写缴费日期，照票据上的写。")),
    )
    return commands.record_payment(p.number, paid, by=p.by, at=p.at, step=p.text("step"), version=p.version)


def give_up(p: Posted) -> Case:
    """期满未缴，不再等待."""
    step, reason = p.text("step"), p.text("reason")
    return commands.give_up_payment(p.number, by=p.by, at=p.at, step=step, reason=reason, version=p.version)


def propose_relief(p: Posted) -> Case:
    """提出减免."""
    return commands.propose_relief(
        p.number,
        by=p.by,
        at=p.at,
        step=p.text("step"),
        cents=cents_of(p, "amount"),
        basis=p.text("basis"),
        reason=p.text("reason"),
        version=p.version,
    )


def decide_relief(p: Posted) -> Case:
    """批准减免, or not."""
    if p.text("granted") not in {"yes", "no"}:
        raise Invalid([FieldError("granted", _("请选择批准或者不批准。"))])
    granted, reason = p.text("granted") == "yes", p.text("reason")
    return commands.decide_relief(
        p.number, by=p.by, at=p.at, step=p.text("step"), granted=granted, reason=reason, version=p.version
    )
