"""The acts of a running case: each asks a rule; ``acting`` does what it says."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType

from django.db import transaction

from onedoor.cases import models
from onedoor.cases.commands import store
from onedoor.cases.commands.acting import DECISION, Decide, Doing, act, act_alone
from onedoor.cases.commands.submission import renewed
from onedoor.cases.queries.cases import answers_of, facts
from onedoor.cases.queries.members import bundle_of
from onedoor.cases.rules import events as e
from onedoor.cases.rules import lifecycle, visiting
from onedoor.cases.rules.application import clean_supplement, due_from, promisable
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.tasks import ACCEPTANCE, called_for, promise_for, target_of
from onedoor.cases.rules.values import UNDECIDED, Case, Outcome, PaperForm, Pledge, Verdict
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.clock import Approver, Ground
from onedoor.kernel.errors import Forbidden, NotFound
from onedoor.kernel.plan import StepKind

NO_PAPER: Mapping[str, PaperForm] = MappingProxyType({})
NOT_PROMISED: Mapping[str, Pledge] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SiteVisit:
    """A check on site: which step, who was there, and the officer's own uploads that show it (现场照片)."""

    step: str
    officers: tuple[str, ...]
    photos: tuple[str, ...] = ()


def accept(number: str, *, by: Actor, at: datetime, version: int | None = None) -> Case:
    """受理 (行政许可法 §32(1)(五)). Refused when it is no longer waiting; Conflict when the page is stale."""
    return act_alone(number, Doing(by, at, version, (Act.ACCEPT,), ACCEPTANCE), lifecycle.accept)


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
            renews=case.renews if corrected is None else renewed(now.item, corrected, holder=case.applicant),
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
    doing = Doing(by, at, version, (Act.REVIEW,), step)
    return act_alone(number, doing, _completing(SiteVisit(step, officers), doing, verdict=verdict, opinion=opinion))


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
    return act(number, doing, _completing(visit, doing, verdict=verdict, opinion=opinion))


def _completing(visit: SiteVisit, doing: Doing, *, verdict: Verdict, opinion: str) -> Decide:
    def decide_(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        if case.joint and now.item.plan.step(visit.step).kind is StepKind.SITE_VISIT:
            visiting.not_called(bundle_of(case), case.number)
        taken = store.bind_photos(visit.photos, case, by=doing.by, at=doing.at)
        return lifecycle.complete_step(
            case, now, step=visit.step, verdict=verdict, opinion=opinion, officers=visit.officers, photos=taken
        )

    return decide_


def send_back(number: str, *, by: Actor, at: datetime, step: str, reason: str, version: int | None = None) -> Case:
    """退回重办: a step and all that rests on it, by whoever reviews or decides after it."""
    doing = Doing(by, at, version, (Act.REVIEW, Act.DECIDE))
    return act_alone(number, doing, lambda c, now: lifecycle.send_back(c, now, step=step, reason=reason))


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


def decide(
    number: str, *, by: Actor, at: datetime, outcome: Outcome, reasons: str, article: str, version: int | None = None
) -> Case:
    """作出决定 (行政许可法 §38). The result is then made, and the case closed, by the platform."""
    return act_alone(
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
