"""The acts of a running case. ``act`` is the one place that locks, checks, decides, appends, folds and stores."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from onedoor.areas import queries as areas
from onedoor.cases import models
from onedoor.cases.commands import holding, joint, store
from onedoor.cases.commands.wording import put_in_writing
from onedoor.cases.queries.cases import answers_of, facts
from onedoor.cases.queries.changes import changes_since
from onedoor.cases.queries.members import bundle_of
from onedoor.cases.rules import events as e
from onedoor.cases.rules import lifecycle, visiting
from onedoor.cases.rules.application import clean_supplement, due_from, promisable
from onedoor.cases.rules.hearing import seat_of
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.settling import settled
from onedoor.cases.rules.tasks import ACCEPTANCE, called_for, promise_for, target_of
from onedoor.cases.rules.telling import QUIET
from onedoor.cases.rules.values import UNDECIDED, Case, Outcome, PaperForm, Pledge, Verdict
from onedoor.items import queries as items
from onedoor.items.rules.values import ItemVersion
from onedoor.journal import commands as journal
from onedoor.kernel.actor import Act, Actor, system
from onedoor.kernel.clock import Approver, Ground
from onedoor.kernel.errors import Conflict, Forbidden, NotFound
from onedoor.kernel.plan import StepKind

PLATFORM = system("platform")
DECISION: Final = "the decision"  # no key of a step: they are single words
NO_PAPER: Mapping[str, PaperForm] = MappingProxyType({})
NOT_PROMISED: Mapping[str, Pledge] = MappingProxyType({})

Decide = Callable[[Case, Occasion], tuple[e.Event, ...]]


@dataclass(frozen=True, slots=True)
class Doing:
    """One act about to be done: who, when, on which version of the page, and which power it takes."""

    by: Actor
    at: datetime
    version: int | None
    powers: tuple[Act, ...]
    owner: str | None = None  # the task whose organ must act, or DECISION; None = any organ of the case
    whole: Case | None = None  # of a bundle: the case whose lead does this act on the case of a member
    seat: str = ""  # whoever is heard (申请人、利害关系人): then it is their own matter that is asked for

    def task(self, item: ItemVersion) -> str | None:
        """``owner`` as a key of this item: DECISION is the step at which it is decided."""
        if self.owner != DECISION:
            return self.owner
        return next((step.key for step in item.plan.steps if step.kind is StepKind.DECISION), None)


@dataclass(frozen=True, slots=True)
class SiteVisit:
    """A check on site: which step, who was there, and the officer's own uploads that show it (现场照片)."""

    step: str
    officers: tuple[str, ...]
    photos: tuple[str, ...] = ()


def act(number: str, doing: Doing, decide: Decide) -> Case:
    """Lock the row, ask whether this may happen, let the law's own acts go first, decide, append, fold, store.

    NotFound where the actor may not see the case, Forbidden where it may not do this act, Conflict where the page
    is stale, Refused or Invalid from the rule; then nothing changes.
    """
    held = holding.lock(number)
    if held is None:
        raise NotFound("没有这个办件编号。请核对后再试。")
    case = held.case
    item, calendar = items.version(case.item_version), areas.calendar(case.area)
    _permit(case, doing, item=item)
    if _overtaken(case, doing):
        raise Conflict
    now = Occasion(item, calendar, doing.at, doing.by)
    deemed = () if held.quiet(item, calendar, now.at) else settled(case, item, calendar=calendar, on=now.on)
    platform = replace(PLATFORM, simulated=doing.by.simulated)
    if deemed:
        deemed = put_in_writing(case, deemed, item=item, by=platform, at=doing.at)
        case = store.append(case, deemed, case_id=case.id, by=platform, at=doing.at)
    events = put_in_writing(case, decide(case, now), item=item, by=doing.by, at=doing.at)
    if deemed or events:
        entries, case = store.entered(case, events, case_id=case.id, by=doing.by, at=doing.at)
        if item.members:
            journal.append(entries)
            entries, case = [], joint.open_members(case, item, by=platform, at=doing.at)
        owed = holding.save(held, case, item, calendar=calendar, at=doing.at, entries=entries)
        _enqueue(case, (*deemed, *events), owed=owed)
    return case


def _enqueue(case: Case, events: Sequence[e.Event], *, owed: bool) -> None:
    """What follows by itself: messages, dispatch of what is newly owed, the result, a member's end for its bundle."""
    kinds: list[JSONValue] = [event.kind for event in events if event.kind not in QUIET]
    if kinds or owed:
        app.configure_task("cases.after_act").defer(case_id=case.id, kinds=kinds)
    if any(isinstance(event, e.Decided) for event in events):
        app.configure_task("cases.make_result").defer(case_id=case.id)
    if case.joint and not case.open:
        app.configure_task("cases.follow_members").defer(number=case.joint)


def _overtaken(case: Case, doing: Doing) -> bool:
    """Whether the case changed behind the version of the page, so that this act could contradict what was done.

    That a material was opened is no change; that another department gave its own opinion beside this one is none
    either: eight who speak at once need not wait for each other. Whoever decides must have seen every one of them.
    """
    if doing.version is None or doing.version == case.version:
        return False
    if doing.version > case.version:
        return True
    beside = doing.owner if doing.powers == (Act.REVIEW,) else None
    return any(not _speaks_beside(fact.event, beside) for fact in changes_since(case.id, doing.version))


def _speaks_beside(event: e.Event, step: str | None) -> bool:
    if isinstance(event, e.MemberSpoke | e.VisitManned | e.VisitSigned):
        return step is not None and event.member != step
    return step is not None and isinstance(event, e.StepCompleted | e.LateOpinionGiven) and event.step != step


def _permit(case: Case, doing: Doing, *, item: ItemVersion) -> None:
    target = seat_of(case, doing.seat) if doing.seat else target_of(case, doing.task(item))
    target = target_of(doing.whole) if doing.whole else target
    if not doing.by.may(Act.VIEW, target if doing.seat else target_of(doing.whole or case)):
        raise NotFound("没有这个办件编号。请核对后再试。")
    if not any(doing.by.may(power, target) for power in doing.powers):
        raise Forbidden


@transaction.atomic(durable=True)
def accept(number: str, *, by: Actor, at: datetime, version: int | None = None) -> Case:
    """受理 (行政许可法 §32(1)(五)). Refused when it is no longer waiting; Conflict when the page is stale."""
    return act(number, Doing(by, at, version, (Act.ACCEPT,), ACCEPTANCE), lifecycle.accept)


@transaction.atomic(durable=True)
def request_supplement(
    number: str, *, by: Actor, at: datetime, materials: Mapping[str, str], note: str = "", version: int | None = None
) -> Case:
    """一次性告知补正 (行政许可法 §32(1)(四)): material key → what is wrong and what to do. Whole, or Invalid."""

    def decide_(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        here = {**case.materials, **case.paper, **case.promised}
        needed = due_from(now.item, answers_of(facts(case.id)) or {})
        lacking = {material.key: material.name for material in needed if not here.get(material.key)}
        return lifecycle.request_supplement(case, now, materials=materials, note=note, lacking=lacking)

    return act(number, Doing(by, at, version, (Act.NOTIFY,), ACCEPTANCE), decide_)


@transaction.atomic(durable=True)
def supplement(
    number: str,
    *,
    by: Actor,
    at: datetime,
    materials: Mapping[str, Sequence[str]],
    answers: Mapping[str, object] | None = None,
    paper: Mapping[str, PaperForm] = NO_PAPER,
    promised: Mapping[str, Pledge] = NOT_PROMISED,
    version: int | None = None,
) -> Case:
    """申请人补正, in time until 24:00 of the day; also typed in at the counter, where ``paper`` may come.

    ``promised``: what the applicant chooses to bring later, or to promise in the place of a proof.
    """
    doing = Doing(by, at, version, (Act.SUPPLEMENT, Act.RECEIVE))
    return supplement_within(number, doing, materials=materials, answers=answers, paper=paper, promised=promised)


def supplement_within(
    number: str,
    doing: Doing,
    *,
    materials: Mapping[str, Sequence[str]],
    answers: Mapping[str, object] | None = None,
    paper: Mapping[str, PaperForm] = NO_PAPER,
    promised: Mapping[str, Pledge] = NOT_PROMISED,
) -> Case:
    """``supplement`` for use inside the caller's transaction."""
    by, at = doing.by, doing.at

    def decide_(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        receives = by.may(Act.RECEIVE, target_of(case))
        if paper and not receives:
            raise Forbidden("只有窗口收件人员可以登记纸质材料。")
        store.bind_files(materials, case_id=case.id, area=case.area, by=by, at=at)
        corrected = None
        if answers is not None:
            before = answers_of(facts(case.id)) or {}
            corrected = clean_supplement(now.item, answers=answers, before=before, today=now.on)
        offered = promisable(now.item, corrected if corrected is not None else answers_of(facts(case.id)) or {})
        received = e.SupplementReceived(
            on=now.on,
            materials={key: tuple(files) for key, files in materials.items()},
            steps=case.steps if corrected is None else called_for(now.item.plan, corrected),
            answers=None if corrected is None else json.dumps(corrected, ensure_ascii=False),
            paper=dict(paper),
            promised={key: kind for key, kind in promised.items() if kind in offered.get(key, ())},
            officer=by.name if receives else "",
            shorter_limit=case.shorter_limit if corrected is None else promise_for(now.item, corrected),
        )
        return lifecycle.supplement(case, now, received)

    return act(number, doing, decide_)


@transaction.atomic(durable=True)
def refuse_acceptance(
    number: str,
    *,
    by: Actor,
    at: datetime,
    outcome: Outcome,
    reason: str,
    where_to_turn: str,
    version: int | None = None,
) -> Case:
    """不受理 or 不予受理 (行政许可法 §32(1)(一)(二)): in writing, with reasons and where to turn."""
    doing = Doing(by, at, version, (Act.REFUSE,), ACCEPTANCE)
    return act(
        number,
        doing,
        lambda c, now: lifecycle.refuse_acceptance(c, now, outcome=outcome, reason=reason, where_to_turn=where_to_turn),
    )


@transaction.atomic(durable=True)
def complete_step(
    number: str,
    *,
    by: Actor,
    at: datetime,
    step: str,
    verdict: Verdict,
    opinion: str,
    officers: tuple[str, ...] = (),
    version: int | None = None,
) -> Case:
    """办结一个审查环节 with its verdict and opinion; a check on site names two officers or more (§34)."""
    visit = SiteVisit(step, officers)
    return _complete(number, visit, Doing(by, at, version, (Act.REVIEW,), step), verdict=verdict, opinion=opinion)


@transaction.atomic(durable=True)
def complete_site_visit(
    number: str,
    visit: SiteVisit,
    *,
    by: Actor,
    at: datetime,
    verdict: Verdict,
    opinion: str,
    version: int | None = None,
) -> Case:
    """办结现场核查 with photos: they become part of the case with this act. Invalid where one is no picture.

    Otherwise as ``complete_step``; Refused for a step that is no check on site.
    """
    doing = Doing(by, at, version, (Act.REVIEW,), visit.step)
    return _complete(number, visit, doing, verdict=verdict, opinion=opinion)


def _complete(number: str, visit: SiteVisit, doing: Doing, *, verdict: Verdict, opinion: str) -> Case:
    def decide_(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        if case.joint and now.item.plan.step(visit.step).kind is StepKind.SITE_VISIT:
            visiting.not_called(bundle_of(case), case.number)
        taken = store.bind_photos(visit.photos, case, by=doing.by, at=doing.at)
        return lifecycle.complete_step(
            case, now, step=visit.step, verdict=verdict, opinion=opinion, officers=visit.officers, photos=taken
        )

    return act(number, doing, decide_)


@transaction.atomic(durable=True)
def send_back(number: str, *, by: Actor, at: datetime, step: str, reason: str, version: int | None = None) -> Case:
    """退回重办: a step and all that rests on it, by whoever reviews or decides after it."""
    doing = Doing(by, at, version, (Act.REVIEW, Act.DECIDE))
    return act(number, doing, lambda c, now: lifecycle.send_back(c, now, step=step, reason=reason))


@transaction.atomic(durable=True)
def start_special_procedure(
    number: str,
    *,
    by: Actor,
    at: datetime,
    ground: Ground,
    notified_end: date,
    reason: str,
    version: int | None = None,
) -> Case:
    """启动特别程序 (行政许可法 §45), with written notice of its length."""
    return act(
        number,
        Doing(by, at, version, (Act.SUSPEND,)),
        lambda c, now: lifecycle.start_special_procedure(
            c, now, ground=ground, notified_end=notified_end, reason=reason
        ),
    )


@transaction.atomic(durable=True)
def end_special_procedure(number: str, *, by: Actor, at: datetime, result: str, version: int | None = None) -> Case:
    """结束特别程序: the clock runs again."""
    doing = Doing(by, at, version, (Act.SUSPEND,))
    return act(number, doing, lambda c, now: lifecycle.end_special_procedure(c, now, result=result))


@transaction.atomic(durable=True)
def extend(
    number: str, *, by: Actor, at: datetime, approver: Approver, reason: str, version: int | None = None
) -> Case:
    """批准延长期限 (行政许可法 §42): once, before expiry, the applicant told why."""
    doing = Doing(by, at, version, (Act.EXTEND,))
    return act(number, doing, lambda c, now: lifecycle.extend(c, now, approver=approver, reason=reason))


@transaction.atomic(durable=True)
def decide(
    number: str, *, by: Actor, at: datetime, outcome: Outcome, reasons: str, article: str, version: int | None = None
) -> Case:
    """作出决定 (行政许可法 §38). The result is then made, and the case closed, by the platform."""
    return act(
        number,
        Doing(by, at, version, (Act.DECIDE,), DECISION),
        lambda c, now: lifecycle.decide(c, now, outcome=outcome, reasons=reasons, article=article),
    )


@transaction.atomic(durable=True)
def withdraw(number: str, *, by: Actor, at: datetime, reason: str = "", version: int | None = None) -> Case:
    """申请人撤回申请, until the decision; of a bundle all that is not decided yet."""
    doing = Doing(by, at, version, (Act.WITHDRAW,))
    withdrawn = act(number, doing, lambda c, now: lifecycle.withdraw(c, now, reason=reason))
    undecided = models.Case.objects.select_for_update().filter(joint=number, state__in=UNDECIDED)
    for child in [row.number for row in undecided.order_by("pk")]:
        act(child, replace(doing, version=None), lambda c, now: lifecycle.withdraw(c, now, reason=reason))
    return withdrawn


@transaction.atomic(durable=True)
def rate(number: str, *, by: Actor, at: datetime, level: int, comment: str = "") -> Case:
    """好差评: five levels, once; staff cannot rate."""
    doing = Doing(by, at, None, (Act.RATE,))
    return act(number, doing, lambda c, now: lifecycle.rate(c, now, level=level, comment=comment))


@transaction.atomic(durable=True)
def open_material(number: str, *, by: Actor, at: datetime, material: str, file: str) -> Case:
    """打开材料: recorded when an officer opens it. NotFound where the file is not of this case."""

    def decide_(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        if file not in case.files.get(material, ()):
            raise NotFound("没有这份材料。")
        return (e.MaterialOpened(material=material, file=file),)

    return act(number, Doing(by, at, None, (Act.VIEW,)), decide_)
