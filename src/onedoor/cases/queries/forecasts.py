"""推演 of one item's plan: by limits, or by what its steps took in the year before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from onedoor.areas import queries as areas
from onedoor.cases.queries.durations import Measured, measured
from onedoor.cases.rules.allotted import Source, everybody, lawful, promised, workdays
from onedoor.cases.rules.simulating import Distribution, Durations, Gain, gains, simulate
from onedoor.items import queries as items
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.actor import Actor

YEAR: Final = timedelta(days=365)
NOTHING: Final = Measured(0, {}, ())


@dataclass(frozen=True, slots=True)
class Forecast:
    """What came of it. ``cases``: measured ones, 0 where limits were taken; ``limits``: the item's own, working days.

    ``assumed``: steps whose time nobody measured, and which take their own limits.
    """

    source: Source
    seed: int
    cases: int
    found: Distribution
    gains: tuple[Gain, ...]
    durations: Durations
    limits: Mapping[str, int]
    assumed: tuple[str, ...] = ()

    def measured(self, step: str) -> bool:
        """Whether the past showed how long this step takes."""
        return bool(self.cases) and step not in self.assumed


def forecast(item: ItemVersion, source: Source, *, on: date, seed: int, by: Actor) -> Forecast:
    """The forecast of an item, or of a bundle as its members go on beside and after each other. Measured are the
    cases of the last year that this actor may see; where there are none the limits promised stand in for them, and
    ``cases`` is 0.
    """
    calendar = areas.calendar(item.area)
    by_law = source is Source.STATUTE
    members = {one.key: items.version(one.version) for one in item.members} if by_law else {}
    allotted = (
        lawful(item, on=on, calendar=calendar, members=members) if by_law else promised(item, on=on, calendar=calendar)
    )
    past = _past(item, on=on, by=by) if source is Source.HISTORY else NOTHING
    durations: Durations = {**allotted, **past.durations}
    called = past.called or everybody(item)
    ends = {"promised": item.clock.promised, "legal": item.clock.legal}
    return Forecast(
        source=source,
        seed=seed,
        cases=past.cases,
        found=simulate(item.plan, durations, called, rng=_drawing(seed)),
        gains=gains(item.plan, durations, called, rng=_drawing(seed)),
        durations=durations,
        limits={name: workdays(limit, on=on, calendar=calendar) for name, limit in ends.items() if limit},
        assumed=tuple(s.key for s in item.plan.steps if past.cases and s.key not in past.durations),
    )


def _past(item: ItemVersion, *, on: date, by: Actor) -> Measured:
    """What the year before shows of the steps that the plan has now."""
    past, known = measured(item, since=on - YEAR, until=on, by=by), {step.key for step in item.plan.steps}
    return replace(past, called=tuple(keys & known for keys in past.called))


def _drawing(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - figures that can be repeated, no secret
