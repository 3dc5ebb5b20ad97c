"""The facts of a case's handling (办理), from its submission to its rating."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from onedoor.cases.rules.events.fact import Event
from onedoor.cases.rules.values import AcceptedBy, Delivery, Outcome, PaperForm, Pledge, Verdict
from onedoor.kernel.clock import Approver, Ground, Unit
from onedoor.kernel.law import Article


@dataclass(frozen=True, slots=True)
class Submitted(Event):
    """提交申请 = 收到 (电子签名法 §11). ``answers`` is the JSON of the cleaned form.

    ``paper``: what came on paper at the counter; ``officer``: the clerk who took it in, "" where nobody did.
    ``agent_station``: the office whose staff filled it in for the applicant (代办), "" where nobody did.
    ``shorter_limit``: the key of the promise made to this situation (分情形承诺时限), "" where it is the general one.
    ``promised``: what the applicant promised of which material; ``on_promise``: 告知承诺 for the whole permit.
    ``filled``: which answers another member's result gave (共享中间结果), each with that result and its case.
    """

    kind = "case_submitted"
    personal = frozenset({"applicant_name", "agent_name", "answers"})
    id: int
    number: str
    item: str
    item_version: int
    item_name: str
    organ: str
    area: str
    applicant: str
    agent: str | None
    received: date
    electronic_service: bool
    steps: tuple[str, ...]
    owners: dict[str, str]
    materials: dict[str, tuple[str, ...]]
    applicant_name: str | None = None
    answers: str | None = None
    paper: dict[str, PaperForm] = field(default_factory=dict)
    officer: str = ""
    agent_name: str | None = None
    agent_station: str = ""
    shorter_limit: str = ""
    joint: str = ""
    promised: dict[str, Pledge] = field(default_factory=dict)
    on_promise: bool = False
    filled: dict[str, str] = field(default_factory=dict)
    renews: date | None = None  # the last day of the licence on record that it renews


@dataclass(frozen=True, slots=True)
class Accepted(Event):
    """受理. ``effective`` starts the decision clock; ``on`` is the day of the act or of the silence's end."""

    kind = "case_accepted"
    personal = frozenset({"wording"})
    how: AcceptedBy
    effective: date
    on: date
    document: str = ""
    officer: str = ""
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class SupplementRequested(Event):
    """一次性告知补正: material key → what is wrong and what to do."""

    kind = "case_supplement_requested"
    personal = frozenset({"note", "wording"})
    on: date
    materials: dict[str, str]
    round: int
    document: str = ""
    note: str | None = None
    officer: str = ""
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class SupplementReceived(Event):
    """补正材料收到. ``answers`` replaces the form where the notice asked for a correction of it."""

    kind = "case_supplement_received"
    personal = frozenset({"answers"})
    on: date
    materials: dict[str, tuple[str, ...]]
    steps: tuple[str, ...]
    answers: str | None = None
    paper: dict[str, PaperForm] = field(default_factory=dict)
    officer: str = ""
    shorter_limit: str = ""
    promised: dict[str, Pledge] = field(default_factory=dict)
    renews: date | None = None


@dataclass(frozen=True, slots=True)
class AcceptanceRefused(Event):
    """不受理 (not needed) or 不予受理 (not competent): at once, with where to turn."""

    kind = "case_acceptance_refused"
    personal = frozenset({"reason", "wording"})
    on: date
    outcome: Outcome
    where_to_turn: str
    document: str = ""
    reason: str | None = None
    officer: str = ""
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class StepCompleted(Event):
    """环节办结: verdict and opinion of one step."""

    kind = "case_step_completed"
    personal = frozenset({"opinion"})
    step: str
    verdict: Verdict
    on: date
    officers: tuple[str, ...] = ()
    merged_duties: bool = False
    opinion: str | None = None
    officer: str = ""
    photos: tuple[tuple[str, str], ...] = ()  # taken on site: each file with its SM3 in hex, in their order


@dataclass(frozen=True, slots=True)
class StepSentBack(Event):
    """退回: the named step and all that rests on it are to be done again."""

    kind = "case_step_sent_back"
    personal = frozenset({"reason"})
    step: str
    reset: tuple[str, ...]
    on: date
    reason: str | None = None
    officer: str = ""


@dataclass(frozen=True, slots=True)
class SpecialProcedureStarted(Event):
    """特别程序开始, with written notice of its length (行政许可法 §45)."""

    kind = "case_special_procedure_started"
    personal = frozenset({"reason", "wording"})
    ground: Ground
    on: date
    notified_end: date
    article: Article
    document: str = ""
    reason: str | None = None
    officer: str = ""
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class SpecialProcedureEnded(Event):
    """特别程序结束, with its result."""

    kind = "case_special_procedure_ended"
    personal = frozenset({"result"})
    ground: Ground
    on: date
    result: str | None = None
    officer: str = ""


@dataclass(frozen=True, slots=True)
class Extended(Event):
    """延长期限: once, before expiry, reasons told (行政许可法 §42)."""

    kind = "case_extended"
    personal = frozenset({"reason", "wording"})
    on: date
    number: int
    unit: Unit
    approver: Approver
    article: Article
    document: str = ""
    reason: str | None = None
    officer: str = ""
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class Decided(Event):
    """决定: 准予 or 不予, with reasons; a refusal names the remedies (行政许可法 §38)."""

    kind = "case_decided"
    personal = frozenset({"reasons", "wording"})
    step: str
    outcome: Outcome
    on: date
    article: str
    document: str = ""
    merged_duties: bool = False
    reasons: str | None = None
    rule: str = ""  # 秒批: what the published rule says; "" where an officer decided
    deemed: bool = False  # 视为准予延续: nobody decided by the day of expiry
    officer: str = ""
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class Closed(Event):
    """办结: the result is made and sealed. Not the same as collected."""

    kind = "case_closed"
    on: date
    licence: str | None = None
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivered(Event):
    """送达."""

    kind = "case_delivered"
    personal = frozenset({"receiver", "wording"})
    on: date
    method: Delivery
    receiver: str | None = None
    officer: str = ""
    document: str = ""
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class Withdrawn(Event):
    """申请人撤回."""

    kind = "case_withdrawn"
    personal = frozenset({"reason"})
    on: date
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Rated(Event):
    """好差评: five levels (GB/T 39046 A.8), once per case."""

    kind = "case_rated"
    personal = frozenset({"comment"})
    on: date
    level: int
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class AgencyEnded(Event):
    """代办结束: the applicant goes on in person; whoever filled it in for them has no part in it any more."""

    kind = "case_agency_ended"
    on: date


@dataclass(frozen=True, slots=True)
class HandedOver(Event):
    """移交: one task goes to a colleague by name, with a reason; who may do it stays as the law says."""

    kind = "case_handed_over"
    personal = frozenset({"reason"})
    on: date
    task: str
    to: str
    to_name: str
    reason: str | None = None
    officer: str = ""


@dataclass(frozen=True, slots=True)
class MaterialOpened(Event):
    """材料被打开: what only live work leaves behind."""

    kind = "case_material_opened"
    material: str
    file: str


@dataclass(frozen=True, slots=True)
class CaseMoved(Event):
    """迁移到新版本: the case goes on under a newer version; ``steps`` and ``owners`` are those it has from now on.

    ``released``: tasks that nobody holds by name any more; ``materials``: what is newly asked; ``run``: the batch.
    """

    kind = "case_moved"
    on: date
    from_version: int
    to_version: int
    number: int
    item_name: str
    steps: tuple[str, ...]
    owners: dict[str, str]
    fallen: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    released: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    run: int = 0
    officer: str = ""


@dataclass(frozen=True, slots=True)
class CaseMovedBack(Event):
    """撤回迁移: the case is again as it was before its move."""

    kind = "case_moved_back"
    on: date
    to_version: int
    run: int = 0
    officer: str = ""


@dataclass(frozen=True, slots=True)
class CaseKept(Event):
    """留在原版本: batches leave this case under its version, with a reason."""

    kind = "case_kept"
    personal = frozenset({"reason"})
    on: date
    item_version: int
    reason: str | None = None
    officer: str = ""


@dataclass(frozen=True, slots=True)
class DatesMoved(Event):
    """期限重算: the calendar that the case's dates rest on was published or amended, and its earliest limit moved.

    ``calendar`` names the version of the calendar by which ``after`` was computed.
    """

    kind = "case_dates_moved"
    on: date
    before: date | None
    after: date | None
    provisional: bool
    calendar: str
