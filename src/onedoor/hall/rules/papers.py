"""What the hall prints about a visit, and the organ's papers that are handed over at its window."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from onedoor.cases.rules.phases import OUTCOME_NAMES
from onedoor.cases.rules.values import Case, PaperForm, State
from onedoor.documents import rules as documents
from onedoor.hall.rules.values import Taken, TakenMaterial, Visit
from onedoor.items.rules.facts import DueFee, for_situation
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.expr import Value
from onedoor.kernel.law import law
from onedoor.kernel.plan import StepKind


class HallPaper(StrEnum):
    """窗口文书种类."""

    RECEIPT = "receipt"  # 收件凭证: one for the whole visit
    FEES = "fees"  # 缴费通知: one for each case that costs something
    DELIVERY = "delivery"  # 送达回证: one for each case, for the papers handed over


@dataclass(frozen=True, slots=True)
class Line:
    """One case of a visit with what its receipt speaks of."""

    taken: Taken
    case: Case
    item: ItemVersion
    due: date | None
    answers: Mapping[str, Value]
    password: str = ""
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """What the papers of a visit need besides the visit."""

    visit: Visit
    lines: tuple[Line, ...]
    hall: str
    contact: str
    applicant: str
    stands: str
    address: str
    demo: bool

    @property
    def place(self) -> str:
        """The window, with its number where it has one."""
        return f"{self.hall}综合窗口" + (f" {self.visit.desk} 号" if self.visit.desk else "")


@law("行政许可法", "32(2)")
def voucher(told: Voucher, *, day: date) -> documents.VisitReceipt:
    """收件凭证 of the whole visit, in the hall's name. 收件 ≠ 受理: acceptance is the organ's own paper."""
    visit = told.visit
    brought = told.stands if visit.applicant == visit.stands else f"{told.stands}（申请人：{told.applicant}）"
    return documents.VisitReceipt(
        head=documents.Head(
            organ=told.hall,
            number=visit.number,
            dated=day,
            addressee=told.applicant,
            agent=_agent(told),
            case_number=visit.number,
            item="窗口收件",
            contact=told.contact,
            verify_url=told.address,
            demo=told.demo,
        ),
        received_at=visit.opened,
        place=told.place,
        received_by=visit.clerk_name,
        submitted_by=brought,
        lines=tuple(_line(line) for line in told.lines),
        to_return=tuple(m.name for line in told.lines for m in line.taken.materials if m.form is PaperForm.BOTH),
        kept=tuple(m.name for line in told.lines for m in line.taken.materials if m.form is PaperForm.ORIGINAL),
    )


def _line(line: Line) -> documents.VisitLine:
    return documents.VisitLine(
        item=line.case.item_name + ("（补正）" if line.taken.supplement else ""),
        case_number=line.case.number,
        organ=line.item.organ_name,
        materials=tuple(_material(material) for material in line.taken.materials),
        next_step=next_step(line.case, organ=line.item.organ_name, due=line.due),
        phone=line.item.contacts.enquiry,
        query_password=line.password,
        corrected=tuple(dict.fromkeys(line.taken.corrected)),
    )


def _material(material: TakenMaterial) -> documents.MaterialLine:
    words = {PaperForm.ORIGINAL: "原件", PaperForm.COPY: "复印件", PaperForm.BOTH: "复印件，原件已核对"}
    form = words[material.form] if material.form else "扫描件"
    return documents.MaterialLine(name=material.name, form=form, copies=max(1, material.files))


def next_step(case: Case, *, organ: str, due: date | None) -> str:
    """What happens next and by when, in words for whoever holds the receipt."""
    by_when = f"最迟{documents.chinese_date(due)}" if due else "尽快"
    match case.state:
        case State.SUBMITTED:
            return f"等{organ}答复是否受理，{by_when}。不用再来，凭编号和查询密码可以查进度。"
        case State.SUPPLEMENT:
            return "材料还缺，缺什么见《一次性告知书》。补齐后到窗口或者在网上交，当天起计算受理期限。"
        case State.ACCEPTED:
            return f"{organ}已经受理，{by_when}办完。"
    return OUTCOME_NAMES[case.outcome] if case.outcome else f"{organ}已经作出决定，正在制作结果。"


@law("行政许可法", 59)
def fees(told: Voucher, line: Line, *, day: date) -> documents.FeeNotice | None:
    """缴费通知 in the organ's name: the fees that the published item has for this situation; None where it is free.

    What a reduction leaves is what is to be paid; where all is waived (免收) there is nothing to notify, nor where the
    review has a step for it (缴费): then the organ notifies when that is ready.
    """
    called = for_situation(line.item, line.answers)
    due = called.fees
    if all(fee.waived for fee in due) or any(step.kind is StepKind.PAYMENT for step in called.steps):
        return None
    known = [fee.cents for fee in due if fee.cents is not None]
    total = sum(known) if len(known) == len(due) else None
    return documents.FeeNotice(
        head=_organ_head(told, line, name="缴费", day=day),
        lines=fee_lines(due),
        total="" if total is None else documents.yuan(total),
    )


def fee_lines(due: Iterable[DueFee]) -> tuple[documents.FeeLine, ...]:
    """Each fee as the notice writes it; what a reduction leaves, with its basis."""
    return tuple(_fee(fee) for fee in due)


def _fee(due: DueFee) -> documents.FeeLine:
    fee, reduced = due.fee, due.reduction
    return documents.FeeLine(
        name=fee.name,
        standard=f"{fee.standard}；按您的情形：{reduced.standard}" if reduced else fee.standard,
        basis=f"{fee.basis}；减免依据：{reduced.basis}" if reduced else fee.basis,
        amount="按标准核定" if due.cents is None else documents.yuan(due.cents),
        reduction=fee.reduction_basis if fee.reducible and not reduced else "",
    )


def delivery(told: Voucher, line: Line, *, day: date, at: datetime | None = None) -> documents.DeliveryReceipt:
    """送达回证 for the organ's papers handed over at the window: to be signed by whoever takes them."""
    other = told.visit.applicant != told.visit.stands
    relation = ("法定代表人" if told.visit.in_person else "代理人") if other else "本人"
    return documents.DeliveryReceipt(
        head=_organ_head(told, line, name="送达", day=day),
        documents=line.given,
        recipient=told.applicant,
        method="窗口直接送达",
        place=told.place,
        delivered_at=at,
        relation=relation,
        delivered_by=(told.visit.clerk_name,),
    )


def _agent(told: Voucher) -> str:
    """Whoever stands here for the applicant; not the legal representative, who is the company."""
    visit = told.visit
    return "" if visit.in_person or visit.applicant == visit.stands else f"代理人：{told.stands}"


def _organ_head(told: Voucher, line: Line, *, name: str, day: date) -> documents.Head:
    return documents.Head(
        organ=line.item.organ_name,
        number=f"{told.visit.number}-{name}-{told.lines.index(line) + 1}",
        dated=day,
        addressee=told.applicant,
        agent=_agent(told),
        case_number=line.case.number,
        item=line.case.item_name,
        contact=line.item.contacts.enquiry,
        demo=told.demo,
    )
