"""The facts of 转报; ``events`` counts them among its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onedoor.cases.rules.events.fact import Event
from onedoor.cases.rules.values import Outcome, Verdict
from onedoor.kernel.clock import Limit


@dataclass(frozen=True, slots=True)
class ReportedUpward(Event):
    """报上级机关决定: 初步审查意见 and all materials, to whom, how. ``limit``: what the upper level has by law."""

    kind = "case_reported_upward"
    personal = frozenset({"opinion", "wording"})
    step: str
    organ: str
    verdict: Verdict
    on: date
    way: str
    materials: tuple[str, ...]
    limit: Limit | None = None
    document: str = ""
    merged_duties: bool = False
    opinion: str | None = None
    officer: str = ""
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class UpperDecided(Event):
    """登记上级机关的决定: its number, its day, and the files that show it, each with its SM3 in hex.

    ``decided_on`` is the day that the decision bears, ``on`` the day on which it came. The applicant is told
    ``reasons`` in the words of the decision; the decision itself is the file.
    """

    kind = "case_upper_decided"
    personal = frozenset({"reasons"})
    step: str
    organ: str
    outcome: Outcome
    decided_on: date
    on: date
    number: str
    files: tuple[tuple[str, str], ...]
    reasons: str | None = None
    officer: str = ""


@dataclass(frozen=True, slots=True)
class UpperDecidedAfterWithdrawal(Event):
    """收到上级在撤回以后的决定: as the paper says, kept with its files. It decides nothing here."""

    kind = "case_upper_decided_after_withdrawal"
    step: str
    organ: str
    outcome: Outcome
    decided_on: date
    on: date
    number: str
    files: tuple[tuple[str, str], ...]
    officer: str = ""


@dataclass(frozen=True, slots=True)
class UpperReturned(Event):
    """上级退回补充审查: the day that its paper bears, the files that show it, each with its SM3 in hex, and what it
    wants reviewed. ``on``: the day on which it came; ``reset``: the steps that are done again.
    """

    kind = "case_upper_returned"
    personal = frozenset({"reason"})
    step: str
    organ: str
    reset: tuple[str, ...]
    returned_on: date
    on: date
    files: tuple[tuple[str, str], ...]
    reason: str | None = None
    officer: str = ""


@dataclass(frozen=True, slots=True)
class UpperToldOfWithdrawal(Event):
    """告知上级撤回: the applicant withdrew while the case was above, and the upper level was told on that day."""

    kind = "case_upper_told_of_withdrawal"
    step: str
    organ: str
    on: date
    way: str
    officer: str = ""
