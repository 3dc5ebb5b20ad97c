"""How the journal holds an event: a body, and apart from it the personal values."""

from __future__ import annotations

from pydantic import TypeAdapter

from onedoor.cases.rules.events import (
    ending,
    handling,
    hearing,
    joint,
    overlooked,
    payment,
    promises,
    publicity,
    steps,
    upward,
)
from onedoor.cases.rules.events.fact import Event

Json = object
_FAMILIES = (ending, handling, hearing, joint, overlooked, payment, promises, publicity, steps, upward)
EVENTS: dict[str, type[Event]] = {
    event.kind: event
    for family in _FAMILIES
    for event in vars(family).values()
    if isinstance(event, type) and issubclass(event, Event) and event is not Event
}
_ADAPTERS: dict[str, TypeAdapter[Event]] = {kind: TypeAdapter(event) for kind, event in EVENTS.items()}


def to_body(event: Event) -> tuple[dict[str, Json], dict[str, str]]:
    """An event as a journal entry holds it: the body, and apart from it the personal values."""
    body: dict[str, Json] = _ADAPTERS[event.kind].dump_python(event, mode="json")
    personal = {name: str(value) for name in event.personal if (value := body.pop(name, None)) is not None}
    return body, personal


def from_body(kind: str, body: dict[str, Json], personal: dict[str, str]) -> Event:
    """The event of a journal entry; erased personal values read as None."""
    return _ADAPTERS[kind].validate_python({**body, **personal})
