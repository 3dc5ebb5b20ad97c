"""The facts of 一件事, told of the whole; ``events`` counts them among its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from onedoor.cases.rules.events.fact import Event
from onedoor.cases.rules.values import Delivery, Outcome, Verdict


@dataclass(frozen=True, slots=True)
class MemberOpened(Event):
    """并联办件开始: all that this member of a bundle needs is there, and its own case is open under ``number``."""

    kind = "case_member_opened"
    member: str
    number: str
    on: date


@dataclass(frozen=True, slots=True)
class MemberClosed(Event):
    """并联办件办结, with its own outcome."""

    kind = "case_member_closed"
    member: str
    outcome: Outcome
    on: date


@dataclass(frozen=True, slots=True)
class MembersCancelled(Event):
    """并联事项不再开始: what rests on a result that will not come. What has begun goes on (提前不予 stops nothing)."""

    kind = "case_members_cancelled"
    members: tuple[str, ...]
    because: str
    on: date


@dataclass(frozen=True, slots=True)
class JointClosed(Event):
    """一件事办结: every member has its outcome, or will never begin."""

    kind = "case_joint_closed"
    outcome: Outcome
    on: date


@dataclass(frozen=True, slots=True)
class MemberSpoke(Event):
    """材料意见: what is missing from the side of one member, before the one notice; ``materials`` empty: nothing."""

    kind = "case_member_spoke"
    member: str
    materials: dict[str, str]
    on: date
    officer: str = ""


@dataclass(frozen=True, slots=True)
class VisitCalled(Event):
    """约定联合踏勘: when and where, for which members; once more with the same ``ordinal`` where it is put off."""

    kind = "case_visit_called"
    personal = frozenset({"place"})
    ordinal: int
    meets: datetime
    members: tuple[str, ...]
    on: date
    place: str | None = None
    officer: str = ""


@dataclass(frozen=True, slots=True)
class VisitManned(Event):
    """报联合踏勘人员: whom the organ of a member sends (行政许可法 §34: two or more)."""

    kind = "case_visit_manned"
    member: str
    officers: tuple[str, ...]
    on: date
    officer: str = ""


@dataclass(frozen=True, slots=True)
class VisitLeft(Event):
    """不参加联合踏勘: the organ of a member goes alone, and says why."""

    kind = "case_visit_left"
    personal = frozenset({"reason"})
    member: str
    on: date
    reason: str | None = None
    officer: str = ""


@dataclass(frozen=True, slots=True)
class VisitSigned(Event):
    """签联合踏勘记录: what the organ of a member found; its own step is done by the same act."""

    kind = "case_visit_signed"
    personal = frozenset({"finding"})
    member: str
    verdict: Verdict
    officers: tuple[str, ...]
    on: date
    photos: tuple[tuple[str, str], ...] = ()  # each file of the whole with its SM3 in hex
    finding: str | None = None
    officer: str = ""


@dataclass(frozen=True, slots=True)
class VisitRecorded(Event):
    """联合踏勘记录 is complete: every organ that took part has signed."""

    kind = "case_visit_recorded"
    personal = frozenset({"wording"})
    ordinal: int
    on: date
    document: str = ""
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class JointDelivered(Event):
    """统一出件: these members' results in one act. ``papers``: the lines of its receipt; ``final``: that is all."""

    kind = "case_joint_delivered"
    personal = frozenset({"receiver", "wording"})
    members: tuple[str, ...]
    papers: tuple[str, ...]
    on: date
    method: Delivery
    final: bool
    receiver: str | None = None
    officer: str = ""
    document: str = ""
    wording: str | None = None
