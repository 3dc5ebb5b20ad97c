"""May this act happen, and what follows: the lifecycle of a case (办件流程), rule by rule.

Each function takes the case and the occasion, and returns the events, or raises Refused or Invalid.
The deemed acts that the law has brought about by then (``clocks.settle``) come first; the caller folds them in.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from onedoor.cases.rules import events as e
from onedoor.cases.rules.clocks import ClockKind, clocks, profile_of
from onedoor.cases.rules.demands import (
    a_step_of_its_own,
    enough_names,
    heard_first,
    in_state,
    not_above,
    not_for_oneself,
    not_presiding,
    not_resting_on_overlooked,
    not_too_long,
    nothing_unanswered,
    on_site,
    required,
    shown_long_enough,
)
from onedoor.cases.rules.gathering import complete, nothing_missing
from onedoor.cases.rules.numbering import Paper, number_of
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.promising import nothing_owed, tolerated
from onedoor.cases.rules.values import UNDECIDED, AcceptedBy, Case, Delivery, Outcome, State, Verdict
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.clock import Approver, Ground, ProfileKind, due
from onedoor.kernel.errors import FieldError, Invalid, Refused
from onedoor.kernel.law import Article, law
from onedoor.kernel.plan import Step, StepKind, downstream, pointless, ready, without
from onedoor.kernel.workdays import add_workdays

APPROVER_NAMES = {Approver.ORGAN_HEAD: "本机关负责人", Approver.GOVERNMENT_LEADER: "本级人民政府负责人"}
PERMIT_LAW = "行政许可法"
NOTHING: Mapping[str, str] = MappingProxyType({})


@law(PERMIT_LAW, "32(1).5", "32(2)")
def accept(case: Case, now: Occasion) -> tuple[e.Event, ...]:
    """受理. In time it takes effect on the day; after a complete supplement as of the day that came in."""
    in_state(case, State.SUBMITTED, "这件申请已不在待受理状态，不能再受理。")
    not_for_oneself(case, now.by)
    nothing_missing(case, now)
    returned = case.supplement.returned if case.supplement else None
    effective = returned or now.on
    number = number_of(case.number, Paper.ACCEPTANCE)
    how = AcceptedBy.OFFICER
    accepted = e.Accepted(how=how, effective=effective, on=now.on, document=number, officer=now.by.name)
    return (accepted, *tolerated(case, accepted, now.item, calendar=now.calendar))


@law(PERMIT_LAW, "32(1).4")
def request_supplement(
    case: Case, now: Occasion, *, materials: Mapping[str, str], note: str = "", lacking: Mapping[str, str] = NOTHING
) -> tuple[e.Event, ...]:
    """一次性告知: all that is missing, once, before 受理. A second notice may name only faults of the supplement.

    ``lacking``: the required materials that were not handed in, by name; the first notice must speak of each.
    """
    told = "只有受理前可以要求补正；已受理的，不得再以材料不全为由停止计时。漏看的，由本机关负责人追加请求。"
    in_state(case, State.SUBMITTED, told)
    faults = {key: text.strip() for key, text in materials.items() if text.strip()}
    if not faults:
        raise Invalid([FieldError("materials", "请至少选一份材料，并写明缺什么、怎么补。")])
    _known_materials(faults, now.item)
    not_too_long(note, *faults.values())
    if case.supplement and not set(faults) <= set(case.supplement.materials):
        raise Refused(
            "second_notice",
            "补正只能一次告知全部内容。再次告知只能针对上次要求补正的材料本身的问题；漏看的，由本机关负责人追加请求。",
            Article(PERMIT_LAW, "32(1).4"),
        )
    left_out = [name for key, name in lacking.items() if key not in faults]
    if left_out and not case.supplement:
        told = f"还没有收到、告知书里也没有写：{'、'.join(left_out)}。补正只能告知一次，请一并写明。"
        raise Invalid([FieldError("materials", told)])
    complete(case, now, faults)
    round_ = case.supplement.round + 1 if case.supplement else 1
    return (
        e.SupplementRequested(
            on=now.on,
            materials=faults,
            round=round_,
            document=number_of(case.number, Paper.SUPPLEMENT, round_),
            note=note or None,
            officer=now.by.name,
        ),
    )


@law("电子签名法", 11)
def supplement(case: Case, now: Occasion, received: e.SupplementReceived) -> tuple[e.Event, ...]:
    """申请人补正: only what was asked for; partial supplements are told what is still missing."""
    in_state(case, State.SUPPLEMENT, "这件申请现在不需要补正。")
    asked = case.supplement.materials if case.supplement else {}
    names = {material.key: material.name for material in now.item.materials}
    brought = {key for key, files in received.materials.items() if files} | received.paper.keys()
    brought |= received.promised.keys()
    missing = [names[key] for key in asked if key in names and key not in brought]
    if missing:
        raise Invalid([FieldError("materials", f"还缺：{'、'.join(missing)}。请补齐后一并提交。")])
    return (received,)


@law(PERMIT_LAW, "32(1).1", "32(1).2")
def refuse_acceptance(
    case: Case, now: Occasion, *, outcome: Outcome, reason: str, where_to_turn: str
) -> tuple[e.Event, ...]:
    """不受理 (no permit needed) or 不予受理 (not our power): reasons, and where to turn, are mandatory."""
    in_state(case, State.SUBMITTED, "这件申请已不在待受理状态。")
    if outcome not in {Outcome.NOT_REQUIRED, Outcome.NOT_COMPETENT}:
        raise Invalid([FieldError("outcome", "请选择：依法不需要办理，或不属于本机关职权。")])
    required(reason=reason, where_to_turn=where_to_turn)
    return (
        e.AcceptanceRefused(
            on=now.on,
            outcome=outcome,
            where_to_turn=where_to_turn,
            document=number_of(case.number, Paper.REFUSAL),
            reason=reason,
            officer=now.by.name,
        ),
    )


def open_steps(case: Case, item: ItemVersion) -> tuple[Step, ...]:
    """The steps of an accepted case that can be worked now; the decision is the last of them."""
    if case.state is not State.ACCEPTED:
        return ()
    return ready(steps_of(case, item), case.results)


def steps_of(case: Case, item: ItemVersion) -> tuple[Step, ...]:
    """The steps of this case; what rested on one that it does not need (any more) rests on what that needed."""
    needed = set(case.steps).difference(case.cancelled)
    return without(item.plan.steps, {step.key for step in item.plan.steps} - needed)


def merges(case: Case, ref: str, *, deciding: bool) -> bool:
    """一人兼任: whether this person accepted the case, or, deciding it, did any step of its review."""
    reviewers = {done.by for key, done in case.results.items() if key not in case.payments} if deciding else set()
    return ref in {case.acceptor, *reviewers}


@law(PERMIT_LAW, 34)
def complete_step(
    case: Case,
    now: Occasion,
    *,
    step: str,
    verdict: Verdict,
    opinion: str,
    officers: tuple[str, ...] = (),
    photos: Mapping[str, str] = NOTHING,
) -> tuple[e.Event, ...]:
    """办结一个环节: only where all that it needs is done; a check on site by two officers or more.

    ``photos``: taken on site, each file with its SM3. Only a check on site has any.
    """
    found = _open_step(case, now, step)
    a_step_of_its_own(case, found)
    if verdict is Verdict.SILENT:
        raise Invalid([FieldError("verdict", "请选择结论。逾期未答复由期限届满产生，不能填写。")])
    required(opinion=opinion)
    not_for_oneself(case, now.by)
    not_presiding(case, now.by)
    shown_long_enough(case, step, on=now.on)
    completed = e.StepCompleted(
        step=step,
        verdict=verdict,
        on=now.on,
        officers=enough_names(found, officers),
        photos=on_site(found, photos),
        merged_duties=merges(case, now.by.ref, deciding=False),
        opinion=opinion,
        officer=now.by.name,
    )
    return (completed, *_made_pointless(case, now, found)) if verdict is Verdict.FAILED else (completed,)


def _made_pointless(case: Case, now: Occasion, refusing: Step) -> tuple[e.StepsCancelled, ...]:
    """提前不予: what has not begun when that fails which the law itself demands, and nothing else can make up for."""
    begun = case.results.keys() | {step.key for step in open_steps(case, now.item)}
    gone = pointless(steps_of(case, now.item), begun=begun, refusing=refusing.key) if refusing.precondition else ()
    return (e.StepsCancelled(steps=tuple(sorted(gone)), because=refusing.key, on=now.on),) if gone else ()


def send_back(case: Case, now: Occasion, *, step: str, reason: str) -> tuple[e.StepSentBack]:
    """退回重办: the step and everything that rests on it are done again; the clock runs on."""
    in_state(case, State.ACCEPTED, "只有审查中的办件可以退回环节。")
    not_above(case)
    not_for_oneself(case, now.by)
    not_presiding(case, now.by)
    required(reason=reason)
    if now.item.members:
        raise Refused("bundle", "一件事由各并联办件分别办理。请打开要退回的并联办件，在那里退回。")
    if step not in case.results:
        raise Refused("step_not_done", "这个环节还没有办结，不需要退回。")
    if (paid := case.payments.get(step)) and paid.settled:
        raise Refused("paid_already", "费用已经缴清或者免缴，不能退回重缴。")
    reset = tuple(sorted(downstream(steps_of(case, now.item), step).intersection(case.begun)))
    return (e.StepSentBack(step=step, reset=reset, on=now.on, reason=reason, officer=now.by.name),)


@law(PERMIT_LAW, 45)
def start_special_procedure(
    case: Case, now: Occasion, *, ground: Ground, notified_end: date, reason: str
) -> tuple[e.Event, ...]:
    """特别程序: only a ground that this item's law provides for, with written notice of its length."""
    in_state(case, State.ACCEPTED, "只有受理后、决定前可以启动特别程序。")
    not_above(case)
    required(reason=reason)
    allowed = now.item.clock.ground(ground)
    if allowed is None:
        raise Refused(
            "ground_not_allowed",
            "这个事项的法律依据没有规定该特别程序，不能停止计时。现场踏勘、公示、集体讨论、缴费都计入期限，征求意见一般也计入。",
            Article(PERMIT_LAW, "45"),
        )
    if ground is Ground.HEARING and now.item.clock.hearing:
        raise Refused("hearing_asked_for", "听证从有人要求或者公告之日起停止计时，不能另行启动。", allowed.article)
    if case.procedure and case.procedure.until >= now.on:
        raise Refused("already_stopped", "已有一个特别程序在进行中，请先结束它。")
    if notified_end <= now.on:
        raise Invalid([FieldError("notified_end", "结束日期应当晚于今天。")])
    if allowed.most is not None and notified_end > (last := add_workdays(now.on, allowed.most, now.calendar).date):
        told = f"依{allowed.article}，最长 {allowed.most} 个工作日，结束日期不得晚于 {last}。"
        raise Invalid([FieldError("notified_end", told)])
    return (
        e.SpecialProcedureStarted(
            ground=ground,
            on=now.on,
            notified_end=notified_end,
            article=allowed.article,
            document=number_of(case.number, Paper.SPECIAL, len(case.exclusions) + 1),
            reason=reason,
            officer=now.by.name,
        ),
    )


def end_special_procedure(case: Case, now: Occasion, *, result: str) -> tuple[e.Event, ...]:
    """特别程序结束: the clock runs again from the day after its result."""
    stop = case.procedure
    if case.state is State.ACCEPTED and case.stopped and stop is None:
        raise Refused("hearing_pending", "听证到笔录签字才结束，请提交听证笔录。", Article(PERMIT_LAW, "48(1).5"))
    if case.state is not State.ACCEPTED or stop is None:
        raise Refused("not_stopped", "没有进行中的特别程序。")
    required(result=result)
    return (e.SpecialProcedureEnded(ground=stop.ground, on=now.on, result=result, officer=now.by.name),)


@law(PERMIT_LAW, 42)
def extend(case: Case, now: Occasion, *, approver: Approver, reason: str) -> tuple[e.Event, ...]:
    """延长期限: once, before expiry, by 本机关负责人 (or a government leader in a joint case), reasons told."""
    in_state(case, State.ACCEPTED, "只有受理后、决定前可以延长期限。")
    not_above(case)
    required(reason=reason)
    extension = now.item.clock.extension
    if extension is None:
        raise Refused("no_extension", "这个事项的法律依据没有规定延长期限。")
    if case.added:
        raise Refused("extended_already", "期限只能延长一次。", extension.article)
    if approver is not extension.approver:
        told = f"延长期限须经{APPROVER_NAMES[extension.approver]}批准，首席代表和股室负责人不能批准。"
        raise Refused("wrong_approver", told, extension.article)
    clock = clocks(case, profile_of(case, now.item)).get(ClockKind.LEGAL)
    if clock and now.on > due(clock, now.calendar).date:
        raise Refused("expired", "法定期限已满，不能再延长。请尽快作出决定并书面说明原因。", extension.article)
    return (
        e.Extended(
            on=now.on,
            number=extension.number,
            unit=extension.unit,
            approver=approver,
            article=extension.article,
            document=number_of(case.number, Paper.EXTENSION),
            reason=reason,
            officer=now.by.name,
        ),
    )


@law(PERMIT_LAW, 34, 38, 45)
def decide(case: Case, now: Occasion, *, outcome: Outcome, reasons: str, article: str) -> tuple[e.Event, ...]:
    """作出决定: 准予 needs every step passed; 不予 needs reasons and the article, and names the remedies."""
    step = next((s for s in now.item.plan.steps if s.decides), None)
    if step is None:
        raise Refused("no_decision_step", "这个事项没有决定环节，请联系事项管理员。")
    _open_step(case, now, step.key)
    if step.kind is StepKind.UPWARD:
        _decided_above(case, step, outcome, permit=is_permit(now.item))
    not_for_oneself(case, now.by)
    if outcome not in {Outcome.GRANTED, Outcome.DENIED}:
        raise Invalid([FieldError("outcome", "请选择准予或不予。")])
    required(reasons=reasons, article=article)
    nothing_unanswered(case, now.item)
    heard_first(case, now.item, on=now.on)
    nothing_owed(case, now.item, outcome)
    not_resting_on_overlooked(case, now.item, outcome, reasons=reasons)
    failed = [key for key, result in case.results.items() if result.verdict is Verdict.FAILED]
    if outcome is Outcome.GRANTED and failed:
        names = "、".join(now.item.plan.step(key).name for key in failed)
        raise Refused("step_failed", f"{names}的结论是不符合，不能准予。请先退回重办，或作出不予决定。")
    return (
        e.Decided(
            step=step.key,
            outcome=outcome,
            on=now.on,
            article=article,
            document=number_of(case.number, Paper.DECISION),
            reasons=reasons,
            merged_duties=merges(case, now.by.ref, deciding=True),
            officer=now.by.name,
        ),
    )


@law(PERMIT_LAW, 39)
def close(case: Case, now: Occasion, *, licence: str | None, files: tuple[str, ...]) -> tuple[e.Event, ...]:
    """办结: the result is made. Where the applicant agreed to electronic service it is delivered by that."""
    in_state(case, State.DECIDED, "还没有作出决定，不能办结。")
    closed = e.Closed(on=now.on, licence=licence, files=files)
    if not case.electronic_service:
        return (closed,)
    number = number_of(case.number, Paper.DELIVERY)
    return (closed, e.Delivered(on=now.on, method=Delivery.ELECTRONIC, document=number))


@law(PERMIT_LAW, 44)
def deliver(case: Case, now: Occasion, *, method: Delivery, receiver: str) -> tuple[e.Event, ...]:
    """送达: within ten working days of the decision; who received it is recorded."""
    if case.state is not State.CLOSED or case.outcome is Outcome.WITHDRAWN:
        raise Refused("not_closed", "还没有办结，不能送达。")
    if case.delivered:
        raise Refused("delivered_already", "这件已经送达。")
    required(receiver=receiver)
    number = number_of(case.number, Paper.DELIVERY)
    return (e.Delivered(on=now.on, method=method, receiver=receiver, officer=now.by.name, document=number),)


def withdraw(case: Case, now: Occasion, *, reason: str) -> tuple[e.Event, ...]:
    """撤回: the applicant may, until the decision."""
    if case.state not in UNDECIDED:
        raise Refused("decided_already", "已经作出决定，不能撤回。如不服决定，可以申请复议或提起诉讼。")
    not_too_long(reason)
    return (e.Withdrawn(on=now.on, reason=reason or None),)


def rate(case: Case, now: Occasion, *, level: int, comment: str) -> tuple[e.Event, ...]:
    """评价: five levels, after the case is closed, once; nobody may rate for the applicant."""
    in_state(case, State.CLOSED, "办结后可以评价。")
    if case.rating is not None:
        raise Refused("rated_already", "这件您已经评价过了。")
    if level not in range(1, 6):
        raise Invalid([FieldError("level", "请从“非常满意”到“非常不满意”中选一项。")])
    not_too_long(comment)
    return (e.Rated(on=now.on, level=level, comment=comment or None),)


def is_permit(item: ItemVersion) -> bool:
    """Whether 行政许可法 governs this item's clocks."""
    return item.clock.kind is ProfileKind.PERMIT


def _open_step(case: Case, now: Occasion, key: str) -> Step:
    in_state(case, State.ACCEPTED, "这件申请不在审查中。")
    for step in open_steps(case, now.item):
        if step.key == key:
            return step
    raise Refused("step_not_open", "这个环节现在不能办：前面的环节还没有办完，或者它已经办结。请刷新页面。")


@law(PERMIT_LAW, 35)
def _decided_above(case: Case, step: Step, outcome: Outcome, *, permit: bool) -> None:
    """Refused where the upper level decides: of a permit everything, of other items whatever is not sent back here."""
    not_above(case)
    organ = step.upper.organ if step.upper else "上级机关"
    if permit:
        told = f"这是由{organ}决定的许可：无论初审意见是什么，都应当连同全部申请材料报送，本机关不能作出决定。"
        raise Refused("upper_decides", told, Article(PERMIT_LAW, "35"))
    if outcome is Outcome.GRANTED:
        raise Refused("upper_decides", f"由{organ}决定，本机关不能准予。符合条件的，请报上级决定。")


def _known_materials(faults: Mapping[str, str], item: ItemVersion) -> None:
    known = {material.key for material in item.materials} | {"form"}
    if unknown := set(faults) - known:
        raise Invalid([FieldError("materials", f"事项没有这份材料：{'、'.join(sorted(unknown))}。")])
