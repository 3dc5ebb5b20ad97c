"""What a bundle's case sends: 联合踏勘记录, and the receipt of results handed over together (统一出件)."""

from __future__ import annotations

from onedoor.cases.rules import events as e
from onedoor.cases.rules.numbering import Paper
from onedoor.cases.rules.papers.issued import Issued
from onedoor.cases.rules.papers.noting import ERASED
from onedoor.cases.rules.papers.writing import Matter, head_of
from onedoor.cases.rules.values import Delivery, Signed, Verdict
from onedoor.documents import rules as documents
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.law import law

_METHODS = {Delivery.ELECTRONIC: "电子送达", Delivery.WINDOW: "窗口一次交付", Delivery.POST: "一次邮寄"}
_EACH = "本一件事的全部结果已经送达。各件的送达时间见各自的送达回证。"
_AT_ONCE = "统一出件：以上文书一次交付。依送达记录制作；签名的回证由送达机关留存。"
_VERDICTS = {Verdict.PASSED: "符合", Verdict.FAILED: "不符合"}


@law("行政许可法", 34)
def _visit(matter: Matter, one: Issued) -> documents.Document:
    """联合踏勘记录, with all officers and each organ's own finding; ValueError where nobody went."""
    case, visit = matter.case, matter.case.visit
    if visit is None:
        raise ValueError(f"{case.number} has no joint visit")
    apart = [_name(matter.item, member) for member in visit.members if member in visit.alone]
    signed = [(member, visit.signed[member]) for member in visit.members if member in visit.signed]
    return documents.JointVisitRecord(
        head=head_of(matter, one),
        met_at=visit.meets,
        place=visit.place or ERASED,
        crews=tuple(_crew(matter, member, found) for member, found in signed),
        apart=tuple(apart),
    )


def _crew(matter: Matter, member: str, found: Signed) -> documents.VisitCrew:
    case = matter.case
    return documents.VisitCrew(
        item=_name(matter.item, member),
        case_number=case.children[member].number,
        officers=found.officers,
        verdict=_VERDICTS[found.verdict],
        finding=found.finding or ERASED,
        signed=f"{found.name}，{documents.chinese_date(found.on)}",
        photos=len(case.photos.get(member, ())),
    )


def _name(item: ItemVersion, member: str) -> str:
    return item.plan.step(member).name


@law("行政许可法", 44)
def _handover(matter: Matter, one: Issued) -> documents.Document:
    """All results, refusals among them; ``receiver`` None: each had come to the applicant by itself before."""
    event = one.fact.event
    if not isinstance(event, e.JointDelivered):
        raise TypeError(f"{event.kind} hands nothing over together")
    each = event.receiver is None
    at_window = matter.item.places[0].name if matter.item.places and event.method is Delivery.WINDOW else ""
    return documents.DeliveryReceipt(
        head=head_of(matter, one),
        documents=event.papers,
        recipient=matter.case.applicant_name or "申请人",
        method="各件已分别送达，这里一并列出" if each else _METHODS[event.method],
        place="本平台“我的办件”" if event.method is Delivery.ELECTRONIC else at_window,
        delivered_at=one.fact.at,
        received_by="不需要签名" if each else event.receiver or "",
        relation="本人" if event.receiver and event.receiver == matter.case.applicant_name else "",
        delivered_by=(event.officer,) if event.officer else (),
        note=_EACH if each else _AT_ONCE,
    )


WRITERS = {Paper.VISIT: _visit, Paper.HANDOVER: _handover}
