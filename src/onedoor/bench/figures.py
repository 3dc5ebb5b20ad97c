"""What a benchmark says: figures with units, beside a baseline measured in the same run."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass


class UnmeasuredError(Exception):
    """A part of a benchmark could not be measured: which, and why. The figures given before it stand."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. ``baseline``: measured beside it, in the same unit and the same run.

    ``most`` and ``least``: its limits.
    """

    name: str
    value: float
    unit: str
    baseline: float | None = None
    most: float | None = None
    least: float | None = None

    @property
    def kept(self) -> bool:
        """Whether it stays within its limits, where it has any."""
        return (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)

    @property
    def ratio(self) -> float | None:
        """value : baseline; None without one."""
        return round(self.value / self.baseline, 3) if self.baseline else None


def percentile(sorted_values: Sequence[float], share: float) -> float:
    """The value below or at which this share (0 to 1) of an ascending list lies (nearest rank); 0 for an empty one."""
    if not sorted_values:
        return 0.0
    return sorted_values[max(0, math.ceil(share * len(sorted_values)) - 1)]


def as_json(bench: str, figures: Sequence[Figure]) -> str:
    """The figures for scripts."""
    results = [{**asdict(figure), "ratio": figure.ratio} for figure in figures]
    return json.dumps({"bench": bench, "results": results}, ensure_ascii=False)


def as_text(figure: Figure) -> str:
    """One figure for people, a line."""
    beside = f"   同一次测得的对照 {figure.baseline:g}，比值 {figure.ratio:g}" if figure.ratio is not None else ""
    limit = f"   {'不超过' if figure.kept else '超过了'} {figure.most:g}" if figure.most is not None else ""
    if figure.least is not None:
        limit += f"   {'不低于' if figure.kept else '低于'} {figure.least:g}"
    return f"{figure.name:<46} {figure.value:>10g} {figure.unit}{beside}{limit}"
