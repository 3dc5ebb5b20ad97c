"""文书种类, and the number under which each document of a case is sent."""

from __future__ import annotations

from enum import StrEnum


class Paper(StrEnum):
    """文书种类 (DOMAIN: documents to generate)."""

    RECEIPT = "receipt"  # 申请回执
    INTAKE = "intake"  # 收件凭证
    PROMISE = "promise"  # 承诺书
    SUPPLEMENT = "supplement"  # 补正告知书
    OVERLOOKED = "overlooked"  # 追加请求通知书
    ACCEPTANCE = "acceptance"  # 受理通知书
    TOLERANCE = "tolerance"  # 容缺受理通知书
    REFUSAL = "refusal"  # 不受理、不予受理
    SPECIAL = "special"  # 特别程序告知书
    EXTENSION = "extension"  # 延期通知书
    PAYMENT = "payment"  # 缴费通知书
    HEARING_RIGHT = "hearing_right"  # 听证权利告知书
    HEARING_ANNOUNCEMENT = "hearing_announcement"  # 听证公告
    HEARING_NOTICE = "hearing_notice"  # 听证通知书
    HEARING_RECORD = "hearing_record"  # 听证笔录
    UPWARD = "upward"  # 转报：初步审查意见
    DECISION = "decision"  # 准予、不予决定书
    RECTIFY = "rectify"  # 限期整改通知书
    REVOCATION = "revocation"  # 撤销决定书
    CANCELLATION = "cancellation"  # 注销决定书
    REQUEST = "request"  # 补发、注销申请回执
    REQUEST_REFUSED = "request_refused"  # 不予补发、不予注销决定书
    DELIVERY = "delivery"  # 送达回证
    VISIT = "visit"  # 联合踏勘记录
    HANDOVER = "handover"  # 送达回证（统一出件）


PAPER_NAMES = {
    Paper.RECEIPT: "申请回执",
    Paper.INTAKE: "收件凭证",
    Paper.PROMISE: "承诺书",
    Paper.SUPPLEMENT: "一次性告知书",
    Paper.OVERLOOKED: "追加请求通知书",
    Paper.ACCEPTANCE: "受理通知书",
    Paper.TOLERANCE: "容缺受理通知书",
    Paper.REFUSAL: "不予受理通知书",
    Paper.SPECIAL: "特别程序告知书",
    Paper.EXTENSION: "延期通知书",
    Paper.PAYMENT: "缴费通知书",
    Paper.HEARING_RIGHT: "听证权利告知书",
    Paper.HEARING_ANNOUNCEMENT: "听证公告",
    Paper.HEARING_NOTICE: "听证通知书",
    Paper.HEARING_RECORD: "听证笔录",
    Paper.UPWARD: "初步审查意见",
    Paper.DECISION: "决定书",
    Paper.RECTIFY: "限期整改通知书",
    Paper.REVOCATION: "撤销决定书",
    Paper.CANCELLATION: "注销决定书",
    Paper.REQUEST: "补发、注销申请回执",
    Paper.REQUEST_REFUSED: "不予补发、注销决定书",
    Paper.DELIVERY: "送达回证",
    Paper.VISIT: "联合踏勘记录",
    Paper.HANDOVER: "送达回证（统一出件）",
}

_SHORT = {
    Paper.RECEIPT: "回执",
    Paper.INTAKE: "收件",
    Paper.PROMISE: "承诺",
    Paper.SUPPLEMENT: "补正",
    Paper.OVERLOOKED: "追加请求",
    Paper.ACCEPTANCE: "受理",
    Paper.TOLERANCE: "容缺",
    Paper.REFUSAL: "不予受理",
    Paper.SPECIAL: "特别程序",
    Paper.EXTENSION: "延期",
    Paper.PAYMENT: "缴费",
    Paper.HEARING_RIGHT: "听证告知",
    Paper.HEARING_ANNOUNCEMENT: "听证公告",
    Paper.HEARING_NOTICE: "听证通知",
    Paper.HEARING_RECORD: "听证笔录",
    Paper.UPWARD: "转报",
    Paper.DECISION: "决定",
    Paper.RECTIFY: "整改",
    Paper.REVOCATION: "撤销",
    Paper.CANCELLATION: "注销",
    Paper.REQUEST: "申请",
    Paper.REQUEST_REFUSED: "不予",
    Paper.DELIVERY: "送达",
    Paper.VISIT: "踏勘",
    Paper.HANDOVER: "出件",
}


def number_of(case: str, paper: Paper, ordinal: int = 1) -> str:
    """文书编号: the case's number, the kind, and which of its kind in this case: ``5305…K-补正-2``.

    It is no 发文字号: that an organ gives from its own register. ``ordinal`` counts from 1.
    """
    return f"{case}-{_SHORT[paper]}-{ordinal}"
