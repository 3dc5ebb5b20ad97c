"""Steps and what they need: which apply, which are ready, what rests on what."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
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
    CHILD = "child"  # 并联事项：另一个事项的办件
    UPWARD = "upward"  # 转报：本级审查完毕，报上级机关决定
    REGISTER_CHECK = "register_check"  # 自动核验：平台拿登记的情况对照公开的规则
    PAYMENT = "payment"  # 缴费：申请人在期限内交，本机关登记票据；不停止计时


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
class Upper:
    """上级机关 that decides (行政许可法 §35). It works outside the platform: a name, and its own limit from receipt."""

    organ: str
    limit: Limit | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """核验规则 of 自动核验: ``when`` over what was answered and what the registers say; ``rule``: the same in words."""

    when: Expr
    rule: str
    basis: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step (环节). ``after`` names the steps whose results it needs; ``when`` decides whether it is needed.

    ``silence``: the effect of an opinion that does not come in time, with the rule that says so (``silence_basis``);
    ``precondition``: the law itself demands this consent or finding (法定前置), so silence never replaces it.
    ``upper``: of 转报, who decides; ``limit`` is then what the own organ has for its opinion and for sending it up.
    ``check``: of 自动核验, what is held against the registers; where it does not hold, people look at it (人工核对).
    ``limit`` of 缴费 is the applicant's: the days there are to pay.
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
    upper: Upper | None = None
    check: Check | None = None

    @property
    def decides(self) -> bool:
        """Whether the review ends here: in the organ's own decision, or in that of the upper level (转报)."""
        return self.kind in {StepKind.DECISION, StepKind.UPWARD}

    @property
    def work(self) -> Limit | None:
        """The limit of the organ that works on it; None of 缴费, whose limit binds the applicant and not the organ."""
        return None if self.kind is StepKind.PAYMENT else self.limit


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
    return tuple(
        s for s in steps if s.key not in finished and (not s.after or called_for.intersection(s.after) <= finished)
    )


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
