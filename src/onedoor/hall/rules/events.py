"""The facts of a visit. Each is one journal entry; what was put right in a material is personal, and erasable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pydantic import TypeAdapter

from onedoor.hall.rules.values import Identity, TakenMaterial

Json = object


@dataclass(frozen=True, slots=True)
class Event:
    """A fact about a visit. ``personal`` names the fields that stand in the erasable table."""

    kind: ClassVar[str]
    personal: ClassVar[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class VisitOpened(Event):
    """接待开始: for whom, who stands here, how the document shown was read."""

    kind = "hall_visit_opened"
    id: int
    number: str
    token: str
    area: str
    desk: str
    applicant: str
    stands: str
    in_person: bool
    identity: Identity
    officer: str


@dataclass(frozen=True, slots=True)
class ItemTaken(Event):
    """收件: an application was taken in, with these materials. It is not acceptance."""

    kind = "hall_item_taken"
    case: str
    item_name: str
    key: str
    materials: tuple[TakenMaterial, ...]


@dataclass(frozen=True, slots=True)
class SupplementTaken(Event):
    """收补正: what a one-time notice asked for was taken in."""

    kind = "hall_supplement_taken"
    case: str
    item_name: str
    materials: tuple[TakenMaterial, ...]


@dataclass(frozen=True, slots=True)
class CorrectedOnTheSpot(Event):
    """当场更正 (行政许可法 §32(一)三): the applicant put an error right at the window."""

    kind = "hall_corrected_on_the_spot"
    personal = frozenset({"what"})
    case: str
    material: str
    name: str
    what: str | None = None


@dataclass(frozen=True, slots=True)
class OriginalsReturned(Event):
    """退还原件: the originals of these materials went back, in the same visit or ``into`` the hand of a later one."""

    kind = "hall_originals_returned"
    case: str
    materials: tuple[str, ...]
    into: str = ""


@dataclass(frozen=True, slots=True)
class VisitClosed(Event):
    """接待结束."""

    kind = "hall_visit_closed"


@dataclass(frozen=True, slots=True)
class NormsChecked(Event):
    """服务规范自查: one walk through a hall. ``kept``: norm → whether it is kept; ``notes``: JSON of what was seen."""

    kind = "hall_norms_checked"
    personal = frozenset({"notes"})
    site: str
    month: date
    kept: dict[str, bool]
    officer: str
    notes: str | None = None


EVENTS: dict[str, type[Event]] = {
    event.kind: event
    for event in (
        VisitOpened,
        ItemTaken,
        SupplementTaken,
        CorrectedOnTheSpot,
        OriginalsReturned,
        VisitClosed,
        NormsChecked,
    )
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
