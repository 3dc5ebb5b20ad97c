"""What time the steps of a plan are given: by their own limits as promised, or by all that the law allows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from onedoor.cases.rules.simulating import Called
from onedoor.items.rules.trial.paths import Paths
from onedoor.items.rules.values import Item
from onedoor.kernel.clock import Clock, Limit, due
from onedoor.kernel.plan import StepKind, applicable, schedule
from onedoor.kernel.workdays import Calendar, workdays_between

NOBODY: Final[Mapping[str, Item]] = MappingProxyType({})


class Source(StrEnum):
    """Whence the time of a step is known."""

    STATUTE = "statute"  # 法定时限
    PROMISE = "promise"  # 承诺的环节时限
    HISTORY = "history"  # 办过的件


def workdays(limit: Limit, *, on: date, calendar: Calendar) -> int:
    """How many working days a limit that starts on a day comes to."""
    return workdays_between(on, due(Clock(limit, on), calendar).date, calendar).days


def promised(item: Item, *, on: date, calendar: Calendar) -> Mapping[str, tuple[int, ...]]:
    """Each step takes the whole of its own limit, and where it is sent up the limit of the upper level after that; one
    without a limit takes no time. Of 缴费 the applicant takes all the days there are; 自动核验 takes none, as where its
    rule is met: what goes to people instead is known by the past alone.
    """
    own = {s.key: workdays(s.limit, on=on, calendar=calendar) for s in item.plan.steps if s.limit}
    own |= {s.key: 0 for s in item.plan.steps if s.kind is StepKind.REGISTER_CHECK}
    above = _above(item, on=on, calendar=calendar)
    return {key: (own.get(key, 0) + above.get(key, 0),) for key in own | above}


def _above(item: Item, *, on: date, calendar: Calendar) -> dict[str, int]:
    """What the upper level has of a step that is sent up: outside the limits of the item."""
    limits = {s.key: s.upper.limit for s in item.plan.steps if s.upper}
    return {key: workdays(limit, on=on, calendar=calendar) for key, limit in limits.items() if limit}


def lawful(
    item: Item, *, on: date, calendar: Calendar, members: Mapping[str, Item] = NOBODY
) -> Mapping[str, tuple[int, ...]]:
    """As slow as the law allows: what an article gives a step, the days there are to pay, and the others longer in
    proportion, by whole days, until the longest chain fills the statutory limit; their own limits without one.

    ``members``: the items of a bundle by their keys; each takes all that its own law allows.
    """
    own = promised(item, on=on, calendar=calendar)
    if members:
        legal = {key: one.clock.legal for key, one in members.items() if one.clock.legal}
        return {**own, **{key: (workdays(limit, on=on, calendar=calendar),) for key, limit in legal.items()}}
    above = _above(item, on=on, calendar=calendar)
    own = {key: (days - above.get(key, 0),) for key, (days,) in own.items()}
    spans = schedule(item.plan.steps, {key: days for key, (days,) in own.items()})
    longest = max((span.finish for span in spans.values()), default=0)
    whole = workdays(item.clock.legal, on=on, calendar=calendar) if item.clock.legal else 0
    factor = max(Fraction(1), Fraction(whole, longest)) if longest else Fraction(1)
    fixed = {s.key for s in item.plan.steps if s.kind is StepKind.PAYMENT or (s.limit and s.limit.article)}
    stretched = {key: days if key in fixed else int(days * factor) for key, (days,) in own.items()}
    return {key: (days + above.get(key, 0),) for key, days in stretched.items()}


def everybody(item: Item) -> tuple[Called, ...]:
    """The steps of every kind of applicant that the trial of the item would send: each counted once."""
    rows, _, _ = Paths(item).chosen()
    told = ({name: value for name, value in row.items() if value is not None} for row in rows)
    return tuple(frozenset(step.key for step in applicable(item.plan, facts)) for facts in told)
