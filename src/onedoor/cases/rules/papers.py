"""文书: which documents a case has given rise to, and what each says. Drawn anew from the facts, always the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from onedoor.cases.rules import events as e
from onedoor.cases.rules.application import asked
from onedoor.cases.rules.fold import Fact
from onedoor.cases.rules.phases import word_for_grant
from onedoor.cases.rules.values import AcceptedBy, Case, Outcome, PaperForm
from onedoor.documents import rules as documents
from onedoor.items.rules.codes import Source
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.actor import Channel
from onedoor.kernel.clock import GROUND_NAMES, Clock, Limit, StartEvent, due
from onedoor.kernel.expr import Value
from onedoor.kernel.workdays import Calendar, workdays_between

E = TypeVar("E", bound=e.Event)

REVIEW_DAYS = 60  # 行政复议法 §20
COURT_MONTHS = 6  # 行政诉讼法 §46


class Paper(StrEnum):
    """文书种类 (DOMAIN: documents to generate)."""

    RECEIPT = "receipt"  # 申请回执
    INTAKE = "intake"  # 收件凭证
    ACCEPTANCE = "acceptance"  # 受理通知书
    SUPPLEMENT = "supplement"  # 补正告知书
    REFUSAL = "refusal"  # 不受理、不予受理
    SPECIAL = "special"  # 特别程序告知书
    EXTENSION = "extension"  # 延期通知书
    DECISION = "decision"  # 准予、不予决定书


PAPER_NAMES = {
    Paper.RECEIPT: "申请回执",
    Paper.INTAKE: "收件凭证",
    Paper.ACCEPTANCE: "受理通知书",
    Paper.SUPPLEMENT: "一次性告知书",
    Paper.REFUSAL: "不予受理通知书",
    Paper.SPECIAL: "特别程序告知书",
    Paper.EXTENSION: "延期通知书",
    Paper.DECISION: "决定书",
}

_GIVEN_BY: dict[Paper, type[e.Event]] = {
    Paper.RECEIPT: e.Submitted,
    Paper.INTAKE: e.Submitted,
    Paper.ACCEPTANCE: e.Accepted,
    Paper.SUPPLEMENT: e.SupplementRequested,
    Paper.REFUSAL: e.AcceptanceRefused,
    Paper.SPECIAL: e.SpecialProcedureStarted,
    Paper.EXTENSION: e.Extended,
    Paper.DECISION: e.Decided,
}

_START_WORDS = {
    StartEvent.RECEIVED: "收到申请之日",
    StartEvent.ACCEPTED: "受理之日",
    StartEvent.COMPLETE: "收到全部有效文件之日",
    StartEvent.DECIDED: "作出决定之日",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Everything that a document of a case may speak of."""

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
    brought_by: str = ""


def given(facts: tuple[Fact, ...]) -> tuple[Paper, ...]:
    """The documents that these facts have given rise to, in the order of a case's life."""
    return tuple(paper for paper in _GIVEN_BY if any(_gives(fact, paper) for fact in facts))


def _gives(fact: Fact, paper: Paper) -> bool:
    """A 收件凭证 is given where a clerk took the application in."""
    if paper is Paper.INTAKE and fact.channel != Channel.WINDOW:
        return False
    return isinstance(fact.event, _GIVEN_BY[paper])


def write(paper: Paper, matter: Matter) -> documents.Document:
    """What a document says. ValueError where the case has not given rise to it."""
    facts = [fact for fact in matter.facts if _gives(fact, paper)]
    if not facts:
        raise ValueError(f"{matter.case.number} has no {paper}")
    return _WRITERS[paper](matter, facts[-1])


def _head(matter: Matter, paper: Paper, dated: date) -> documents.Head:
    case = matter.case
    return documents.Head(
        organ=matter.organ_name,
        number=f"{PAPER_NAMES[paper][:-1]}〔{dated.year}〕{case.number[-7:-1]}号",
        dated=dated,
        addressee=case.applicant_name or "申请人",
        case_number=case.number,
        item=case.item_name,
        contact=matter.contact,
        verify_url=matter.verify_url,
        seal_name=f"{matter.organ_name}行政审批专用章",
        demo=matter.demo,
    )


def _deadline(limit: Limit, clock: Clock, calendar: Calendar) -> documents.Deadline:
    end = due(clock, calendar)
    return documents.Deadline(
        limit=str(limit),
        start=_START_WORDS[limit.start],
        article=limit.basis,
        due=end.date,
        provisional=end.provisional,
    )


def _remedies(item: ItemVersion) -> documents.Remedies:
    return documents.Remedies(
        review_body=item.remedies.review_organ,
        review_days=REVIEW_DAYS,
        court=item.remedies.court,
        court_months=COURT_MONTHS,
    )


def _receipt(matter: Matter, fact: Fact) -> documents.Document:
    case, profile = matter.case, matter.item.clock
    answer = None
    if profile.acceptance:
        answer = _deadline(profile.acceptance, Clock(profile.acceptance, case.received), matter.calendar)
    return documents.ApplicationReceipt(
        head=_head(matter, Paper.RECEIPT, case.received),
        received_at=fact.at,
        channel=_CHANNELS.get(fact.channel, "网上"),
        materials=_material_lines(matter),
        answer=answer,
        deemed=profile.silence_accepts,
        query_password=matter.password,
    )


def _intake(matter: Matter, fact: Fact) -> documents.Document:
    """In the name of the hall: it proves that the materials were taken in, nothing else."""
    case, event = matter.case, _as(e.Submitted, fact)
    head = _head(matter, Paper.INTAKE, case.received)
    return documents.IntakeReceipt(
        head=replace(head, organ=matter.hall, seal_name=""),
        received_at=fact.at,
        place=f"{matter.hall}综合窗口",
        received_by=event.officer or "窗口工作人员",
        submitted_by=matter.brought_by or case.applicant_name or "申请人",
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


def _acceptance(matter: Matter, fact: Fact) -> documents.Document:
    event = _as(e.Accepted, fact)
    limit = matter.item.clock.promised
    start = event.effective if limit.start is StartEvent.ACCEPTED else matter.case.received
    return documents.AcceptanceNotice(
        head=_head(matter, Paper.ACCEPTANCE, event.on),
        received_on=matter.case.received,
        accepted_on=event.effective,
        deadline=_deadline(limit, Clock(limit, start), matter.calendar),
        basis=_basis(matter.item.clock.legal or limit),
        deemed=event.how is not AcceptedBy.OFFICER,
    )


def _supplement(matter: Matter, fact: Fact) -> documents.Document:
    event = _as(e.SupplementRequested, fact)
    names = {material.key: material.name for material in matter.item.materials} | {"form": "申请表"}
    limit = matter.item.clock.acceptance or matter.item.clock.promised
    return documents.SupplementNotice(
        head=_head(matter, Paper.SUPPLEMENT, event.on),
        received_on=matter.case.received,
        defects=tuple(
            documents.Defect(material=names.get(key, key), fault=words, cure="按左列说明补齐后重新提交")
            for key, words in event.materials.items()
        ),
        basis=_basis(limit),
        how="可以在网上“我的办件”中提交，也可以到政务服务中心窗口提交。",
    )


def _refusal(matter: Matter, fact: Fact) -> documents.Document:
    event = _as(e.AcceptanceRefused, fact)
    head = _head(matter, Paper.REFUSAL, event.on)
    reasons = (event.reason or "（已删除）",)
    if event.outcome is Outcome.NOT_REQUIRED:
        return documents.NotRequiredNotice(
            head=head,
            received_on=matter.case.received,
            reasons=reasons,
            basis=("《中华人民共和国行政许可法》第三十二条第一款第一项",),
            advice=event.where_to_turn,
            remedies=_remedies(matter.item),
        )
    return documents.NotCompetentNotice(
        head=head,
        received_on=matter.case.received,
        reasons=reasons,
        basis=("《中华人民共和国行政许可法》第三十二条第一款第二项",),
        turn_to=event.where_to_turn,
        remedies=_remedies(matter.item),
    )


def _special(matter: Matter, fact: Fact) -> documents.Document:
    event = _as(e.SpecialProcedureStarted, fact)
    length = workdays_between(event.on, event.notified_end, matter.calendar).days
    return documents.SpecialProcedureNotice(
        head=_head(matter, Paper.SPECIAL, event.on),
        procedure=GROUND_NAMES[event.ground],
        reason=event.reason or "（已删除）",
        starts_on=event.on,
        length=f"{length}个工作日",
        ends_on=event.notified_end,
        basis=(str(event.article),),
    )


def _extension(matter: Matter, fact: Fact) -> documents.Document:
    event = _as(e.Extended, fact)
    case, limit = matter.case, matter.item.clock.legal or matter.item.clock.promised
    start = (case.accepted or case.received) if limit.start is StartEvent.ACCEPTED else case.received
    was = due(Clock(limit, start, exclusions=case.exclusions), matter.calendar)
    return documents.ExtensionNotice(
        head=_head(matter, Paper.EXTENSION, event.on),
        accepted_on=case.accepted or case.received,
        was_due=was.date,
        extended_by=f"{event.number}个工作日",
        deadline=_deadline(limit, Clock(limit, start, event.number, case.exclusions), matter.calendar),
        reason=event.reason or "（已删除）",
        approved_by=f"{matter.organ_name}负责人 {event.officer}",
        basis=(str(event.article),),
    )


def _decision(matter: Matter, fact: Fact) -> documents.Document:
    event = _as(e.Decided, fact)
    case, item = matter.case, matter.item
    head = _head(matter, Paper.DECISION, event.on)
    kind = word_for_grant(item)[2:]
    if event.outcome is Outcome.GRANTED:
        return documents.GrantDecision(
            head=head,
            matter=kind,
            accepted_on=case.accepted or case.received,
            content=f"{word_for_grant(item)}：{case.item_name}。",
            basis=(event.article,),
            validity=item.result.validity or "长期",
            delivery="电子送达" if case.electronic_service else "窗口领取",
            licence=item.result.name,
        )
    return documents.DenialDecision(
        head=head,
        matter=kind,
        accepted_on=case.accepted or case.received,
        facts=f"{case.applicant_name or '申请人'}于{documents.chinese_date(case.received)}提出“{case.item_name}”申请。",
        reasons=(event.reasons or "（已删除）",),
        basis=(event.article,),
        remedies=_remedies(item),
    )


def _basis(limit: Limit) -> tuple[str, ...]:
    return (limit.basis,) if limit.basis else ("本机关服务承诺",)


def _as(kind: type[E], fact: Fact) -> E:
    if not isinstance(fact.event, kind):
        raise TypeError(f"{fact.event.kind} is not {kind.kind}")
    return fact.event


_CHANNELS = {"window": "窗口", "web": "网上", "mobile": "手机", "post": "邮寄", "api": "系统对接"}

_FORMS: dict[PaperForm | None, str] = {
    PaperForm.ORIGINAL: "原件",
    PaperForm.COPY: "复印件",
    PaperForm.BOTH: "原件核对",
}

_WRITERS: dict[Paper, Callable[[Matter, Fact], documents.Document]] = {
    Paper.RECEIPT: _receipt,
    Paper.INTAKE: _intake,
    Paper.ACCEPTANCE: _acceptance,
    Paper.SUPPLEMENT: _supplement,
    Paper.REFUSAL: _refusal,
    Paper.SPECIAL: _special,
    Paper.EXTENSION: _extension,
    Paper.DECISION: _decision,
}
