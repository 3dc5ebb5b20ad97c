"""What a citizen sees (办理阶段): the phase in plain words, who has it now, and what comes next."""

from __future__ import annotations

from enum import StrEnum

from onedoor.cases.rules.paying import asked_of
from onedoor.cases.rules.values import Case, Outcome, State
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.clock import ProfileKind
from onedoor.kernel.law import Article, law


class Phase(StrEnum):
    """办理阶段, as citizens see it."""

    RECEIVED = "received"  # 已收到
    WAITING_FOR_YOU = "waiting_for_you"  # 等您补正
    WAITING_FOR_PAYMENT = "waiting_for_payment"  # 等您缴费
    IN_REVIEW = "in_review"  # 办理中
    MAKING = "making"  # 制作结果
    GRANTED = "granted"  # 已办成
    PARTLY = "partly"  # 部分办成
    REFUSED = "refused"  # 未获批准
    NOT_ACCEPTED = "not_accepted"  # 未受理
    WITHDRAWN = "withdrawn"  # 已撤回


PHASE_NAMES = {
    Phase.RECEIVED: "已收到",
    Phase.WAITING_FOR_YOU: "等您补正",
    Phase.WAITING_FOR_PAYMENT: "等您缴费",
    Phase.IN_REVIEW: "办理中",
    Phase.MAKING: "制作结果",
    Phase.GRANTED: "已办成",
    Phase.PARTLY: "部分办成",
    Phase.REFUSED: "未获批准",
    Phase.NOT_ACCEPTED: "未受理",
    Phase.WITHDRAWN: "已撤回",
}

STATE_NAMES = {
    State.SUBMITTED: "待受理",
    State.SUPPLEMENT: "待补正",
    State.ACCEPTED: "审查中",
    State.DECIDED: "已决定",
    State.CLOSED: "办结",
}

OUTCOME_NAMES = {
    Outcome.GRANTED: "准予",
    Outcome.DENIED: "不予",
    Outcome.NOT_REQUIRED: "不受理",
    Outcome.NOT_COMPETENT: "不予受理",
    Outcome.WITHDRAWN: "已撤回",
    Outcome.PARTLY: "部分准予",
}

_BY_STATE = {
    State.SUBMITTED: Phase.RECEIVED,
    State.SUPPLEMENT: Phase.WAITING_FOR_YOU,
    State.ACCEPTED: Phase.IN_REVIEW,
    State.DECIDED: Phase.MAKING,
}

_BY_OUTCOME = {
    Outcome.GRANTED: Phase.GRANTED,
    Outcome.DENIED: Phase.REFUSED,
    Outcome.NOT_REQUIRED: Phase.NOT_ACCEPTED,
    Outcome.NOT_COMPETENT: Phase.NOT_ACCEPTED,
    Outcome.WITHDRAWN: Phase.WITHDRAWN,
    Outcome.PARTLY: Phase.PARTLY,
}


def phase(case: Case) -> Phase:
    """The phase that a citizen is told."""
    return Phase.WAITING_FOR_PAYMENT if asked_of(case) else phase_of(case.state, case.outcome)


def phase_of(state: State, outcome: Outcome | None) -> Phase:
    """The phase of a case of which only state and outcome are at hand: a row of a list."""
    return _BY_OUTCOME[outcome] if state is State.CLOSED and outcome else _BY_STATE[state]


@law("行政复议法", 20, 24, 27)
@law("行政许可法", 38)
def remedies(item: ItemVersion) -> tuple[str, ...]:
    """复议 within 60 days, 诉讼 within six months; the item names its own reviewing body."""
    return (
        f"不服的，可以自收到决定之日起六十日内向{item.remedies.review_organ}申请行政复议。",
        f"也可以自收到决定之日起六个月内依法向{item.remedies.court}提起行政诉讼。",
    )


@law("行政复议法", "23(1).3")
def silence_remedy(overdue: bool) -> str:
    """What the page of an overdue case says: no answer in time goes to 复议 first (行政复议法 §23(三))."""
    if not overdue:
        return ""
    article = Article("行政复议法", "23(1).3")
    return f"办理期限已过而未答复的，您可以先申请行政复议，对复议决定不服再提起诉讼（{article}）。"


def word_for_grant(item: ItemVersion) -> str:
    """准予许可, 予以确认, 予以给付 …: the verb of the decision follows the item's kind."""
    words = {
        ProfileKind.PERMIT: "准予许可",
        ProfileKind.CONFIRMATION: "予以确认",
        ProfileKind.BENEFIT: "予以给付",
        ProfileKind.REGISTRATION: "予以登记",
    }
    return words.get(item.clock.kind, "予以办理")


def kind_of_act(item: ItemVersion) -> str:
    """行政许可, 行政确认, 行政给付; 登记, 办理: the act that is granted or refused."""
    word = word_for_grant(item)[2:]
    return f"行政{word}" if word in {"许可", "确认", "给付"} else word


def decision_name(item: ItemVersion, outcome: Outcome) -> str:
    """What the decision on an item is called, on its face, in every list and as a file: 准予行政许可决定书."""
    verb = word_for_grant(item)[:2] if outcome is Outcome.GRANTED else "不予"
    return f"{verb}{kind_of_act(item)}决定书"
