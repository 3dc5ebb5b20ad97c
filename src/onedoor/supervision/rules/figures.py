"""Formulas: each share with its denominator; no denominator, no share."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from onedoor.supervision.rules.counting import ACTS, Measure

BOUNDS: Final = (
    *(5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 90, 105, 120, 150, 180, 210, 240),
    *(300, 360, 420, 480, 540, 600, 720, 900, 1080, 1260, 1440, 1620, 1800),
)
"""Upper bounds, in seconds, of the classes in which the time of an act is kept: a median without all single values."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one organ did in a period, by measure; what is not there is 0."""

    organ: str
    counts: Mapping[Measure, int]

    def __getitem__(self, measure: Measure) -> int:
        return self.counts.get(measure, 0)

    @property
    def on_time(self) -> float | None:
        """按期办结率 = closed without any limit of the case ever exceeded ÷ closed."""
        return ratio(self[Measure.CLOSED] - self[Measure.CLOSED_LATE], self[Measure.CLOSED])

    @property
    def online(self) -> float | None:
        """网上收件率 = received online ÷ received."""
        return ratio(self[Measure.ONLINE], self[Measure.RECEIVED])


@dataclass(frozen=True, slots=True)
class Adoption:
    """平台使用: how an organ's acts came into the journal, and how long those took that could be measured."""

    organ: str
    counts: Mapping[Measure, int]
    seconds: Mapping[int, int]

    @property
    def acts(self) -> int:
        """All officers' acts: the denominator of every share."""
        return sum(self.counts.get(measure, 0) for measure in ACTS)

    def share(self, measure: Measure) -> float | None:
        """实时办理率 and the other shares = acts so entered ÷ all officers' acts."""
        return ratio(self.counts.get(measure, 0), self.acts)

    @property
    def measured(self) -> int:
        """How many acts the median rests on."""
        return sum(self.seconds.values())

    @property
    def median(self) -> int | None:
        """每件用时（中位数）, in seconds, of the measured acts."""
        return median_of(self.seconds)


def ratio(part: int, whole: int) -> float | None:
    """A share between 0 and 1; None over an empty denominator."""
    return part / whole if whole else None


def bucket_of(seconds: int) -> int:
    """The class of a time: its upper bound. Times beyond the last class belong to it."""
    return BOUNDS[min(bisect_left(BOUNDS, seconds), len(BOUNDS) - 1)]


def median_of(classes: Mapping[int, int]) -> int | None:
    """The median of classed times, placed inside its class in proportion; off by less than the class is wide."""
    total = sum(classes.values())
    if not total:
        return None
    bounds = sorted(bound for bound, count in classes.items() if count)
    below = list(accumulate((classes[bound] for bound in bounds), initial=0))
    place = bisect_left(below, total / 2) - 1
    bound = bounds[place]
    lower = BOUNDS[BOUNDS.index(bound) - 1] if bound != BOUNDS[0] else 0
    inside = (total / 2 - below[place]) / classes[bound]
    return round(lower + (bound - lower) * inside)
