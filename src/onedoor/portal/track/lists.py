"""Cases as lines of a list: what it is, where it stands, by when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onedoor.cases.rules.phases import PHASE_NAMES, Phase, phase_of
from onedoor.cases.rules.values import Outcome, State
from onedoor.ui.members import TONES
from onedoor.ui.parts import Tag

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from datetime import date

    from onedoor.cases.queries import Row


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case of the visitor. ``late``: the last day of the limit has passed, and nothing is to be paid."""

    number: str
    name: str
    applicant: str
    received: date
    due: date | None
    tag: Tag
    closed: bool
    rating: int | None
    late: bool


def lines(rows: Iterable[Row], *, today: date, unpaid: Container[str] = ()) -> tuple[CaseLine, ...]:
    """Rows as lines. ``unpaid``: the numbers of those that wait for a payment."""
    return tuple(_line(row, today, unpaid=row.number in unpaid) for row in rows)


def _line(row: Row, today: date, *, unpaid: bool) -> CaseLine:
    state = State(row.state)
    phase = phase_of(state, Outcome(row.outcome) if row.outcome else None)
    phase = Phase.WAITING_FOR_PAYMENT if unpaid else phase
    due = None if state is State.CLOSED else row.due
    return CaseLine(
        row.number,
        row.item_name,
        row.applicant_name or "",
        row.received,
        due,
        Tag(PHASE_NAMES[phase], TONES[phase]),
        state is State.CLOSED,
        row.rating,
        due is not None and due < today and not unpaid,
    )
