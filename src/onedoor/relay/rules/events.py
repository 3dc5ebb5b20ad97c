"""The facts of what is taken in for an organ elsewhere. Words about a person are personal, and erasable."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, TypeAdapter

from onedoor.relay.rules.values import Decider, Mode, Piece, Reply

Json = object


def _listed(value: Json) -> Json:
    return json.loads(value) if isinstance(value, str) else value


Files = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Pieces = Annotated[tuple[Piece, ...], BeforeValidator(_listed)]


@dataclass(frozen=True, slots=True)
class Event:
    """A fact; ``personal`` names the fields that stand in the erasable table."""

    kind: ClassVar[str]
    personal: ClassVar[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class RelayTaken(Event):
    """代收: what for whom, under which agreement; no acceptance, and no clock of the organ that decides."""

    kind = "relay_taken"
    personal = frozenset({"pieces"})
    id: int
    number: str
    area: str
    mode: Mode
    basis: str
    item: str
    decider: Decider
    applicant: str
    stands: str
    hall: str
    officer: str
    pieces: Pieces = ()


@dataclass(frozen=True, slots=True)
class RelayScanned(Event):
    """附照片、扫描件 of what lay on the counter, or came back."""

    kind = "relay_scanned"
    personal = frozenset({"files"})
    officer: str
    files: Files = ()


@dataclass(frozen=True, slots=True)
class RelaySent(Event):
    """转递: by which way, with which list; ``more``: materials that came after a one-time notice."""

    kind = "relay_sent"
    personal = frozenset({"way", "more"})
    on: date
    officer: str
    way: str | None = None
    more: Pieces = ()


@dataclass(frozen=True, slots=True)
class RelayArrived(Event):
    """对方收到: on the day, as that organ confirmed it."""

    kind = "relay_arrived"
    personal = frozenset({"told"})
    on: date
    officer: str
    told: str | None = None


@dataclass(frozen=True, slots=True)
class RelayAnswered(Event):
    """对方答复: accepted with its own last day, asked for more, or refused; in its words."""

    kind = "relay_answered"
    personal = frozenset({"told"})
    reply: Reply
    on: date
    officer: str
    due: date | None = None
    told: str | None = None


@dataclass(frozen=True, slots=True)
class RelayDecided(Event):
    """结果回来: granted or not, under the number of that organ."""

    kind = "relay_decided"
    personal = frozenset({"told", "document"})
    granted: bool
    on: date
    officer: str
    document: str | None = None
    told: str | None = None


@dataclass(frozen=True, slots=True)
class RelayHanded(Event):
    """交付结果 to whoever takes it."""

    kind = "relay_handed"
    personal = frozenset({"told"})
    on: date
    officer: str
    told: str | None = None


@dataclass(frozen=True, slots=True)
class RelayWithdrawn(Event):
    """撤回: the applicant gave it up before it was decided."""

    kind = "relay_withdrawn"
    personal = frozenset({"told"})
    on: date
    officer: str
    told: str | None = None


@dataclass(frozen=True, slots=True)
class RelayReturned(Event):
    """原件退还: what was not accepted there, or was withdrawn, went back into the hand of whoever takes it."""

    kind = "relay_returned"
    personal = frozenset({"told"})
    on: date
    officer: str
    told: str | None = None


EVENTS: dict[str, type[Event]] = {event.kind: event for event in Event.__subclasses__()}
_ADAPTERS: dict[str, TypeAdapter[Event]] = {kind: TypeAdapter(event) for kind, event in EVENTS.items()}


def to_body(event: Event) -> tuple[dict[str, Json], dict[str, str]]:
    """An event as a journal entry holds it: the body, and apart from it the personal values."""
    body: dict[str, Json] = _ADAPTERS[event.kind].dump_python(event, mode="json")
    values = {name: value for name in event.personal if (value := body.pop(name, None)) is not None}
    return body, {name: _text(value) for name, value in values.items()}


def from_body(kind: str, body: dict[str, Json], personal: dict[str, str]) -> Event:
    """The event of a journal entry; erased personal values read as None, erased lists as empty."""
    return _ADAPTERS[kind].validate_python({**body, **personal})


def _text(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
