"""An errand (代办) as a value: what the fold over its journal yields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class State(StrEnum):
    """代办状态."""

    WAITING = "waiting"  # 等本人确认
    SUBMITTED = "submitted"  # 本人已确认，申请已提交
    REFUSED = "refused"  # 本人不同意
    LAPSED = "lapsed"  # 到期没有确认
    WITHDRAWN = "withdrawn"  # 代办人撤销
    HANDED = "handed"  # 转回本人：由本人接着办


STATE_NAMES = {
    State.WAITING: "等本人确认",
    State.SUBMITTED: "已确认并提交",
    State.REFUSED: "本人不同意",
    State.LAPSED: "到期未确认",
    State.WITHDRAWN: "已撤销",
    State.HANDED: "已转回本人",
}


class How(StrEnum):
    """确认方式: the second channel over which the applicant confirmed."""

    CODE = "code"  # 手机确认码
    ONLINE = "online"  # 本人在网上确认：登录，或者凭短信里的编号和确认码
    PAPER = "paper"  # 纸上签名，在服务站扫描
    CALLBACK = "callback"  # 政务大厅回拨电话


HOW_NAMES = {
    How.CODE: "本人用手机确认码确认",
    How.ONLINE: "本人在网上核对后确认",
    How.PAPER: "本人在申请表上签名，服务站扫描留存",
    How.CALLBACK: "工作人员回拨电话，本人口头确认",
}


class Proof(StrEnum):
    """证件: what whoever ends an agency at a window shows; each bears the 公民身份号码."""

    ID_CARD = "id_card"  # 居民身份证
    TEMPORARY = "temporary"  # 临时居民身份证
    HOUSEHOLD = "household"  # 户口簿
    SOCIAL = "social"  # 社会保障卡


PROOF_NAMES = {
    Proof.ID_CARD: "居民身份证",
    Proof.TEMPORARY: "临时居民身份证",
    Proof.HOUSEHOLD: "户口簿",
    Proof.SOCIAL: "社会保障卡",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One errand. ``agent``: who fills in; ``station``: the organ they work for; ``applicant_name`` None once erased.

    ``digest``: SHA-256 of the application that the applicant is asked to confirm; only that may be handed in.
    """

    id: int
    number: str
    agent: str
    agent_name: str
    station: str
    applicant: str
    applicant_name: str | None
    item: str
    item_name: str
    organ: str
    area: str
    digest: str
    prepared_at: datetime
    expires: date
    state: State = State.WAITING
    codes: int = 0
    reminded: bool = False
    how: How | None = None
    confirmed_at: datetime | None = None
    confirmed_with: str = ""
    evidence: str = ""
    case: str = ""
    reason: str | None = None
    asks: int = 0  # how often a code to take it over was sent
    offers: int = 0  # how often of these the agent had it sent: it leaves the applicant's own asking alone
    handed_on: date | None = None
    ended_by: str = ""  # who ended it at a window, with the applicant before them; "" for the applicant's own account
    version: int = 1
