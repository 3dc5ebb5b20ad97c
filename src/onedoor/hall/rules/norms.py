"""服务规范: what every hall keeps to, how one sees that it does, and on which basis."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onedoor.hall.rules.events import NormsChecked
from onedoor.kernel.errors import FieldError, Invalid

LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class Norm:
    """One norm. ``check``: how whoever walks through the hall sees it; a basis nobody verified says 待核实."""

    key: str
    name: str
    demand: str
    check: str
    basis: str


def norms_from(tree: Mapping[str, Any]) -> tuple[Norm, ...]:
    """The list as its data file writes it. TypeError where a norm lacks a part, ValueError for a key used twice."""
    norms = tuple(Norm(**row) for row in tree["norms"])
    if len({norm.key for norm in norms}) < len(norms):
        raise ValueError("同一条服务规范写了两次")
    return norms


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of a self-check: kept or not, and what was seen. None: not looked at."""

    kept: bool | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """服务规范自查 of one hall for one month: who walked through it, on which day, with what result."""

    month: date
    on: date
    officer: str
    lines: tuple[tuple[Norm, Answer], ...]

    @property
    def broken(self) -> tuple[tuple[Norm, Answer], ...]:
        """What is not kept."""
        return tuple((norm, answer) for norm, answer in self.lines if not answer.kept)


def checked(norms: Sequence[Norm], answers: Mapping[str, Answer], *, site: str, officer: str, on: date) -> NormsChecked:
    """A complete walk: every norm has its yes or no, and each no says what was seen. Raises Invalid with every gap."""
    given = {norm.key: answers.get(norm.key, Answer(None)) for norm in norms}
    names = {norm.key: norm.name for norm in norms}
    faults = [FieldError(key, told) for key, answer in given.items() for told in _faults(answer, names[key])]
    if faults:
        raise Invalid(faults)
    kept = {key: bool(answer.kept) for key, answer in given.items()}
    notes = {key: answer.note for key, answer in given.items() if answer.note}
    told = json.dumps(notes, ensure_ascii=False) if notes else None
    return NormsChecked(site=site, month=on.replace(day=1), kept=kept, officer=officer, notes=told)


def _faults(answer: Answer, name: str) -> Iterable[str]:
    if answer.kept is None:
        yield f"「{name}」还没有选做到还是没做到。"
    if answer.kept is False and not answer.note:
        yield f"「{name}」没做到，请写明看到了什么、怎么改。"
    if len(answer.note) > LONGEST_NOTE:
        yield f"「{name}」的说明超过 {LONGEST_NOTE} 字，请写短一些。"


def self_check(norms: Sequence[Norm], event: NormsChecked, *, on: date) -> SelfCheck:
    """What was recorded, in the order of the list; a norm that came later is not in it."""
    notes: dict[str, str] = json.loads(event.notes or "{}")
    lines = tuple((n, Answer(event.kept[n.key], notes.get(n.key, ""))) for n in norms if n.key in event.kept)
    return SelfCheck(event.month, on, event.officer, lines)


def by_month(checks: Iterable[SelfCheck]) -> tuple[SelfCheck, ...]:
    """The last check of each month, the latest month first."""
    last = {check.month: check for check in checks}
    return tuple(last[month] for month in sorted(last, reverse=True))
