"""The facts of promises: what is handed in later (容缺), what a promise replaces (告知承诺), and how it was kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from onedoor.cases.rules.events.fact import Event
from onedoor.cases.rules.values import PaperForm
from onedoor.items.rules.promises import Lapse


@dataclass(frozen=True, slots=True)
class MaterialsTolerated(Event):
    """容缺受理: with the acceptance each promised material gets its last day, which lies before the limit's end."""

    kind = "case_materials_tolerated"
    personal = frozenset({"wording"})
    on: date
    due: dict[str, date]
    document: str = ""
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class OwedReceived(Event):
    """补交的材料收到: promised for later (容缺), or overlooked by the organ (追加请求).

    ``officer``: the clerk who took it in at the counter, "" where nobody did.
    """

    kind = "case_owed_received"
    on: date
    materials: dict[str, tuple[str, ...]]
    paper: dict[str, PaperForm] = field(default_factory=dict)
    officer: str = ""


@dataclass(frozen=True, slots=True)
class ToleranceLapsed(Event):
    """容缺逾期未补: the last day passed; ``effect`` as the item says, 视为撤回 only by the local rule ``basis``."""

    kind = "case_tolerance_lapsed"
    materials: tuple[str, ...]
    effect: Lapse
    due: date
    on: date
    basis: str = ""


@dataclass(frozen=True, slots=True)
class PledgeVerified(Event):
    """核查承诺: whether what a promise said in the place of a proof (证明事项告知承诺) is true."""

    kind = "case_pledge_verified"
    personal = frozenset({"finding"})
    material: str
    held: bool
    on: date
    finding: str | None = None
    officer: str = ""
