"""The facts after a grant: how a promise is checked, and how what was granted comes to its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onedoor.cases.rules.events.fact import Event
from onedoor.cases.rules.values import Ending, Request


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


@dataclass(frozen=True, slots=True)
class HolderRequested(Event):
    """持证人申请补发、注销, with a receipt."""

    kind = "case_holder_requested"
    personal = frozenset({"reasons", "wording"})
    what: Request
    on: date
    ordinal: int = 1
    document: str = ""
    reasons: str | None = None
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class HolderRequestTakenBack(Event):
    """持证人撤回补发、注销的申请."""

    kind = "case_holder_request_taken_back"
    on: date


@dataclass(frozen=True, slots=True)
class HolderRequestRefused(Event):
    """不予补发、不予注销: in writing, with reasons and remedies."""

    kind = "case_holder_request_refused"
    personal = frozenset({"reasons", "wording"})
    what: Request
    on: date
    article: str
    document: str = ""
    reasons: str | None = None
    officer: str = ""
    wording: str | None = None
