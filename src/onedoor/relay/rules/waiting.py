"""催问: by when the next turn should have come, and by what rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from onedoor.kernel.clock import local_date
from onedoor.kernel.law import law
from onedoor.kernel.workdays import Calendar, add_workdays
from onedoor.relay.rules.values import Relay, Stage


@dataclass(frozen=True, slots=True)
class Patience:
    """For how many working days one waits at a stage that began on ``since`` or later, and by what rule."""

    stage: Stage
    since: date
    workdays: int
    basis: str


@dataclass(frozen=True, slots=True)
class Wait:
    """The last day on which nothing need be asked, and why that day."""

    until: date
    basis: str


def patience_of(tree: Mapping[str, Any]) -> tuple[Patience, ...]:
    """A county's data file as rules. Raises KeyError or ValueError for a file that is not one."""
    rows: Iterable[Mapping[str, Any]] = tree["waiting"]
    return tuple(Patience(Stage(row["stage"]), row["from"], row["workdays"], row["basis"]) for row in rows)


@law("行政许可法", "32(1).4", "42(1)")
def wait_of(relay: Relay, rules: Iterable[Patience], *, calendar: Calendar) -> Wait | None:
    """Until when its present stage may last: as the organ there said, else as the rule of that day says; None for
    what waits for the applicant, or for nothing.
    """
    if relay.stage is Stage.ACCEPTED and relay.due:
        return Wait(relay.due, "对方说的办结日期")
    began = relay.turns[-1].on if relay.turns else local_date(relay.taken_at)
    found = [rule for rule in rules if rule.stage is relay.stage and rule.since <= began]
    if not found:
        return None
    rule = max(found, key=lambda each: each.since)
    return Wait(add_workdays(began, rule.workdays, calendar).date, rule.basis)
