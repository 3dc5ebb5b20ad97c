"""The program of ``bench cases``: ``python -m onedoor.bench.lives`` in a fresh instance; whole lives by the commands.

Everything in one process with its PostgreSQL, as the platform itself does it: each act its own durable transaction with
journal entry, row, tasks and job. Figures in milliseconds.

Called again with the ``county`` that it told, it goes on there: so that what is compared is measured in turns.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from onedoor.bench import joint

if TYPE_CHECKING:
    from onedoor.bench.world import World
    from onedoor.cases.rules.application import Application
    from onedoor.items.rules import Item
    from onedoor.kernel.plan import Step

FANS: Final = (20, 100, 300)
ALIKE, JOINT = "90", "joint"
HERE, ELSEWHERE = "here", "elsewhere"  # who did the act before: this process, or another
WARM: Final = 3


@dataclass
class Lives:
    """Cases of one county from submission to decision; each act is timed by its name.

    ``elsewhere``: each act as if another process had done the one before it.
    """

    world: World
    at: datetime
    made: int = 0
    acts: dict[str, list[float]] = field(default_factory=dict)
    elsewhere: bool = False

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

    def live_jointly(self, code: str) -> tuple[tuple[str, ...], float]:
        """One whole thing; its number and those of its members, and the milliseconds from acceptance to decisions."""
        from onedoor.kernel.actor import system

        number, by = self.submit(code), system("bench")
        began = time.perf_counter()
        members = joint.live(
            number, act=lambda name, done, one, **told: self._timed(name, partial(done, one, by=by, at=self.at, **told))
        )
        return (number, *members), (time.perf_counter() - began) * 1000

    def submit(self, code: str) -> str:
        """One more case, not accepted yet: its number."""
        from onedoor.cases import commands
        from onedoor.kernel.actor import system

        application, key = self._application(code), f"life-{self.made}"
        return commands.submit(application, by=system("bench"), at=self.at, key=key).number

    def _application(self, code: str) -> Application:
        from onedoor.cases.rules.application import Application

        body = json.loads(self.world.bodies[self.made % len(self.world.bodies)])
        self.made += 1
        return Application(**{**body, "item": code})

    def _timed(self, name: str, act: Callable[[], Any]) -> Any:
        from onedoor.cases.commands import holding

        if self.elsewhere:
            holding.forget()
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


def county(at: datetime) -> tuple[Lives, dict[str, str]]:
    """The world of ``bench submit``, with an item for each number of opinions, one that other engines have too, and one
    thing of five departments.
    """
    from onedoor.bench.world import found
    from onedoor.items import commands, queries
    from onedoor.items.rules import item_of
    from onedoor.kernel.actor import system

    world = found(at=at)
    single = item_of(queries.published(world.item))
    wide = {str(opinions): fanned(single, opinions) for opinions in FANS} | {ALIKE: alike(single)}
    members = joint.members(alike(single))
    commands.publish([*wide.values(), *members], by=system("bench"), at=at)
    queries.forget()
    wide[JOINT] = joint.bundle(members)
    commands.publish(queries.composed([wide[JOINT]]), by=system("bench"), at=at)
    queries.forget()
    return Lives(world, at), {name: item.code for name, item in wide.items()}


def lived(lives: Lives, wide: Mapping[str, str], *, times: int, fans: int) -> dict[str, Any]:
    """So many lives of each kind, and so many of each fan."""
    for _ in range(WARM):
        lives.live(lives.world.item)
        lives.live(wide[ALIKE])
    told: dict[str, Any] = {"steps": {}, "used": {}}
    lives.acts.clear()
    numbers, told["lives"] = zip(*(lives.live(lives.world.item) for _ in range(times)), strict=True)
    told["acts"] = {name: list(took) for name, took in lives.acts.items()}
    for where in (HERE, ELSEWHERE):
        lives.acts.clear()
        lives.elsewhere, used = where == ELSEWHERE, time.process_time()
        for _ in range(times):
            lives.live(wide[ALIKE])
        told["used"][where] = [(time.process_time() - used) * 1000 / times]
        told["steps"][where] = [took for name, acts in lives.acts.items() if name != "submit" for took in acts]
    lives.elsewhere = False
    whole, told["joint"] = zip(*(lives.live_jointly(wide[JOINT]) for _ in range(max(1, times // 4))), strict=True)
    told["fans"] = {str(opinions): [lives.live(wide[str(opinions)])[1] for _ in range(fans)] for opinions in FANS}
    return told | {"number": numbers[-1], "whole": whole[-1]}


def main() -> None:
    """``{"lives": N, "fans": N, "county": …}`` on standard input: how many of each; milliseconds on standard output."""
    import django

    django.setup()
    from django.utils import timezone

    from onedoor.bench.world import World

    job = json.load(sys.stdin)
    if known := job.get("county"):
        lives, wide = Lives(World(**known["world"]), timezone.now(), made=known["made"]), known["wide"]
    else:
        lives, wide = county(timezone.now())
    told = lived(lives, wide, times=job["lives"], fans=job["fans"])
    told["county"] = {"world": asdict(lives.world), "made": lives.made, "wide": wide}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
