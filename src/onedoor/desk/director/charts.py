"""Bars drawn by the server: the same numbers as the table beneath, for those who see better in shapes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from onedoor.supervision.rules import Measure

WIDTH: Final = 720
HEIGHT: Final = 180
MOST_BARS: Final = 31
ROOM: Final = 30  # below and above the bars, for words


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: where it stands, and what it says."""

    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Received and closed over time; ``step`` days to a pair of bars, ``most`` the number at the upper line."""

    bars: tuple[Bar, ...]
    labels: tuple[tuple[float, str], ...]
    most: int
    step: int
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def base(self) -> int:
        """Where the bars stand."""
        return self.height - ROOM


def over_time(days: Sequence[tuple[date, Mapping[Measure, int]]]) -> Chart | None:
    """Pairs of bars, at most 31; None where there is one day only or nothing to show."""
    step = -(-len(days) // MOST_BARS)
    groups = [days[i : i + step] for i in range(0, len(days), step)] if days else []
    sums = [[sum(c.get(m, 0) for _, c in group) for m in (Measure.RECEIVED, Measure.CLOSED)] for group in groups]
    most = max((number for pair in sums for number in pair), default=0)
    if len(groups) < 2 or not most:
        return None
    slot, tall = WIDTH / len(groups), HEIGHT - 2 * ROOM
    bars = [
        Bar(
            x=round(at * slot + slot * (0.12 + 0.4 * side), 1),
            y=round(HEIGHT - ROOM - number / most * tall, 1),
            width=round(slot * 0.36, 1),
            height=round(number / most * tall, 1),
            kind=("now", "done")[side],
        )
        for at, pair in enumerate(sums)
        for side, number in enumerate(pair)
        if number
    ]
    every = -(-len(groups) // 8)
    labels = [(round(at * slot, 1), f"{g[0][0].month}/{g[0][0].day}") for at, g in enumerate(groups) if at % every == 0]
    return Chart(tuple(bars), tuple(labels), most, step)
