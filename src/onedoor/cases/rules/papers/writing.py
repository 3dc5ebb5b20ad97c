"""What the documents of every case say, fixed when each is sent; a receipt follows from the first fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from onedoor.cases.rules import events as e
from onedoor.cases.rules.application import FORM, asked
from onedoor.cases.rules.clocks import ClockKind, acceptance_start, clocks, profile_of
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.numbering import Paper, number_of
from onedoor.cases.rules.papers.citing import in_words
from onedoor.cases.rules.papers.issued import Issued
from onedoor.cases.rules.papers.noting import ERASED, noted
from onedoor.cases.rules.phases import decision_name, kind_of_act, word_for_grant
from onedoor.cases.rules.values import Case, Delivery, Outcome, PaperForm, Pledge
from onedoor.documents import rules as documents
from onedoor.items.rules.codes import Source
from onedoor.items.rules.facts import for_situation
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.actor import Channel
from onedoor.kernel.clock import GROUND_NAMES, Clock, ProfileKind, StartEvent, due
from onedoor.kernel.expr import Value
from onedoor.kernel.law import article_in_chinese, law
from onedoor.kernel.workdays import Calendar, workdays_between

E = TypeVar("E", bound=e.Event)

REVIEW_DAYS = 60  # 行政复议法 §20
COURT_MONTHS = 6  # 行政诉讼法 §46

_ARRIVED = "受送达人同意电子送达。上列文书到达本平台“我的办件”的时间为送达时间。"
_START_WORDS = {
    StartEvent.RECEIVED: "收到申请之日",
    StartEvent.ACCEPTED: "受理之日",
    StartEvent.COMPLETE: "收到全部有效文件之日",
    StartEvent.DECIDED: "作出决定之日",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Everything that a document of a case may speak of: the case as it stood when the document was sent."""

    case: Case
    item: ItemVersion
    facts: tuple[Fact, ...]
    answers: dict[str, Value]
    calendar: Calendar
    organ_name: str
    contact: str
    password: str = ""
    verify_url: str = ""
    demo: bool = False
    hall: str = ""
    agent_name: str = ""


def head_of(matter: Matter, one: Issued) -> documents.Head:
    """Head and foot of every document: whose, to whom, under which number and date."""
    case = matter.case
    return documents.Head(
        organ=matter.organ_name,
        number=one.number,
        dated=one.dated,
        addressee=case.applicant_name or "申请人",
        agent=_agent(matter, one),
        case_number=case.number,
        item=case.item_name,
        contact=matter.contact,
        verify_url=matter.verify_url,
        seal_name=f"{matter.organ_name}行政审批专用章",
        demo=matter.demo,
    )


@law("行政许可法", "29(2)")
def _agent(matter: Matter, one: Issued) -> str:
    """Whoever applied for the applicant, beside their name: 代理人, or 代办人 with the office that does it. Nobody on
    what is dated after the applicant took the case over.
    """
    case = matter.case
    if not case.agent or (case.agency_ended and one.dated > case.agency_ended):
        return ""
    name = matter.agent_name or ERASED
    return f"代办人：{name}，{case.agent_station}" if case.agent_station else f"代理人：{name}"


def _deadline(clock: Clock, calendar: Calendar) -> documents.Deadline:
    limit, end = clock.limit, due(clock, calendar)
    return documents.Deadline(
        limit=str(limit),
        start=_START_WORDS[limit.start],
        article=in_words(limit.basis) if limit.article else limit.basis,
        due=end.date,
        provisional=end.provisional,
    )


def remedies_of(item: ItemVersion) -> documents.Remedies:
    """复议 and 诉讼 as a document tells them."""
    return documents.Remedies(
        review_body=item.remedies.review_organ,
        review_days=REVIEW_DAYS,
        court=item.remedies.court,
        court_months=COURT_MONTHS,
    )


def _receipt(matter: Matter, one: Issued) -> documents.Document:
    case, profile = matter.case, matter.item.clock
    answer = None
    if profile.acceptance:
        answer = _deadline(Clock(profile.acceptance, case.received), matter.calendar)
    return documents.ApplicationReceipt(
        head=head_of(matter, one),
        received_at=one.fact.at,
        channel=_CHANNELS.get(one.fact.channel, "网上"),
        materials=_material_lines(matter),
        answer=answer,
        deemed=profile.silence_accepts,
        query_password=matter.password,
    )


def _intake(matter: Matter, one: Issued) -> documents.Document:
    """In the name of the hall: it proves that the materials were taken in, nothing else."""
    case, event = matter.case, as_kind(e.Submitted, one.fact)
    return documents.IntakeReceipt(
        head=replace(head_of(matter, one), organ=matter.hall, seal_name=""),
        received_at=one.fact.at,
        place=f"{matter.hall}综合窗口",
        received_by=event.officer or "窗口工作人员",
        submitted_by=matter.agent_name or case.applicant_name or "申请人",
        materials=_material_lines(matter),
        query_password=matter.password,
    )


def _material_lines(matter: Matter) -> tuple[documents.MaterialLine, ...]:
    words = {
        Source.APPLICANT: "自行提交",
        Source.LICENCE: "电子证照（免提交）",
        Source.SHARED: "部门共享（免提交）",
        Source.FORM: "在线填表生成",
    }
    return tuple(
        documents.MaterialLine(
            name=material.name,
            copies=max(1, len(matter.case.materials.get(material.key, ()))),
            form=_FORMS.get(matter.case.paper.get(material.key), "电子"),
            source=words.get(material.source, "其他"),
        )
        for material in asked(matter.item, matter.answers)
        if material.exempt or material.key in {**matter.case.materials, **matter.case.paper}
    )


@law("行政许可法", "32(1).4", "32(1).5", 59)
def _acceptance(matter: Matter, one: Issued) -> documents.Document:
    event, case, item = as_kind(e.Accepted, one.fact), matter.case, matter.item
    profile = profile_of(case, item)
    running = clocks(case, profile)
    promised, legal = running.get(ClockKind.PROMISED), running.get(ClockKind.LEGAL)
    deemed = event.how.deemed
    return documents.AcceptanceNotice(
        head=head_of(matter, one),
        received_on=case.received,
        completed_on=case.supplement.returned if case.supplement else None,
        accepted_on=event.effective,
        deadline=_deadline(promised or Clock(profile.promised, event.effective), matter.calendar),
        legal=_deadline(legal, matter.calendar) if legal else None,
        basis=_basis(item, "32(1).4" if deemed else "32(1).5"),
        fee=_fee(matter),
        deemed=deemed,
        permit=_permit(item),
        tolerated=Pledge.LATER in case.promised.values(),
    )


def _fee(matter: Matter) -> str:
    """What is to be paid in this situation, in one line."""
    if not matter.item.fees:
        return "不收费"
    if not matter.answers:
        return "按公布的收费项目和标准收取，以缴费通知为准"
    due = for_situation(matter.item, matter.answers).fees
    waived = [fee.reduction.basis for fee in due if fee.reduction and fee.waived]
    if len(waived) < len(due):
        return "按公布的收费项目和标准收取，以缴费通知为准"
    return f"免收。依据：{'；'.join(dict.fromkeys(waived))}" if due else "按您的情形，不收费"


def _supplement(matter: Matter, one: Issued) -> documents.Document:
    event = as_kind(e.SupplementRequested, one.fact)
    return documents.SupplementNotice(
        head=head_of(matter, one),
        received_on=matter.case.received,
        defects=defects(matter.item, event.materials),
        basis=_basis(matter.item, "32(1).4"),
        how=where_to_bring(matter.item),
        note=event.note or "",
        round=event.round,
    )


def defects(item: ItemVersion, faults: Mapping[str, str]) -> tuple[documents.Defect, ...]:
    """What is wrong with which material, a line each. ``faults``: material key → words."""
    names = {material.key: material.name for material in item.materials} | {FORM: "申请表"}
    return tuple(
        documents.Defect(material=names.get(key, key), fault=line)
        for key, words in faults.items()
        for line in words.splitlines()
    )


def where_to_bring(item: ItemVersion) -> str:
    """Where a material is brought once the application is in, as a sentence."""
    ways = ["在网上打开“我的办件”，找到这件申请补交"] if item.online else []
    for place in item.places[:1]:
        known = "，".join(filter(None, (place.address, place.hours, place.phone and f"电话 {place.phone}")))
        ways.append(f"到{place.name}{place.window}提交（{known}）")
    return "；或者".join(ways or ["到受理窗口提交"]) + "。"


def _refusal(matter: Matter, one: Issued) -> documents.Document:
    event = as_kind(e.AcceptanceRefused, one.fact)
    if event.outcome is Outcome.NOT_REQUIRED:
        return documents.NotRequiredNotice(
            head=head_of(matter, one),
            received_on=matter.case.received,
            reasons=(event.reason or ERASED,),
            basis=_basis(matter.item, "32(1).1"),
            advice=event.where_to_turn,
            remedies=remedies_of(matter.item),
            matter=kind_of_act(matter.item) if _permit(matter.item) else "",
        )
    return documents.NotCompetentNotice(
        head=head_of(matter, one),
        received_on=matter.case.received,
        reasons=(event.reason or ERASED,),
        basis=_basis(matter.item, "32(1).2"),
        turn_to=event.where_to_turn,
        remedies=remedies_of(matter.item),
    )


def _special(matter: Matter, one: Issued) -> documents.Document:
    event = as_kind(e.SpecialProcedureStarted, one.fact)
    length = workdays_between(event.on, event.notified_end, matter.calendar).days
    return documents.SpecialProcedureNotice(
        head=head_of(matter, one),
        procedure=GROUND_NAMES[event.ground],
        reason=event.reason or ERASED,
        starts_on=event.on,
        length=f"{length}个工作日",
        ends_on=event.notified_end,
        basis=(in_words(str(event.article)),),
    )


def _extension(matter: Matter, one: Issued) -> documents.Document:
    event, case, item = as_kind(e.Extended, one.fact), matter.case, matter.item
    profile = profile_of(case, item)
    clock = clocks(case, profile).get(ClockKind.LEGAL)
    clock = clock or Clock(profile.promised, case.accepted or acceptance_start(case), case.added, case.exclusions)
    return documents.ExtensionNotice(
        head=head_of(matter, one),
        accepted_on=case.accepted or case.received,
        was_due=due(replace(clock, added=0), matter.calendar).date,
        extended_by=f"{event.number}个工作日",
        deadline=_deadline(clock, matter.calendar),
        reason=event.reason or ERASED,
        approved_by=f"{matter.organ_name}负责人{event.officer}",
        basis=(in_words(str(event.article)),),
    )


def _decision(matter: Matter, one: Issued) -> documents.Document:
    event, case, item = as_kind(e.Decided, one.fact), matter.case, matter.item
    who = case.applicant_name or "申请人"
    if event.outcome is Outcome.GRANTED:
        return documents.GrantDecision(
            head=head_of(matter, one),
            verb=word_for_grant(item)[:2],
            matter=kind_of_act(item),
            accepted_on=case.accepted or case.received,
            content=f"{word_for_grant(item)}{who}申请的“{case.item_name}”。{noted(case, item, event)}",
            basis=(in_words(event.article),),
            validity=item.result.validity or "长期",
            delivery="电子送达" if case.electronic_service else "窗口领取",
            licence=item.result.name,
        )
    return documents.DenialDecision(
        head=head_of(matter, one),
        matter=kind_of_act(item),
        accepted_on=case.accepted or case.received,
        facts=f"{who}于{documents.chinese_date(case.received)}提出“{case.item_name}”申请。{noted(case, item, event)}",
        reasons=(event.reasons or ERASED,),
        basis=(in_words(event.article),),
        remedies=remedies_of(item),
    )


@law("行政许可法", 44)
def _delivery(matter: Matter, one: Issued) -> documents.Document:
    """送达回证: of a delivery that is recorded; an electronic one is proved by its entry here, not by a signature."""
    event, case, item = as_kind(e.Delivered, one.fact), matter.case, matter.item
    electronic = event.method is Delivery.ELECTRONIC
    at_window = item.places[0].name if item.places else ""
    taker = "电子送达，不需要签名" if electronic else event.receiver or ""
    return documents.DeliveryReceipt(
        head=head_of(matter, one),
        documents=_delivered(matter),
        recipient=case.applicant_name or "申请人",
        method=_METHODS[event.method],
        place={Delivery.ELECTRONIC: "本平台“我的办件”", Delivery.WINDOW: at_window}.get(event.method, ""),
        delivered_at=one.fact.at,
        received_by=taker,
        relation={case.applicant_name: "本人", matter.agent_name: "代理人"}.get(taker, "") if taker else "",
        delivered_by=(event.officer,) if event.officer else (),
        note=_ARRIVED if electronic else "依送达记录制作；签名的回证由送达机关留存。",
    )


def _delivered(matter: Matter) -> tuple[str, ...]:
    case, item = matter.case, matter.item
    if case.decision is None:
        return (f"不予受理通知书（{number_of(case.number, Paper.REFUSAL)}）",)
    name = f"{case.above.organ}的决定" if case.above else decision_name(item, case.decision.outcome)
    decision = f"{name}（{case.decision.document}）"
    return (decision, f"{item.result.name}（{case.licence}）") if case.licence else (decision,)


def _permit(item: ItemVersion) -> bool:
    return item.clock.kind is ProfileKind.PERMIT


def _basis(item: ItemVersion, article: str) -> tuple[str, ...]:
    """What an answer about acceptance rests on: 行政许可法 speaks of permits alone; other items have their own law."""
    if _permit(item):
        return (f"《中华人民共和国行政许可法》{article_in_chinese(article)}",)
    return tuple(f"《{basis.law}》等有关规定" for basis in item.basis[:1]) or ("本机关服务承诺",)


def as_kind(kind: type[E], fact: Fact) -> E:
    """The event of a fact as that kind; TypeError where it is another."""
    if not isinstance(fact.event, kind):
        raise TypeError(f"{fact.event.kind} is not {kind.kind}")
    return fact.event


_CHANNELS: dict[str, str] = {
    Channel.WINDOW: "窗口",
    Channel.WEB: "网上",
    Channel.MOBILE: "手机",
    Channel.POST: "邮寄",
    Channel.API: "系统对接",
}

_METHODS = {Delivery.ELECTRONIC: "电子送达", Delivery.WINDOW: "窗口直接送达", Delivery.POST: "邮寄送达"}

_FORMS: dict[PaperForm | None, str] = {
    PaperForm.ORIGINAL: "原件",
    PaperForm.COPY: "复印件",
    PaperForm.BOTH: "原件核对",
}

WRITERS: dict[Paper, Callable[[Matter, Issued], documents.Document]] = {
    Paper.RECEIPT: _receipt,
    Paper.INTAKE: _intake,
    Paper.ACCEPTANCE: _acceptance,
    Paper.SUPPLEMENT: _supplement,
    Paper.REFUSAL: _refusal,
    Paper.SPECIAL: _special,
    Paper.EXTENSION: _extension,
    Paper.DECISION: _decision,
    Paper.DELIVERY: _delivery,
}
