"""The facts after a grant: how a promise is checked, and how what was granted comes to its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onedoor.cases.rules.event import Event
from onedoor.cases.rules.values import Ending


@dataclass(frozen=True, slots=True)
class PromiseChecked(Event):
    """事后核查 of a permit granted on promise, by two officers or more."""

    kind = "case_promise_checked"
    personal = frozenset({"finding"})
    held: bool
    on: date
    officers: tuple[str, ...]
    finding: str | None = None
    officer: str = ""


@dataclass(frozen=True, slots=True)
class RectificationOrdered(Event):
    """责令限期整改: what was promised is not so; until ``until`` it is to be put right."""

    kind = "case_rectification_ordered"
    personal = frozenset({"finding", "wording"})
    on: date
    until: date
    basis: str
    document: str = ""
    finding: str | None = None
    officer: str = ""
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class ResultEnded(Event):
    """撤销 or 注销 of what was granted, in writing, with its ground, article and remedies."""

    kind = "case_result_ended"
    personal = frozenset({"reasons", "wording"})
    ending: Ending
    on: date
    article: str
    licence: str | None = None
    document: str = ""
    reasons: str | None = None
    officer: str = ""
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class LicenceReissued(Event):
    """补发: the lost or damaged licence is worth nothing from now on; the new one says the same."""

    kind = "case_licence_reissued"
    personal = frozenset({"reasons"})
    on: date
    old: str
    licence: str
    file: str
    reasons: str | None = None
    officer: str = ""
