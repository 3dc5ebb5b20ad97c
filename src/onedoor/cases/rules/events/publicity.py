"""The facts of a public notice (公示); ``events`` counts them among its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onedoor.cases.rules.events.fact import Event


@dataclass(frozen=True, slots=True)
class PublicityStarted(Event):
    """公示开始: what the public reads, until when. ``notice`` is written for the public, and erasable all the same."""

    kind = "case_publicity_started"
    personal = frozenset({"notice"})
    step: str
    on: date
    until: date
    notice: str | None = None
    officer: str = ""


@dataclass(frozen=True, slots=True)
class ObjectionRecorded(Event):
    """公示期间的异议: who objected, how to reach them, and what they said; ``receipt``: the number that they keep.

    ``officer``: who wrote it down, "" where it came by the public page. ``party``: who had signed in, "" for others.
    """

    kind = "case_objection_recorded"
    personal = frozenset({"who", "contact", "objection"})
    step: str
    key: str
    on: date
    who: str | None = None
    objection: str | None = None
    officer: str = ""
    contact: str | None = None
    receipt: str = ""
    party: str = ""


@dataclass(frozen=True, slots=True)
class ObjectionAnswered(Event):
    """对异议的核实和答复."""

    kind = "case_objection_answered"
    personal = frozenset({"answer"})
    step: str
    key: str
    on: date
    answer: str | None = None
    officer: str = ""
