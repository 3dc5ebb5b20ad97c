"""Steps and what they need: which apply, which are ready, what rests on what, and whether a plan can ever end."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from onedoor.kernel.clock import Limit
from onedoor.kernel.expr import Expr, Value, holds


class StepKind(StrEnum):
    """环节种类."""

    FIRST_REVIEW = "first_review"  # 初审（乡镇）
    REVIEW = "review"  # 审查
    OPINION = "opinion"  # 征求意见
    SITE_VISIT = "site_visit"  # 现场核查
    EXPERT_REVIEW = "expert_review"  # 专家评审
    PUBLICITY = "publicity"  # 公示
    DELIBERATION = "deliberation"  # 集体讨论
    SIGN_OFF = "sign_off"  # 审核
    DECISION = "decision"  # 决定（批准）


class Place(StrEnum):
    """Which organ owns a step; anything else in ``Step.organ`` is the code of a named organ."""

    OWN = "own"  # 实施主体
    TOWNSHIP = "township"  # 申请人所在地的乡镇人民政府


class Silence(StrEnum):
    """超时未答复怎么办: what it means that another department gave no opinion within its limit."""

    ESCALATE = "escalate"  # 仍须等待，报告牵头机关负责人和督查
    DEEMED = "deemed"  # 视为无异议：只在有文件规定时
    LEAD_DECIDES = "lead_decides"  # 不再等待，由牵头机关自行判断


@dataclass(frozen=True, slots=True)
class Step:
    """One step (环节). ``after`` names the steps whose results it needs; ``when`` decides whether it is needed.

    ``silence``: the effect of an opinion that does not come in time, with the rule that says so (``silence_basis``);
    ``precondition``: the law itself demands this consent or finding (法定前置), so silence never replaces it.
    """

    key: str
    name: str
    kind: StepKind
    organ: str = Place.OWN
    after: tuple[str, ...] = ()
    limit: Limit | None = None
    when: Expr | None = None
    officers: int = 1  # 行政许可法 §34: a substantive check on site needs at least two
    criteria: str = ""  # 审查标准
    silence: Silence = Silence.ESCALATE
    silence_basis: str = ""
    precondition: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """All steps of one item, and which organ receives and accepts its applications (受理机构)."""

    steps: tuple[Step, ...]
    acceptance: str = Place.OWN

    def step(self, key: str) -> Step:
        """The step of that key; KeyError where there is none."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)


def applicable(plan: Plan, facts: Mapping[str, Value]) -> tuple[Step, ...]:
    """The steps that these facts call for, in the plan's order.

    Where a step is not called for, what rested on it rests on what it needed: nothing starts earlier for a step that
    falls away between two others.
    """
    return without(plan.steps, {step.key for step in plan.steps if step.when and not holds(step.when, facts)})


def without(steps: Iterable[Step], gone: Container[str]) -> tuple[Step, ...]:
    """The steps that remain; what rested on one that is gone rests on what that needed."""
    steps = tuple(steps)
    kept = [step for step in steps if step.key not in gone]
    if len(kept) == len(steps):
        return steps
    needs = {step.key: step.after for step in steps}
    return tuple(replace(step, after=_past(step.after, gone, needs)) for step in kept)


def _past(after: tuple[str, ...], gone: Container[str], needs: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The needs that remain, past those that are gone; each once. A cycle of gone steps is left where it closes."""
    found: dict[str, None] = {}
    waiting, seen = list(reversed(after)), set()
    while waiting:
        key = waiting.pop()
        if key not in gone:
            found[key] = None
        elif key not in seen:
            seen.add(key)
            waiting.extend(reversed(needs.get(key, ())))
    return tuple(found)


def ready(steps: Iterable[Step], done: Iterable[str]) -> tuple[Step, ...]:
    """The steps that can start now: not done, and all that they need is done or was never called for."""
    steps, finished = tuple(steps), frozenset(done)
    called_for = {step.key for step in steps}
    return tuple(s for s in steps if s.key not in finished and called_for.intersection(s.after) <= finished)


def downstream(steps: Iterable[Step], key: str) -> frozenset[str]:
    """A step and everything that rests on it: what sending it back resets."""
    steps, reached = tuple(steps), {key}
    while grown := {s.key for s in steps if reached.intersection(s.after)} - reached:
        reached |= grown
    return frozenset(reached)


def pointless(steps: Iterable[Step], *, begun: Container[str], refusing: str) -> frozenset[str]:
    """What a hard refusal makes pointless: steps not yet begun, on which the way from it to the decision does not rest.

    They are taken out (``without``), so that the decision waits for them no longer; what has begun is finished.
    """
    steps = tuple(steps)
    way = downstream(steps, refusing)
    return frozenset(step.key for step in steps if step.key not in way and step.key not in begun)


def problems(plan: Plan) -> tuple[str, ...]:
    """Why this plan is not sound, in Chinese; empty when it is: it starts, ends in one decision and has no cycle."""
    keys = [step.key for step in plan.steps]
    found = [f"环节 {key} 重复" for key in sorted({k for k in keys if keys.count(k) > 1})]
    found += [f"环节 {s.key} 依赖不存在的环节 {need}" for s in plan.steps for need in s.after if need not in keys]
    decisions = [step.key for step in plan.steps if step.kind is StepKind.DECISION]
    if len(decisions) != 1:
        found.append("流程必须有且只有一个决定环节")
    if found:
        return tuple(found)
    if looped := _in_cycle(plan):
        return (f"环节循环依赖：{'、'.join(looped)}",)
    found += [
        f"环节 {s.key} 的结果没有被决定环节用到"
        for s in plan.steps
        if decisions[0] not in downstream(plan.steps, s.key)
    ]
    if plan.step(decisions[0]).when is not None:
        found.append("决定环节不能带条件")
    found += [f"现场核查 {s.key} 应当由两名以上工作人员进行" for s in plan.steps if _too_few(s)]
    return (*found, *(fault for step in plan.steps for fault in _silence_faults(step)))


def _silence_faults(step: Step) -> Iterator[str]:
    """DOMAIN: 超时默认 is a local rule about opinions, never for a permit of its own nor for what the law demands."""
    if step.silence is Silence.ESCALATE:
        return
    if step.kind is not StepKind.OPINION:
        yield f"环节 {step.key} 不是征求意见，不能因为超时就不再等待"
    if step.precondition:
        yield f"环节 {step.key} 是法定前置，不适用超时默认；超时只能督办"
    if step.limit is None:
        yield f"环节 {step.key} 规定了超时的后果，却没有时限"
    if step.silence is Silence.DEEMED and not step.silence_basis.strip():
        yield f"环节 {step.key} 把超时未答复视为无异议，应当写明规定它的文件和条款"


def _too_few(step: Step) -> bool:
    return step.kind is StepKind.SITE_VISIT and step.officers < 2


def _in_cycle(plan: Plan) -> tuple[str, ...]:
    done: set[str] = set()
    while progress := [step.key for step in ready(plan.steps, done)]:
        done.update(progress)
    return tuple(step.key for step in plan.steps if step.key not in done)
