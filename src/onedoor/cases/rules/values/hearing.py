"""利害关系人 of a case, and its hearing (听证), as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

APPLICANT: Final = "applicant"  # the seat of the applicant beside those of 利害关系人
PUBLIC: Final = "public"  # the seat of anybody, on what is shown to the public


@dataclass(frozen=True, slots=True)
class Interested:
    """利害关系人: somebody whom the decision may touch. ``party``: in the register, or of this case alone."""

    party: str
    name: str | None
    on: date


@dataclass(frozen=True, slots=True)
class Meeting:
    """When, where and by whom a hearing is held (听证主持人)."""

    at: datetime
    place: str
    presider: str
    presider_name: str


@dataclass(frozen=True, slots=True)
class Hearing:
    """How far the hearing of a case is. ``rights``: seat → the last day on which it may be asked for.

    ``until``: the last day on which it must be held; None while nobody asked and nothing was announced.
    """

    rights: dict[str, date] = field(default_factory=dict)
    asked: dict[str, date] = field(default_factory=dict)
    waived: dict[str, date] = field(default_factory=dict)
    announced: date | None = None
    until: date | None = None
    meeting: Meeting | None = None
    convened: date | None = None
    record: str = ""  # the number of the signed 听证笔录
    recorded: date | None = None

    @property
    def pending(self) -> bool:
        """Whether one is to be held, and its record is not signed yet."""
        return self.until is not None and self.recorded is None

    def open_rights(self, on: date) -> tuple[str, ...]:
        """Whoever was told of the right and may still ask on that day."""
        answered = self.asked.keys() | self.waived.keys()
        return tuple(seat for seat, last in self.rights.items() if seat not in answered and on <= last)
