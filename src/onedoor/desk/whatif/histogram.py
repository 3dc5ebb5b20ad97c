"""Bars of a distribution, drawn by the server: how many of a hundred take how many working days. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 720
HEIGHT: Final = 200
MOST_BARS: Final = 30
WIDEST: Final = 48  # of a bar
ROOM: Final = 34  # above and below the bars, for words
WORD: Final = 64  # what the word of a mark takes beside it


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar from its left edge; ``late``: beyond the promise."""

    x: int
    y: int
    width: int
    height: int
    late: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A limit: an upright line with a word."""

    x: int
    name: str

    @property
    def anchor(self) -> str:
        """Its word ends at the line, or begins there where there is no room before it."""
        return "start" if self.x < WORD else "end"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table beneath: working days (from, to), of a hundred lives so many, and so many up to here."""

    first: int
    last: int
    share: str
    so_far: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """The whole picture."""

    bars: tuple[Bar, ...]
    labels: tuple[tuple[int, int], ...]
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def base(self) -> int:
        """Where the bars stand."""
        return self.height - ROOM


def percent(part: int, whole: int) -> str:
    """So many of a hundred in words: never 0 where there is some, never 100 where some is missing."""
    if not part or not whole:
        return "0%"
    if part * 100 < whole:
        return "<1%"
    return f"{min(part * 100 // whole, 99 if part < whole else 100)}%"


def histogram(totals: Sequence[tuple[int, int]], marks: Mapping[str, int], *, promised: int | None) -> Histogram:
    """Bars of equal width over all working days from the least to the most, at most 30; limits stand where they fall.

    ``totals`` is not empty; ``promised``: bars wholly beyond it are late.
    """
    whole = sum(count for _, count in totals)
    shown = [days for days, _ in totals] + list(marks.values())
    first, last = min(shown), max(shown)
    step = -(-(last - first + 1) // MOST_BARS)
    starts = range(first, last + 1, step)
    sums = [sum(count for days, count in totals if start <= days < start + step) for start in starts]
    slot, tall = WIDTH // len(starts), HEIGHT - 2 * ROOM
    wide = min(WIDEST, slot * 3 // 4)
    bars = tuple(
        Bar(
            x=at * slot + (slot - wide) // 2,
            y=HEIGHT - ROOM - max(1, number * tall // max(sums)),
            width=wide,
            height=max(1, number * tall // max(sums)),
            late=promised is not None and starts[at] > promised,
        )
        for at, number in enumerate(sums)
        if number
    )
    every = -(-len(starts) // 10)
    labels = tuple((at * slot + slot // 2, start) for at, start in enumerate(starts) if at % every == 0)
    found = tuple(Mark(min(((days - first) // step + 1) * slot, WIDTH - 1), name) for name, days in marks.items())
    return Histogram(bars, labels, found, _lines(starts, sums, whole))


def _lines(starts: range, sums: Sequence[int], whole: int) -> tuple[Line, ...]:
    lines, so_far = [], 0
    for start, number in zip(starts, sums, strict=True):
        so_far += number
        if number:
            lines.append(Line(start, start + starts.step - 1, percent(number, whole), percent(so_far, whole)))
    return tuple(lines)
