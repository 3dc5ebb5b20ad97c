"""推演 (what-if): how long a plan takes when its steps take what they take, and what each change of it would give.

Whole working days. A step's time is known by observations that are equally likely: one for a limit, one a case for the
past. Steps that one application calls for are told by their keys; observations of different steps are independent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product
from math import prod
from random import Random
from typing import Final, TypeAlias

from onedoor.kernel.plan import Plan, Step, StepKind, without

RUNS: Final = 2_000
MOST_EXACT: Final = 5_000  # lives that are reckoned one by one; where there are more they are drawn

Called: TypeAlias = frozenset[str]
"""The steps that one application calls for, by key."""
Durations: TypeAlias = Mapping[str, Sequence[int]]
"""Step → working days, each value as likely as another; a step without takes none."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """What came of it. ``totals``: working days → lives that took them, ascending; all counts add up to ``lives``.

    ``critical``: in how many lives a step decided the end (关键路径), and ``held``: the working days that it took of
    them all together; ``called``: in how many it was called for.
    """

    totals: tuple[tuple[int, int], ...]
    critical: Mapping[str, int]
    held: Mapping[str, int]
    called: Mapping[str, int]
    exact: bool

    @property
    def lives(self) -> int:
        """How many there were."""
        return sum(count for _, count in self.totals)

    def within(self, percent: int) -> int:
        """The working days within which so many of a hundred end (分位数): the least that suffices; 0 of nothing."""
        reached, wanted = 0, percent * self.lives
        for days, count in self.totals:
            reached += count
            if reached * 100 >= wanted:
                return days
        return 0

    def longer_than(self, days: int) -> int:
        """How many lives take longer."""
        return sum(count for total, count in self.totals if total > days)

    @property
    def sum(self) -> int:
        """All working days of all lives."""
        return sum(days * count for days, count in self.totals)

    @property
    def bottleneck(self) -> str | None:
        """The step that takes most of the time that decides the end; None where nothing takes any."""
        return max(self.held, key=lambda key: self.held[key], default=None)


class ChangeKind(StrEnum):
    """What could be changed about one step."""

    SHORTEN = "shorten"  # 缩短一天
    BESIDE = "beside"  # 与它等的环节同时办
    DROP = "drop"  # 不办这个环节
    AT_ONCE = "at_once"  # 申请人当天缴清


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a plan; ``need``: beside which step it would be done."""

    kind: ChangeKind
    step: str
    need: str = ""


@dataclass(frozen=True, slots=True)
class Gain:
    """What a change would give: the quantiles after it, and the working days that all lives together would save."""

    change: Change
    after: Distribution
    saved: int


@dataclass(frozen=True, slots=True)
class Life:
    """One application that is reckoned: what it calls for, how long each step takes, how many such there are."""

    called: Called
    days: Mapping[str, int]
    weight: int = 1


def simulate(
    plan: Plan, durations: Durations, called: Sequence[Called], *, rng: Random, runs: int = RUNS
) -> Distribution:
    """The distribution of the total time: exact where there are few possibilities, else of so many drawn lives.

    ``called`` holds at least one application; each is as likely as another. The same seed gives the same figures.
    """
    return _run(plan, lives(plan, durations, called, rng=rng, runs=runs))


def gains(
    plan: Plan, durations: Durations, called: Sequence[Called], *, rng: Random, runs: int = RUNS
) -> tuple[Gain, ...]:
    """What each change would give on the same lives, the best first; a change that saves nothing is told as well."""
    every, exact = lives(plan, durations, called, rng=rng, runs=runs)
    before = _run(plan, (every, exact)).sum
    found = []
    for change in changes(plan):
        changed, shorter = apply(plan, change), _shorter(change)
        after = _run(changed, ([replace(life, days=shorter(life.days)) for life in every], exact))
        found.append(Gain(change, after, before - after.sum))
    return tuple(sorted(found, key=lambda gain: -gain.saved))


def changes(plan: Plan) -> Iterator[Change]:
    """Every change of one step that leaves a sound plan; the decision is neither dropped nor made before its time.

    What the applicant asked for (a member of a bundle) or owes (缴费) is not dropped, nor is the time to pay cut short:
    what is reckoned is that it is paid on the day.
    """
    for step in plan.steps:
        yield Change(ChangeKind.AT_ONCE if step.kind is StepKind.PAYMENT else ChangeKind.SHORTEN, step.key)
        if not step.decides:
            yield from (Change(ChangeKind.BESIDE, step.key, need) for need in step.after)
        if not step.decides and step.kind not in {StepKind.CHILD, StepKind.PAYMENT}:
            yield Change(ChangeKind.DROP, step.key)


def apply(plan: Plan, change: Change) -> Plan:
    """The plan after a change; shortening leaves the graph as it is."""
    if change.kind is ChangeKind.DROP:
        return replace(plan, steps=without(plan.steps, {change.step}))
    if change.kind is ChangeKind.BESIDE:
        return replace(plan, steps=_beside(plan, change.step, change.need))
    return plan


def _beside(plan: Plan, key: str, need: str) -> tuple[Step, ...]:
    """The step no longer waits for that need, but for what that waited for; what rests on it waits for both."""
    early = plan.step(need).after

    def changed(step: Step) -> Step:
        if step.key == key:
            return replace(step, after=_once(each for each in (*step.after, *early) if each != need))
        return replace(step, after=_once((*step.after, need))) if key in step.after else step

    return tuple(changed(step) for step in plan.steps)


def _once(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))


def _shorter(change: Change) -> Callable[[Mapping[str, int]], Mapping[str, int]]:
    def shorter(days: Mapping[str, int]) -> Mapping[str, int]:
        if change.kind not in {ChangeKind.SHORTEN, ChangeKind.AT_ONCE} or not days.get(change.step):
            return days
        return {**days, change.step: days[change.step] - 1 if change.kind is ChangeKind.SHORTEN else 0}

    return shorter


def lives(
    plan: Plan, durations: Durations, called: Sequence[Called], *, rng: Random, runs: int = RUNS
) -> tuple[Sequence[Life], bool]:
    """The lives to reckon, and whether they are all that there can be."""
    situations = Counter(called)
    sizes = {keys: prod(len(_spread(durations, s)) for s in plan.steps if s.key in keys) for keys in situations}
    if sum(sizes.values()) <= MOST_EXACT:
        return tuple(_every(plan, durations, situations=situations, sizes=sizes)), True
    drawn = [rng.choice(called) for _ in range(runs)]
    return [Life(keys, _drawn(plan, durations, keys, rng=rng)) for keys in drawn], False


def _drawn(plan: Plan, durations: Durations, called: Called, *, rng: Random) -> Mapping[str, int]:
    return {step.key: rng.choice(_spread(durations, step)) for step in plan.steps if step.key in called}


def _every(
    plan: Plan, durations: Durations, *, situations: Mapping[Called, int], sizes: Mapping[Called, int]
) -> Iterator[Life]:
    """All lives, those of one situation together as heavy as it is likely: in whole numbers."""
    whole = prod(set(sizes.values()))
    for keys, times in situations.items():
        steps = [step for step in plan.steps if step.key in keys]
        for values in product(*(_spread(durations, step) for step in steps)):
            days = {step.key: value for step, value in zip(steps, values, strict=True)}
            yield Life(keys, days, times * whole // sizes[keys])


def _spread(durations: Durations, step: Step) -> Sequence[int]:
    return durations.get(step.key) or (0,)


def _run(plan: Plan, given: tuple[Sequence[Life], bool]) -> Distribution:
    every, exact = given
    totals: Counter[int] = Counter()
    critical: Counter[str] = Counter()
    held: Counter[str] = Counter()
    called: Counter[str] = Counter()
    shapes = {keys: _shape(plan, keys) for keys in {life.called for life in every}}
    for life in every:
        end, deciding = _ends(shapes[life.called], life.days)
        totals[end] += life.weight
        for key in deciding:
            critical[key] += life.weight
            held[key] += life.weight * life.days[key]
        for key, _ in shapes[life.called]:
            called[key] += life.weight
    return Distribution(tuple(sorted(totals.items())), dict(critical), dict(held), dict(called), exact)


Shape: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""Steps of one application after what they need: key, needs."""


def _shape(plan: Plan, called: Called) -> Shape:
    """Needs before what needs them. Raises ValueError where they close a circle."""
    left = {s.key: s.after for s in without(plan.steps, {s.key for s in plan.steps} - called)}
    found: dict[str, tuple[str, ...]] = {}
    while left:
        begun = [key for key, after in left.items() if found.keys() >= set(after)]
        if not begun:
            raise ValueError("the needs of these steps close a circle")
        found |= {key: left.pop(key) for key in begun}
    return tuple(found.items())


def _ends(shape: Shape, days: Mapping[str, int]) -> tuple[int, Sequence[str]]:
    """When the last step ends, and the steps that take time and decide it: those that have no slack."""
    finish: dict[str, int] = {}
    for key, after in shape:
        finish[key] = max((finish[need] for need in after), default=0) + days.get(key, 0)
    end = max(finish.values(), default=0)
    latest = dict.fromkeys(finish, end)
    for key, after in reversed(shape):
        start = latest[key] - days.get(key, 0)
        for need in after:
            latest[need] = min(latest[need], start)
    return end, [key for key in finish if latest[key] == finish[key] and days.get(key, 0)]
