"""The facts of 一件事, told of the whole; ``events`` counts them among its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onedoor.cases.rules.event import Event
from onedoor.cases.rules.values import Outcome


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
