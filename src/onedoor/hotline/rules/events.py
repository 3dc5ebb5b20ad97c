"""The facts of a question's life. Each is one journal entry; texts, names and phones are personal, and erasable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pydantic import TypeAdapter

Json = object


@dataclass(frozen=True, slots=True)
class Event:
    """A fact about a question. ``personal`` names the fields that stand in the erasable table."""

    kind: ClassVar[str]
    personal: ClassVar[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class QuestionAsked(Event):
    """提问. ``organ`` "" where the dispatching desk must find it."""

    kind = "question_asked"
    personal = frozenset({"text", "asker_name", "phone"})
    id: int
    number: str
    asker: str
    item: str
    item_name: str
    organ: str
    area: str
    due: date
    provisional: bool
    text: str | None = None
    asker_name: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class QuestionDispatched(Event):
    """派单, to an organ; ``final`` where the desk rules on a dispute (裁定), after which nobody returns it."""

    kind = "question_dispatched"
    organ: str
    final: bool
    officer: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class QuestionReturned(Event):
    """退单: not this organ's; with the reason."""

    kind = "question_returned"
    organ: str
    officer: str
    reason: str


@dataclass(frozen=True, slots=True)
class AnswerDrafted(Event):
    """答复已拟好, waiting for the leader's check."""

    kind = "answer_drafted"
    personal = frozenset({"text"})
    officer: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerSentBack(Event):
    """审核不通过: the draft goes back to its author."""

    kind = "answer_sent_back"
    organ: str
    officer: str
    reason: str


@dataclass(frozen=True, slots=True)
class QuestionAnswered(Event):
    """答复. ``author`` wrote it; ``checked_by`` is the leader who let it go, "" where none need."""

    kind = "question_answered"
    personal = frozenset({"text"})
    organ: str
    author: str
    officer: str
    checked_by: str = ""
    text: str | None = None


@dataclass(frozen=True, slots=True)
class QuestionAskedBack(Event):
    """追问: the citizen asks once more; a new limit runs."""

    kind = "question_asked_back"
    personal = frozenset({"text"})
    due: date
    provisional: bool
    text: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerRated(Event):
    """评价: five levels (GB/T 39046 A.8), 一事一评."""

    kind = "answer_rated"
    personal = frozenset({"comment"})
    level: int
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class FollowUpAsked(Event):
    """问问还有没有问题: nobody asked back or rated for long; ``closes`` is its last day."""

    kind = "follow_up_asked"
    closes: date


@dataclass(frozen=True, slots=True)
class QuestionClosed(Event):
    """按问完处理: nothing came after that either. Asking back opens it again."""

    kind = "question_closed"
    on: date


@dataclass(frozen=True, slots=True)
class AnswerPublished(Event):
    """公开为问答, without personal data, by an officer's own act."""

    kind = "answer_published"
    entry: int
    question: str
    answer: str
    officer: str


@dataclass(frozen=True, slots=True)
class PublicationWithdrawn(Event):
    """撤下公开的问答."""

    kind = "publication_withdrawn"
    entry: int
    officer: str
    reason: str


EVENTS: dict[str, type[Event]] = {event.kind: event for event in Event.__subclasses__()}
_ADAPTERS: dict[str, TypeAdapter[Event]] = {kind: TypeAdapter(event) for kind, event in EVENTS.items()}


def to_body(event: Event) -> tuple[dict[str, Json], dict[str, str]]:
    """An event as a journal entry holds it: the body, and apart from it the personal values."""
    body: dict[str, Json] = _ADAPTERS[event.kind].dump_python(event, mode="json")
    personal = {name: str(value) for name in event.personal if (value := body.pop(name, None)) is not None}
    return body, personal


def from_body(kind: str, body: dict[str, Json], personal: dict[str, str]) -> Event:
    """The event of a journal entry; erased personal values read as None."""
    return _ADAPTERS[kind].validate_python({**body, **personal})
