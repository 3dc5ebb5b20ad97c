"""The program of ``bench cases``: ``python -m onedoor.bench.lives`` in a fresh instance; whole lives by the commands.

Everything in one process with its PostgreSQL, as the platform itself does it: each act its own durable transaction with
journal entry, row, tasks and job. Figures in milliseconds.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from onedoor.bench.world import World
    from onedoor.cases.rules.application import Application
    from onedoor.items.rules import Item
    from onedoor.kernel.plan import Step

FANS: Final = (20, 100, 300)
ALIKE: Final = "90"


@dataclass
class Lives:
    """Cases of one county from submission to decision; each act is timed by its name."""

    world: World
    at: datetime
    made: int = 0
    acts: dict[str, list[float]] = field(default_factory=dict)

    def live(self, code: str) -> tuple[str, float]:
        """One whole life; the number, and the milliseconds from acceptance to decision."""
        from onedoor.cases import commands
        from onedoor.cases.rules.values import Outcome, Verdict
        from onedoor.items import queries
        from onedoor.kernel.actor import system

        by, at = system("bench"), self.at
        application, key = self._application(code), f"life-{self.made}"
        number = self._timed("submit", lambda: commands.submit(application, by=by, at=at, key=key).number)
        began = time.perf_counter()
        self._timed("accept", lambda: commands.accept(number, by=by, at=at))
        review = partial(commands.complete_step, number, by=by, at=at, verdict=Verdict.PASSED, opinion="无异议。")
        for step in queries.published(code).plan.steps:
            if not step.decides:
                self._timed("step", partial(review, step=step.key))
        decide = partial(commands.decide, number, by=by, at=at, outcome=Outcome.GRANTED)
        self._timed("decide", partial(decide, reasons="符合条件。", article="第三十八条"))
        return number, (time.perf_counter() - began) * 1000

    def submit(self, code: str) -> str:
        """One more case, not accepted yet: its number."""
        from onedoor.cases import commands
        from onedoor.kernel.actor import system

        key = f"life-{self.made}"
        return commands.submit(self._application(code), by=system("bench"), at=self.at, key=key).number

    def _application(self, code: str) -> Application:
        from onedoor.cases.rules.application import Application

        body = json.loads(self.world.bodies[self.made % len(self.world.bodies)])
        self.made += 1
        return Application(**{**body, "item": code})

    def _timed(self, name: str, act: Callable[[], Any]) -> Any:
        began = time.perf_counter()
        answer = act()
        self.acts.setdefault(name, []).append((time.perf_counter() - began) * 1000)
        return answer


def fanned(item: Item, opinions: int) -> Item:
    """The same item with so many opinions side by side, and a decision that waits for them all."""
    from onedoor.kernel.plan import Plan, Step, StepKind

    last = item.plan.steps[-1]
    asked = [
        Step(f"opinion_{n}", f"征求意见 {n}", StepKind.OPINION, limit=last.limit, criteria="有无异议。")
        for n in range(1, opinions + 1)
    ]
    decide: Step = replace(last, after=tuple(step.key for step in asked))
    return replace(item, plan=Plan((*asked, decide)), sequence=f"{1 + opinions // 10:02}")


def alike(item: Item) -> Item:
    """The same item with the plan that other engines are given: two opinions side by side, review, decision."""
    from onedoor.kernel.plan import Plan, Step, StepKind

    last = item.plan.steps[-1]
    asked = [Step(f"opinion_{n}", f"征求意见 {n}", StepKind.OPINION, criteria="有无异议。") for n in (1, 2)]
    review = Step("review", "审查", StepKind.REVIEW, after=("opinion_1", "opinion_2"), criteria="是否符合条件。")
    decide: Step = replace(last, after=("review",))
    return replace(item, plan=Plan((*asked, review, decide)), sequence=ALIKE)


@contextmanager
def county(at: datetime) -> Iterator[tuple[Lives, dict[int | str, str]]]:
    """The world of ``bench submit``, with an item for each number of opinions and one that other engines have too."""
    from onedoor.bench.world import found
    from onedoor.items import commands, queries
    from onedoor.items.rules import item_of
    from onedoor.kernel.actor import system

    world = found(at=at)
    single = item_of(queries.published(world.item))
    wide: dict[int | str, Item] = {opinions: fanned(single, opinions) for opinions in FANS}
    wide[ALIKE] = alike(single)
    commands.publish(list(wide.values()), by=system("bench"), at=at)
    queries.forget()
    yield Lives(world, at), {opinions: item.code for opinions, item in wide.items()}


def main() -> None:
    """``{"lives": N, "fans": N}`` on standard input: how many of each; milliseconds on standard output."""
    import django

    django.setup()
    from django.utils import timezone

    job = json.load(sys.stdin)
    with county(timezone.now()) as (lives, wide):
        lives.live(lives.world.item)  # warm
        lives.acts.clear()
        whole = [lives.live(lives.world.item) for _ in range(job["lives"])]
        acts = {name: list(times) for name, times in lives.acts.items()}
        lives.acts.clear()
        used = time.process_time()
        for _ in range(job["lives"]):
            lives.live(wide[ALIKE])
        used = (time.process_time() - used) * 1000
        steps = [took for name, times in lives.acts.items() if name != "submit" for took in times]
        fans = {opinions: [lives.live(wide[opinions])[1] for _ in range(job["fans"])] for opinions in FANS}
    numbers, lasted = zip(*whole, strict=True)
    answer = {"numbers": numbers, "lives": lasted, "acts": acts, "steps": steps, "used": used, "fans": fans}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
