"""What was taken in for an organ elsewhere, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Mode(StrEnum):
    """异地怎么办 (国办发〔2020〕35号); 全程网办 needs no window: the applicant is shown the way there."""

    COLLECT = "collect"  # 异地代收代办：这里收，寄到那里，结果寄回来
    JOINT = "joint"  # 多地联办：一地申请，几地协同


class Stage(StrEnum):
    """How far it is."""

    TAKEN = "taken"  # 已收件，还没有转递
    SENT = "sent"  # 已转递
    ARRIVED = "arrived"  # 对方已收到
    ACCEPTED = "accepted"  # 对方已受理
    ASKED = "asked"  # 对方要求补正
    REFUSED = "refused"  # 对方不受理或者不予受理
    DECIDED = "decided"  # 结果已回到这里
    HANDED = "handed"  # 结果已交给申请人
    WITHDRAWN = "withdrawn"  # 申请人撤回，等退还原件
    RETURNED = "returned"  # 没有受理或者撤回，原件已退还申请人


UNDECIDED = (Stage.TAKEN, Stage.SENT, Stage.ARRIVED, Stage.ACCEPTED, Stage.ASKED)
ORIGINAL, COPY = "原件", "复印件"
MODE_NAMES = {Mode.COLLECT: "异地代收代办", Mode.JOINT: "多地联办"}


class Reply(StrEnum):
    """What the organ that decides answers to an application."""

    ACCEPTED = "accepted"  # 受理
    ASKED = "asked"  # 一次性告知补正
    REFUSED = "refused"  # 不受理、不予受理


@dataclass(frozen=True, slots=True)
class Piece:
    """One material as it lay on the counter."""

    name: str
    form: str = ORIGINAL
    copies: int = 1


@dataclass(frozen=True, slots=True)
class Decider:
    """The organ elsewhere that decides, its place, and how to reach it."""

    organ: str
    place: str
    contact: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that happened, in words: on which day, by whose hand it was recorded."""

    stage: Stage
    on: date
    told: str | None
    officer: str


@dataclass(frozen=True, slots=True)
class Relay:
    """One application for an organ elsewhere. ``accepted``, ``due``: as that organ said; its clocks are its own."""

    id: int
    number: str
    area: str
    mode: Mode
    basis: str
    item: str
    decider: Decider
    applicant: str
    stands: str
    pieces: tuple[Piece, ...]
    taken_at: datetime
    officer: str
    hall: str
    stage: Stage = Stage.TAKEN
    version: int = 1
    sent: date | None = None
    way: str = ""
    accepted: date | None = None
    due: date | None = None
    outcome: str = ""
    files: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()

    @property
    def open(self) -> bool:
        """Whether something is still to be done here or elsewhere."""
        return self.stage not in {Stage.RETURNED, Stage.HANDED}

    @property
    def undecided(self) -> bool:
        """Whether the applicant may still give it up."""
        return self.stage in UNDECIDED
