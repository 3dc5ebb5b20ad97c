"""A case (办件) as a value: what the fold over its journal yields."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from onedoor.cases.rules.values.hearing import Hearing, Interested
from onedoor.cases.rules.values.payment import Payment
from onedoor.cases.rules.values.publicity import Publicity
from onedoor.cases.rules.values.upward import Above
from onedoor.kernel.clock import Exclusion, Ground

ABOVE: Final = "above"  # under which what the upper level sent is opened
PHOTOS: Final = "photos-"  # before the key of a step: the photos taken there (现场照片)


class State(StrEnum):
    """办件状态, as officers see it."""

    SUBMITTED = "submitted"  # 已收到，待受理审查
    SUPPLEMENT = "supplement"  # 已一次性告知，等待补正
    ACCEPTED = "accepted"  # 已受理，审查中
    DECIDED = "decided"  # 已决定，制作结果
    CLOSED = "closed"  # 办结


UNDECIDED: Final = frozenset({State.SUBMITTED, State.SUPPLEMENT, State.ACCEPTED})


class Outcome(StrEnum):
    """How a case ended (办结结果). The three refusals are three things (行政许可法 §32(一)(二), §38)."""

    GRANTED = "granted"  # 准予
    DENIED = "denied"  # 不予（行政许可决定）
    NOT_REQUIRED = "not_required"  # 不受理：依法不需要取得
    NOT_COMPETENT = "not_competent"  # 不予受理：不属于本机关职权
    WITHDRAWN = "withdrawn"  # 申请人撤回
    PARTLY = "partly"  # 部分办成（一件事）


class AcceptedBy(StrEnum):
    """How a case came to be accepted."""

    OFFICER = "officer"  # 工作人员受理
    SILENCE = "silence"  # 逾期不告知，自收到之日起即为受理
    SUPPLEMENT_SILENCE = "supplement_silence"  # 补正齐全后逾期未答复
    JOINT = "joint"  # 随一件事统一受理
    RULE = "rule"  # 秒批：按公开的规则

    @property
    def deemed(self) -> bool:
        """Whether the law accepted it by itself (视为受理)."""
        return self in {AcceptedBy.SILENCE, AcceptedBy.SUPPLEMENT_SILENCE}


class Verdict(StrEnum):
    """What one step found (环节结论)."""

    PASSED = "passed"  # 通过
    FAILED = "failed"  # 不符合
    SILENT = "silent"  # 逾期未答复，不再等待：只由期限届满产生


class PaperForm(StrEnum):
    """What was handed over on paper at the counter (窗口收取的纸质形式)."""

    ORIGINAL = "original"  # 原件
    COPY = "copy"  # 复印件
    BOTH = "both"  # 复印件，已与原件核对


class Pledge(StrEnum):
    """What was promised of a material: 容缺 (it comes later), or 告知承诺 (the promise replaces the proof)."""

    LATER = "later"  # 容缺后补
    INSTEAD = "instead"  # 用承诺代替证明


class Delivery(StrEnum):
    """送达方式."""

    ELECTRONIC = "electronic"  # 电子送达
    WINDOW = "window"  # 窗口领取
    POST = "post"  # 邮寄


@dataclass(frozen=True, slots=True)
class Supplement:
    """The one-time notice (一次性告知): every missing or faulty material, each with what to do."""

    notified: date
    materials: dict[str, str]
    returned: date | None = None
    round: int = 1
    by: str = ""


@dataclass(frozen=True, slots=True)
class Overlooked:
    """A material that the one notice should have named (追加请求), in words; ``declined``: the applicant said no."""

    words: str
    declined: bool = False


@dataclass(frozen=True, slots=True)
class StepResult:
    """What was done at one step, by whom."""

    verdict: Verdict
    by: str
    name: str
    on: date
    merged_duties: bool = False


@dataclass(frozen=True, slots=True)
class LateOpinion:
    """An opinion that came when it was no longer waited for; ``taken``: whether the decider followed it (采纳)."""

    verdict: Verdict
    by: str
    name: str
    on: date
    taken: bool | None = None


@dataclass(frozen=True, slots=True)
class AtStep:
    """What became of one step: its entries in the maps of a case that go by step, under their names there."""

    results: StepResult | None = None
    late: LateOpinion | None = None
    silent: date | None = None
    reopened: date | None = None
    photos: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision (决定)."""

    outcome: Outcome
    by: str
    name: str
    on: date
    document: str = ""
    deemed: bool = False


class Ending(StrEnum):
    """How a granted result comes to its end by an act (行政许可法 §§69, 70)."""

    REVOKED = "revoked"  # 撤销
    CANCELLED = "cancelled"  # 注销


class Request(StrEnum):
    """What a holder may ask for after a grant (持证人的申请)."""

    REISSUE = "reissue"  # 补发
    CANCEL = "cancel"  # 注销


REQUEST_NAMES: Final = {Request.REISSUE: "补发", Request.CANCEL: "注销"}


@dataclass(frozen=True, slots=True)
class HolderRequest:
    """The last request of the holder; ``open`` until the organ has acted on it or the holder took it back."""

    what: Request
    on: date
    document: str
    ordinal: int = 1
    open: bool = True


@dataclass(frozen=True, slots=True)
class PromiseCheck:
    """事后核查 of a permit that was granted on promise; ``until``: the last day of 限期整改, once it was ordered."""

    held: bool
    on: date
    until: date | None = None
    again: bool = False  # checked again after that day was ordered


@dataclass(frozen=True, slots=True)
class Origin:
    """What a case was before its last move to a newer version: what undoing it restores. ``seq``: the move itself."""

    seq: int
    item_version: int
    item_name: str
    steps: tuple[str, ...]
    owners: dict[str, str]
    holders: dict[str, str]
    stays: bool


@dataclass(frozen=True, slots=True)
class Child:
    """A case of a bundle's member (并联办件); ``outcome`` once it is closed."""

    number: str
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class MemberOpinion:
    """What a member's organ finds missing before the one notice (材料意见): material → what."""

    materials: dict[str, str]
    by: str
    name: str
    on: date


@dataclass(frozen=True, slots=True)
class Signed:
    """What one organ found on a joint visit, with the officers who were there."""

    verdict: Verdict
    by: str
    name: str
    on: date
    officers: tuple[str, ...]
    finding: str | None = None


@dataclass(frozen=True, slots=True)
class JointVisit:
    """联合踏勘: one visit for several members. ``crews``: whom each organ sends; ``alone``: who goes alone, why."""

    ordinal: int
    meets: datetime
    place: str | None
    members: tuple[str, ...]
    crews: dict[str, tuple[str, ...]] = field(default_factory=dict)
    alone: dict[str, str | None] = field(default_factory=dict)
    signed: dict[str, Signed] = field(default_factory=dict)

    @property
    def together(self) -> tuple[str, ...]:
        """The members that go together."""
        return tuple(member for member in self.members if member not in self.alone)

    @property
    def waiting(self) -> tuple[str, ...]:
        """The members whose organ has not signed yet; none: the visit is over."""
        return tuple(member for member in self.together if member not in self.signed)


@dataclass(frozen=True, slots=True)
class Case:
    """One case. ``version`` counts its journal entries; personal values are None once erased."""

    id: int
    number: str
    item: str
    item_version: int
    item_name: str
    organ: str
    area: str
    applicant: str
    applicant_name: str | None
    agent: str | None
    submitted_by: str
    channel: str
    received_at: datetime
    received: date
    electronic_service: bool
    steps: tuple[str, ...]
    owners: dict[str, str]
    materials: dict[str, tuple[str, ...]]
    paper: dict[str, PaperForm] = field(default_factory=dict)
    agent_name: str | None = None
    agent_station: str = ""
    agency_ended: date | None = None  # the applicant took it over from the agent (转回本人)
    state: State = State.SUBMITTED
    version: int = 1
    accepted: date | None = None
    accepted_on: date | None = None
    accepted_by: AcceptedBy | None = None
    acceptor: str | None = None
    supplement: Supplement | None = None
    results: dict[str, StepResult] = field(default_factory=dict)
    exclusions: tuple[Exclusion, ...] = ()
    added: int = 0
    decision: Decision | None = None
    outcome: Outcome | None = None
    licence: str | None = None
    closed: date | None = None
    delivered: date | None = None
    delivery: Delivery | None = None
    rating: int | None = None
    shorter_limit: str = ""  # the key of the promise made to this applicant's situation, "" for the general one
    holders: dict[str, str] = field(default_factory=dict)  # task → whom it was handed to (移交)
    moved: Origin | None = None  # the last move to a newer version (迁移)
    stays: bool = False  # batches leave it under its version (留在原版本)
    photos: dict[str, tuple[str, ...]] = field(default_factory=dict)  # check on site → every photo ever taken there
    joint: str = ""  # the number of the bundle's case that this one is part of
    children: dict[str, Child] = field(default_factory=dict)  # of a bundle: member → its case
    cancelled: dict[str, str] = field(default_factory=dict)  # step, or member of a bundle → the refused one, why not
    opinions: dict[str, MemberOpinion] = field(default_factory=dict)  # of a bundle: member → what it finds missing
    visit: JointVisit | None = None  # of a bundle: the last joint visit (联合踏勘)
    handed: tuple[tuple[str, ...], ...] = ()  # of a bundle: whose results each hand-over held (统一出件)

    review_began: date | None = None  # the day on which the organs asked learnt that the case was accepted
    reopened: dict[str, date] = field(default_factory=dict)  # step → when it was last sent back
    silent: dict[str, date] = field(default_factory=dict)  # step → the last day for the opinion that did not come
    late: dict[str, LateOpinion] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)  # step that was sent back → whoever had done it
    interested: dict[str, Interested] = field(default_factory=dict)  # seat → 利害关系人
    hearing: Hearing | None = None
    publicity: dict[str, Publicity] = field(default_factory=dict)  # step → its 公示
    by_hand: dict[str, date] = field(default_factory=dict)  # 自动环节 → when it went to people (转人工核对、核定)
    payments: dict[str, Payment] = field(default_factory=dict)  # step → what is to be paid there, and was (缴费)
    promised: dict[str, Pledge] = field(default_factory=dict)  # material → what was promised of it and has not come
    owed: dict[str, date] = field(default_factory=dict)  # material that comes later → its last day, from acceptance on
    lapsed: dict[str, date] = field(default_factory=dict)  # the last day that passed without it
    on_promise: bool = False  # the applicant chose 告知承诺 for the whole permit
    filled: dict[str, str] = field(default_factory=dict)  # answer → the other member's result that gave it
    renews: date | None = None  # the last day of the licence on record that this renews (延续)
    check: PromiseCheck | None = None
    ended: Ending | None = None  # 撤销 or 注销 of what was granted
    request: HolderRequest | None = None  # 补发 or 注销 that the holder asked for
    overlooked: dict[str, Overlooked] = field(default_factory=dict)  # material → asked for too late, and not come
    late_requests: int = 0  # how often the organ asked for what it had overlooked
    verified: dict[str, bool] = field(default_factory=dict)  # material → whether the promise in its place proved true
    above: Above | None = None  # it was sent up for decision (转报)
    returned: tuple[Above, ...] = ()  # it was sent up before, and returned for more review (退回补充审查)

    @property
    def organs(self) -> frozenset[str]:
        """Every organ that has a part in this case."""
        return frozenset({self.organ, *self.owners.values()})

    @property
    def begun(self) -> frozenset[str]:
        """The steps that would be done anew where one that they rest on is sent back."""
        return frozenset({*self.results, *self.by_hand})

    @property
    def files(self) -> dict[str, tuple[str, ...]]:
        """Every file that an officer may open: of each material, of each check on site (``photos-STEP``), and what
        came from the upper level: its answer (``above``), and each paper by which it returned the case (``above-1``).
        """
        photos = {f"{PHOTOS}{step}": taken for step, taken in self.photos.items()}
        returns = {f"{ABOVE}-{place}": back.files for place, back in enumerate(self.returned, 1)}
        answer = {ABOVE: self.above.files} if self.above and self.above.files else {}
        return {**self.materials, **photos, **returns, **answer}

    @property
    def unaware(self) -> Above | None:
        """Where it lay when the applicant withdrew, until they were told there (告知上级撤回)."""
        waits = self.above is not None and self.above.came is None and self.above.recalled is None
        return self.above if waits and self.outcome is Outcome.WITHDRAWN else None

    @property
    def open(self) -> bool:
        """Whether somebody still owes an act before 办结."""
        return self.state is not State.CLOSED

    @property
    def stopped(self) -> Exclusion | None:
        """The special procedure that is under way, if any: of an overrun one and its new notice the new one."""
        return next((e for e in reversed(self.exclusions) if e.ended is None), None)

    @property
    def procedure(self) -> Exclusion | None:
        """The special procedure under way that an officer ends; a hearing ends with its signed record."""
        held = self.hearing is not None and self.hearing.pending
        open_ = (e for e in reversed(self.exclusions) if e.ended is None)
        return next((e for e in open_ if not (held and e.ground is Ground.HEARING)), None)
