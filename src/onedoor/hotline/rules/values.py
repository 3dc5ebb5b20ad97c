"""A question (咨询) as a value: what the fold over its journal yields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class State(StrEnum):
    """咨询状态."""

    WAITING = "waiting"  # 待派发：不知道该由哪个机关答复，或者被退回
    DISPATCHED = "dispatched"  # 待答复
    CHECKING = "checking"  # 待审核：答复写好了，等负责人审核
    ANSWERED = "answered"  # 已答复
    CLOSED = "closed"  # 已结束：评价过，或者很久没有再问


STATE_NAMES = {
    State.WAITING: "待派发",
    State.DISPATCHED: "待答复",
    State.CHECKING: "待审核",
    State.ANSWERED: "已答复",
    State.CLOSED: "已结束",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer that a leader has not checked yet."""

    text: str | None
    by: str
    officer: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer given (答复): by whom, for which organ."""

    text: str | None
    by: str
    officer: str
    organ: str
    at: datetime
    checked_by: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with its answer; the second turn is the one time a citizen asks back (追问)."""

    text: str | None
    asked_at: datetime
    due: date
    provisional: bool
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One move between desks: dispatched to an organ (派单) or returned by it (退单)."""

    kind: str  # dispatched, returned, sent_back
    organ: str
    at: datetime
    officer: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. ``asker``: a party, an account, or "asker:<number>" for whoever left a phone number alone.

    ``final``: the dispatching desk has ruled whose question it is; it cannot be returned any more.
    Texts, name and phone are None once erased.
    """

    id: int
    number: str
    asker: str
    asker_name: str | None
    phone: str | None
    item: str
    item_name: str
    organ: str
    area: str
    state: State
    turns: tuple[Turn, ...]
    steps: tuple[Step, ...] = ()
    dispatched_at: datetime | None = None
    final: bool = False
    draft: Draft | None = None
    rating: int | None = None
    closes: date | None = None  # its last day, once the asker was asked whether all is said
    published: int | None = None
    version: int = 1

    @property
    def turn(self) -> Turn:
        """The turn that runs, or ran last."""
        return self.turns[-1]

    @property
    def open(self) -> bool:
        """Whether somebody still owes the answer."""
        return self.state not in {State.ANSWERED, State.CLOSED}

    def overdue(self, on: date) -> bool:
        """Whether the answer is owed and its day has passed."""
        return self.open and on > self.turn.due
