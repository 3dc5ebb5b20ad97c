"""Which elements the law requires in which document. Everything missing is named at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from onedoor.documents.rules.decisions import DeliveryReceipt, DenialDecision, GrantDecision, LicenceFace
from onedoor.documents.rules.endings import EndingDecision, RectificationNotice
from onedoor.documents.rules.forms import PaperForm
from onedoor.documents.rules.hearings import (
    HearingAnnouncement,
    HearingNotice,
    HearingRecordSheet,
    HearingRightNotice,
)
from onedoor.documents.rules.letters import (
    AcceptanceNotice,
    ApplicationReceipt,
    ExtensionNotice,
    IntakeReceipt,
    NotCompetentNotice,
    NotRequiredNotice,
    OverlookedNotice,
    SpecialProcedureNotice,
    SupplementNotice,
)
from onedoor.documents.rules.parts import Defect, Head, MaterialLine, Remedies
from onedoor.documents.rules.payments import PaymentNotice
from onedoor.documents.rules.promises import PromiseLetter, ToleranceNotice
from onedoor.documents.rules.relays import RelayList, RelayReceipt, RelayReturn
from onedoor.documents.rules.upward import UpwardReport
from onedoor.documents.rules.visits import JointVisitRecord
from onedoor.documents.rules.window import FeeNotice, VisitReceipt
from onedoor.kernel.errors import FieldError, Invalid
from onedoor.kernel.law import law

Errors = Iterator[FieldError]

HEAD_WORDS = {
    "organ": "发文机关",
    "number": "文号",
    "addressee": "相对人",
    "case_number": "办件编号",
    "item": "事项名称",
}


def check(document: Any) -> None:
    """Raise Invalid with every missing element of this document; say nothing when it is complete."""
    errors = (*_head(getattr(document, "head", None)), *_CHECKS[type(document)](document))
    if errors:
        raise Invalid(errors)


@law("行政许可法", "32(2)")
def _head(head: Head | None) -> Errors:
    """A written receipt or notice names its organ and is dated (§32(2)); ours also names number and case."""
    for name, word in HEAD_WORDS.items() if head else ():
        yield from _needs(f"head.{name}", getattr(head, name), word)


def _needs(field: str, value: object, word: str) -> Errors:
    texts = value if isinstance(value, tuple) else (value,)
    if not texts or any(isinstance(text, str) and not text.strip() for text in texts):
        yield FieldError(field, f"文书缺少{word}，请补上再制作。")


def _grounds(document: NotRequiredNotice | NotCompetentNotice | DenialDecision) -> Errors:
    yield from _needs("reasons", document.reasons, "理由")
    yield from _needs("basis", document.basis, "法律依据")
    yield from _remedies(document.remedies)


@law("行政复议法", "20(1)")
@law("行政诉讼法", "46(1)")
def _remedies(remedies: Remedies) -> Errors:
    """Body and period of both remedies; a missing notice of them would lengthen the periods."""
    yield from _needs("remedies.review_body", remedies.review_body, "行政复议机关")
    yield from _needs("remedies.court", remedies.court, "管辖法院")
    if remedies.review_days <= 0 or remedies.court_months <= 0:
        yield FieldError("remedies", "复议和诉讼的期限必须大于零。")


def _application_receipt(document: ApplicationReceipt) -> Errors:
    yield from _needs("channel", document.channel, "申请渠道")
    yield from _materials(document.materials)
    if document.deemed and document.answer is None:
        yield FieldError("answer", "写明“逾期不告知即为受理”的回执，必须写明告知期限。")


def _materials(materials: tuple[MaterialLine, ...]) -> Errors:
    yield from _needs("materials", tuple(line.name for line in materials) or ("无",), "材料名称")
    if any(line.copies < 1 for line in materials):
        yield FieldError("materials", "材料份数至少为 1。")


def _intake_receipt(document: IntakeReceipt) -> Errors:
    yield from _needs("place", document.place, "收件窗口")
    yield from _needs("received_by", document.received_by, "收件人")
    yield from _needs("submitted_by", document.submitted_by, "提交人")
    yield from _needs("materials", document.materials, "材料清单")
    yield from _materials(document.materials)


@law("行政许可法", "32(1).5")
def _acceptance(document: AcceptanceNotice) -> Errors:
    yield from _needs("basis", document.basis, "法律依据")
    yield from _needs("deadline.limit", document.deadline.limit, "办理期限")
    if document.accepted_on < document.received_on:
        yield FieldError("accepted_on", "受理日期不能早于收到申请的日期。")


@law("行政许可法", "32(1).1")
def _not_required(document: NotRequiredNotice) -> Errors:
    yield from _grounds(document)


@law("行政许可法", "32(1).2")
def _not_competent(document: NotCompetentNotice) -> Errors:
    yield from _grounds(document)
    yield from _needs("turn_to", document.turn_to, "应当向哪个机关申请")


@law("行政许可法", "32(1).4")
def _supplement(document: SupplementNotice) -> Errors:
    yield from _needs("defects", document.defects, "需要补正的全部内容")
    yield from _defects("defects", document.defects)
    yield from _needs("basis", document.basis, "法律依据")
    yield from _needs("how", document.how, "补正方式")


@law("行政许可法", "32(1).4")
def _overlooked(document: OverlookedNotice) -> Errors:
    yield from _needs("wanted", document.wanted, "漏看的材料")
    yield from _defects("wanted", document.wanted)
    for name, word in (("reason", "为什么现在才提"), ("allowed_by", "提出的负责人"), ("how", "补交方式")):
        yield from _needs(name, getattr(document, name), word)


def _defects(field: str, defects: tuple[Defect, ...]) -> Errors:
    for number, defect in enumerate(defects, start=1):
        for name, word in (("material", "材料名称"), ("fault", "存在的问题和补正要求")):
            yield from _needs(f"{field}.{number}.{name}", getattr(defect, name), f"第{number}项的{word}")


@law("行政许可法", "42(1)")
def _extension(document: ExtensionNotice) -> Errors:
    yield from _needs("reason", document.reason, "延长期限的理由")
    yield from _needs("approved_by", document.approved_by, "批准人")
    yield from _needs("extended_by", document.extended_by, "延长的期限")
    yield from _needs("basis", document.basis, "法律依据")
    if document.head.dated > document.was_due:
        yield FieldError("head.dated", "延期必须在原期限届满之前作出并告知。")
    if document.deadline.due <= document.was_due:
        yield FieldError("deadline.due", "延长后的期限必须晚于原期限。")


@law("行政许可法", "45")
def _special_procedure(document: SpecialProcedureNotice) -> Errors:
    yield from _needs("procedure", document.procedure, "特别程序的种类")
    yield from _needs("length", document.length, "所需时间")
    yield from _needs("basis", document.basis, "法律依据")
    if document.ends_on < document.starts_on:
        yield FieldError("ends_on", "特别程序的结束日期不能早于开始日期。")


@law("行政许可法", 46, 47)
def _hearing_offered(document: HearingRightNotice | HearingAnnouncement) -> Errors:
    yield from _needs("reason", document.reason, "听证的事由")
    yield from _needs("basis", document.basis, "法律依据")


@law("行政许可法", "48(1)")
def _hearing_held(document: HearingNotice | HearingRecordSheet) -> Errors:
    yield from _needs("place", document.place, "听证地点")
    yield from _needs("presider", document.presider, "听证主持人")
    yield from _needs("basis", document.basis, "法律依据")
    if isinstance(document, HearingRecordSheet):
        yield from _needs("attended", document.attended, "参加听证并签字的人")
        yield from _needs("record", document.record, "听证的内容")


@law("行政许可法", "38(1)")
def _grant(document: GrantDecision) -> Errors:
    for name, word in (("matter", "行为种类"), ("content", "准予的内容"), ("validity", "有效期")):
        yield from _needs(name, getattr(document, name), word)
    yield from _needs("basis", document.basis, "法律依据")
    yield from _needs("delivery", document.delivery, "送达方式")


@law("行政许可法", "38(2)")
def _denial(document: DenialDecision) -> Errors:
    """A refusal states its reasons and tells the applicant of 复议 and 诉讼."""
    yield from _needs("matter", document.matter, "行为种类")
    yield from _needs("facts", document.facts, "查明的事实")
    yield from _grounds(document)


@law("行政许可法", "44")
def _delivery(document: DeliveryReceipt) -> Errors:
    yield from _needs("documents", document.documents, "送达文书")
    yield from _needs("recipient", document.recipient, "受送达人")
    yield from _needs("method", document.method, "送达方式")


@law("行政许可法", "39(1)")
def _licence(document: LicenceFace) -> Errors:
    words = {
        "name": "证照名称", "number": "证照编号", "identifier": "电子证照标识", "holder": "持证主体",
        "issuer": "颁发机构", "validity": "有效期", "verify_url": "核验二维码", "verify_page": "验真网址",
        "verify_code": "验真码",
    }  # fmt: skip
    for name, word in words.items():
        yield from _needs(name, getattr(document, name), word)


@law("行政许可法", "29(1)")
def _paper_form(document: PaperForm) -> Errors:
    """A form says what it is for and to whom it goes, and has something to fill in; a sample leaves no line empty."""
    for name, word in (("title", "名称"), ("organ", "受理机关"), ("item", "事项名称"), ("edition", "版次")):
        yield from _needs(name, getattr(document, name), word)
    if not (document.sections or document.frame):
        yield FieldError("sections", "表格没有任何要填写的内容。")
    for row in (row for section in document.sections for row in section.rows):
        if document.sample and not (row.value or any(choice.ticked for choice in row.choices)):
            yield FieldError("sections", f"示范文本没有填写“{row.label}”。")


@law("行政许可法", 31)
def _promise(document: PromiseLetter) -> Errors:
    """Nobody is bound by a promise of which the organ did not tell what it means."""
    for name, word in (("told", "告知的内容"), ("promises", "承诺的内容"), ("consequences", "不守承诺的后果")):
        yield from _needs(name, getattr(document, name), word)
    yield from _needs("promised_by", document.promised_by, "承诺人")
    yield from _needs("confirmed", document.confirmed, "确认方式")


def _rectification(document: RectificationNotice) -> Errors:
    yield from _needs("finding", document.finding, "不符合承诺的情况")
    yield from _needs("basis", document.basis, "依据")
    if document.until < document.head.dated:
        yield FieldError("until", "整改的期限不能早于通知的日期。")


@law("行政许可法", 69, 70)
def _ending(document: EndingDecision) -> Errors:
    """What takes a right away says why, by which article, and what may be done about it."""
    yield from _needs("content", document.content, "决定的内容")
    yield from _needs("reasons", document.reasons, "理由")
    yield from _needs("basis", document.basis, "法律依据")
    yield from _remedies(document.remedies)


def _tolerance(document: ToleranceNotice) -> Errors:
    yield from _needs("owed", tuple(line.material for line in document.owed), "后补的材料")
    yield from _needs("lapse", document.lapse, "逾期不补的后果")
    yield from _needs("basis", document.basis, "依据")
    if any(line.due < document.accepted_on for line in document.owed):
        yield FieldError("owed", "后补的日期不能早于受理日期。")


def _visit_receipt(document: VisitReceipt) -> Errors:
    for name, word in (("place", "收件窗口"), ("received_by", "收件人"), ("submitted_by", "来办的人")):
        yield from _needs(name, getattr(document, name), word)
    yield from _needs("lines", tuple(line.case_number for line in document.lines), "收到的事项")
    for line in document.lines:
        yield from _needs("lines.organ", line.organ, "承办机关")
        yield from _needs("lines.next_step", line.next_step, "下一步")


@law("行政许可法", 59)
def _fee_notice(document: FeeNotice | PaymentNotice) -> Errors:
    """Only fees of the published list, each with its standard and what it rests on."""
    yield from _needs("lines", tuple(line.name for line in document.lines), "收费项目")
    for line in document.lines:
        yield from _needs("lines.standard", line.standard, "收费标准")
        yield from _needs("lines.basis", line.basis, "收费依据")


def _payment_notice(document: PaymentNotice) -> Errors:
    """Whoever is to pay knows how much for each charge, by when and where."""
    yield from _fee_notice(document)
    yield from _needs("lines.amount", tuple(line.amount for line in document.lines) or ("无",), "应缴金额")
    yield from _needs("deadline.limit", document.deadline.limit, "缴费期限")
    yield from _needs("deadline.article", document.deadline.article, "缴费期限的依据")
    yield from _needs("window", document.window, "缴费地点")
    if document.deadline.due < document.head.dated:
        yield FieldError("deadline.due", "缴费期限的最后一天不能早于通知的日期。")


@law("行政许可法", 34)
def _joint_visit(document: JointVisitRecord) -> Errors:
    yield from _needs("place", document.place, "踏勘地点")
    yield from _needs("crews", document.crews, "参加踏勘的部门")
    for index, crew in enumerate(document.crews):
        yield from _needs(f"crews.{index}.finding", crew.finding, "踏勘情况")
        if len(crew.officers) < 2:  # 行政许可法 §34
            yield FieldError(f"crews.{index}.officers", "每个部门应当有两名以上工作人员到场，请补上姓名。")


@law("行政许可法", 35)
def _upward(document: UpwardReport) -> Errors:
    """What goes up holds the opinion and all materials."""
    for name, word in (("advice", "初审意见"), ("opinion", "事实和理由"), ("way", "报送方式")):
        yield from _needs(name, getattr(document, name), word)
    yield from _needs("materials", document.materials, "材料清单")
    yield from _needs("basis", document.basis, "法律依据")


def _relay_receipt(document: RelayReceipt) -> Errors:
    """Whoever holds it knows who decides, where, and under what this window takes it in."""
    words = {
        "place": "收件窗口", "received_by": "收件人", "submitted_by": "提交人", "decider": "决定机关",
        "where": "所在地", "reach": "联系电话", "basis": "代收的依据",
    }  # fmt: skip
    for name, word in words.items():
        yield from _needs(name, getattr(document, name), word)
    yield from _materials(document.materials)


def _relay_list(document: RelayList) -> Errors:
    for name, word in (("applicant", "申请人"), ("way", "转递方式"), ("basis", "代收的依据")):
        yield from _needs(name, getattr(document, name), word)
    yield from _materials(document.materials)


def _relay_return(document: RelayReturn) -> Errors:
    for name, word in (("decider", "决定机关"), ("reason", "退还的原因"), ("taken", "退还情况")):
        yield from _needs(name, getattr(document, name), word)
    yield from _materials(document.materials)


_CHECKS: dict[type, Callable[[Any], Errors]] = {
    ApplicationReceipt: _application_receipt,
    IntakeReceipt: _intake_receipt,
    AcceptanceNotice: _acceptance,
    NotRequiredNotice: _not_required,
    NotCompetentNotice: _not_competent,
    SupplementNotice: _supplement,
    OverlookedNotice: _overlooked,
    ExtensionNotice: _extension,
    SpecialProcedureNotice: _special_procedure,
    HearingRightNotice: _hearing_offered,
    HearingAnnouncement: _hearing_offered,
    HearingNotice: _hearing_held,
    HearingRecordSheet: _hearing_held,
    GrantDecision: _grant,
    DenialDecision: _denial,
    DeliveryReceipt: _delivery,
    LicenceFace: _licence,
    PromiseLetter: _promise,
    RectificationNotice: _rectification,
    EndingDecision: _ending,
    ToleranceNotice: _tolerance,
    VisitReceipt: _visit_receipt,
    FeeNotice: _fee_notice,
    PaymentNotice: _payment_notice,
    PaperForm: _paper_form,
    JointVisitRecord: _joint_visit,
    UpwardReport: _upward,
    RelayReceipt: _relay_receipt,
    RelayList: _relay_list,
    RelayReturn: _relay_return,
}
