"""The facts of an errand's life. Each is one journal entry; names and what was said are personal, and erasable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pydantic import TypeAdapter

from onedoor.agency.rules.values import How, Proof

Json = object


@dataclass(frozen=True, slots=True)
class Event:
    """A fact about an errand. ``personal`` names the fields that stand in the erasable table."""

    kind: ClassVar[str]
    personal: ClassVar[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class ErrandPrepared(Event):
    """代办填好: filled in for the applicant, who has not confirmed yet. Nothing is handed in."""

    kind = "errand_prepared"
    personal = frozenset({"applicant_name"})
    id: int
    number: str
    agent: str
    agent_name: str
    station: str
    applicant: str
    item: str
    item_name: str
    organ: str
    area: str
    digest: str
    expires: date
    applicant_name: str | None = None


@dataclass(frozen=True, slots=True)
class ConfirmationAsked(Event):
    """确认码已发出, to the phone that the register knows. The code itself stands nowhere."""

    kind = "confirmation_asked"
    count: int


@dataclass(frozen=True, slots=True)
class ConfirmationReminded(Event):
    """提醒本人: it still waits, and its last day is near."""

    kind = "confirmation_reminded"
    on: date


@dataclass(frozen=True, slots=True)
class ErrandConfirmed(Event):
    """本人确认, and with it the application handed in as ``case``."""

    kind = "errand_confirmed"
    personal = frozenset({"note"})
    how: How
    case: str
    digest: str
    officer: str = ""
    evidence: str = ""
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ErrandRefused(Event):
    """本人不同意."""

    kind = "errand_refused"
    personal = frozenset({"reason"})
    officer: str = ""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ErrandLapsed(Event):
    """到期未确认: the errand ends, nothing was handed in."""

    kind = "errand_lapsed"
    on: date


@dataclass(frozen=True, slots=True)
class ErrandWithdrawn(Event):
    """代办人撤销."""

    kind = "errand_withdrawn"
    personal = frozenset({"reason"})
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class TakeoverAsked(Event):
    """转回本人的确认码已发出, to the phone that the register knows."""

    kind = "takeover_asked"
    count: int


@dataclass(frozen=True, slots=True)
class ErrandTakenOver(Event):
    """转回本人: the applicant goes on with the case under their own account; the agency is over."""

    kind = "errand_taken_over"
    on: date


@dataclass(frozen=True, slots=True)
class ErrandEndedAtWindow(Event):
    """当面结束代办: the applicant stood at a window with this proof of who they are, and goes on with the case."""

    kind = "errand_ended_at_window"
    personal = frozenset({"last_four", "reason"})
    on: date
    officer: str
    proof: Proof
    last_four: str | None = None
    reason: str | None = None


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
