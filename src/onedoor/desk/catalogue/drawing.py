"""The review steps as a picture: columns by what each step waits for, arrows between them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onedoor.kernel.plan import Plan, StepKind, columns, in_cycle, slack

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from onedoor.kernel.plan import Step

WIDTH, HEIGHT, GAP_X, GAP_Y, MARGIN = 150, 60, 50, 20, 8
LONGEST = 9


@dataclass(frozen=True, slots=True)
class Box:
    """One step: its upper left corner and what stands in it."""

    x: int
    y: int
    key: str
    name: str
    note: str
    sometimes: bool
    critical: bool = False  # on the critical path (关键路径)
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def middle(self) -> int:
        """Where its words stand."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """From the right of one box to the left of another."""

    path: str
    critical: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture with its size."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    width: int
    height: int


def draw(plan: Plan, note: Callable[[Step], str], *, critical: Container[str] = ()) -> Drawing:
    """Lay out a plan; steps in a circle stand in the last column. ``note``: the second line of a step.

    ``critical``: the steps that decide the end; they and the arrows between them are marked.
    """
    placed = columns([s.key for s in plan.steps], [(need, s.key) for s in plan.steps for need in s.after])
    boxes = {
        step.key: Box(
            x=MARGIN + column * (WIDTH + GAP_X),
            y=MARGIN + row * (HEIGHT + GAP_Y),
            key=step.key,
            name=_short(step.name),
            note=_short(note(step)),
            sometimes=step.when is not None,
            critical=step.key in critical,
        )
        for column, keys in enumerate(placed)
        for row, step in enumerate(map(plan.step, keys))
    }
    arrows = (_arrow(boxes[need], boxes[s.key]) for s in plan.steps for need in s.after if need in boxes)
    tallest = max((len(keys) for keys in placed), default=0)
    return Drawing(
        tuple(boxes.values()),
        tuple(arrows),
        2 * MARGIN + len(placed) * (WIDTH + GAP_X) - GAP_X,
        2 * MARGIN + tallest * (HEIGHT + GAP_Y) - GAP_Y,
    )


def by_limits(plan: Plan) -> frozenset[str]:
    """The critical path where every step takes as long as its limit allows; empty where steps wait in a circle.

    自动核验 takes no time: it is people's, with its limit, only where its rule is not met.
    """
    if in_cycle(plan.steps):
        return frozenset()
    days = {s.key: s.limit.number for s in plan.steps if s.limit and s.kind is not StepKind.REGISTER_CHECK}
    return frozenset(key for key, spare in slack(plan.steps, days).items() if not spare)


def _arrow(start: Box, end: Box) -> Arrow:
    x1, y1 = start.x + start.width, start.y + start.height // 2
    x2, y2 = end.x - 6, end.y + end.height // 2
    bend = (x1 + x2) // 2
    return Arrow(f"M{x1} {y1} C{bend} {y1} {bend} {y2} {x2} {y2}", start.critical and end.critical)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
