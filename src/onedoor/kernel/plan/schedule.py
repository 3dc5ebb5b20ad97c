"""When steps can start and end if everything runs as early as it can, and which of them decide the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onedoor.kernel.plan.graph import Step, ready


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when a step runs, in the unit of the durations, counted from the plan's beginning (0)."""

    start: int
    finish: int


def schedule(steps: Iterable[Step], durations: Mapping[str, int]) -> dict[str, Span]:
    """The earliest start and finish of each step (最早完成); a step without a duration takes 0.

    Raises ValueError where the needs close a circle.
    """
    steps = tuple(steps)
    spans: dict[str, Span] = {}
    while len(spans) < len(steps):
        found = ready(steps, spans)
        if not found:
            raise ValueError("the needs of these steps close a circle")
        for step in found:
            start = max((spans[need].finish for need in step.after if need in spans), default=0)
            spans[step.key] = Span(start, start + durations.get(step.key, 0))
    return spans


def critical_path(steps: Iterable[Step], durations: Mapping[str, int]) -> tuple[str, ...]:
    """The steps that decide the end (关键路径), first to last: shorten none of them, and the end stays where it is."""
    steps = tuple(steps)
    if not steps:
        return ()
    spans, needs = schedule(steps, durations), {step.key: step.after for step in steps}
    here = max(spans, key=lambda key: spans[key].finish)
    path = [here]
    while before := [need for need in needs[here] if need in spans]:
        here = max(before, key=lambda key: spans[key].finish)
        path.append(here)
    return tuple(reversed(path))


def slack(steps: Iterable[Step], durations: Mapping[str, int]) -> dict[str, int]:
    """By how much each step may be late before the end moves; 0 on every critical path."""
    steps = tuple(steps)
    spans = schedule(steps, durations)
    latest = dict.fromkeys(spans, max((span.finish for span in spans.values()), default=0))
    needs = {step.key: step.after for step in steps}
    for key in reversed(spans):  # what needs a step stands after it
        start = latest[key] - (spans[key].finish - spans[key].start)
        for need in needs[key]:
            if need in latest:
                latest[need] = min(latest[need], start)
    return {key: latest[key] - spans[key].finish for key in spans}
