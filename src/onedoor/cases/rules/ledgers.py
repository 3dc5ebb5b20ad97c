"""时限台账: every limit that ran on a case, side by side or one after another, from its first day to its last.

A ledger is found in the facts, never kept: whichever limit runs after one fact and no longer after the next has ended
with that. A limit that is added to ``clocks`` (联合办理期限) has its ledger by that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onedoor.cases.rules.clocks import ClockKind, clocks, profile_of, step_clock
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.fold import apply
from onedoor.cases.rules.lifecycle import open_steps
from onedoor.cases.rules.settling import silent_on
from onedoor.cases.rules.values import Case, State
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.clock import Clock, local_date
from onedoor.kernel.law import Article, law

WAITING = Article("行政许可法", "32(1).4")
"""Why nothing runs while a supplement is awaited: the notice comes before 受理."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """One limit: ``step`` names the step that it is of; ``ended`` is the day of the act that met or ended it.

    Waiting for a supplement has no limit, and therefore no clock.
    """

    kind: ClockKind
    started: date
    clock: Clock | None
    step: str = ""
    ended: date | None = None


Key = tuple[ClockKind, str, date]


@law("行政许可法", "32(1).4", 42, 44, 45)
def ledgers(facts: Sequence[Fact], item: ItemVersion) -> tuple[Ledger, ...]:
    """All limits of a case in the order in which they began; those that still run have no end."""
    found: dict[Key, Ledger] = {}
    case: Case | None = None
    for fact in facts:
        case = apply(case, fact)
        now = {(each.kind, each.step, each.started): each for each in _running(case, item)}
        for key, held in found.items():
            if key not in now and held.ended is None:
                found[key] = replace(held, ended=_day(fact))
        found |= now
    return tuple(found.values())


def _running(case: Case, item: ItemVersion) -> Iterator[Ledger]:
    for kind, clock in clocks(case, profile_of(case, item)).items():
        yield Ledger(kind, clock.started, clock)
    for step in open_steps(case, item):
        if own := step_clock(case, step):
            yield Ledger(ClockKind.STEP, own.started, own, step.key)
    if case.state is State.SUPPLEMENT and case.supplement:
        yield Ledger(ClockKind.SUPPLEMENT, case.supplement.notified, None)


def _day(fact: Fact) -> date:
    """The day on which a fact took effect: silence on the last day of the limit that it let pass."""
    return silent_on(fact.event) or local_date(fact.at)
