"""Whether a plan is sound: proved before it is published, so that no case can ever come to a dead end.

A step that falls away hands its needs on to what rested on it (``without``). Therefore what holds of the whole graph
holds of every part of it that answers can call for: the decision rests on every step, whatever falls away between.
Only how long a chain takes depends on which conditions can hold together; ``longest`` asks that of the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from typing import Final

from onedoor.kernel.expr import Expr
from onedoor.kernel.law import law
from onedoor.kernel.plan.graph import Place, Plan, Silence, Step, StepKind, downstream, ready, without
from onedoor.kernel.plan.schedule import critical_path

MOST: Final = 500  # chains that are held against the conditions before the longest of them all is taken

Possible = Callable[[Sequence[Expr]], bool]
"""Whether these conditions can all hold for one application."""


def problems(plan: Plan) -> tuple[str, ...]:
    """Why this plan is not sound, in Chinese; empty when it is: it starts, every step has an owner, every path ends in
    the one decision, the organ's own or that of the upper level (转报), and there is no cycle, whatever the answers.
    Child cases each end in a decision of their own.
    """
    keys = [step.key for step in plan.steps]
    found = [f"环节 {key} 重复" for key in sorted({k for k in keys if keys.count(k) > 1})]
    found += [f"环节 {s.key} 依赖不存在的环节 {need}" for s in plan.steps for need in s.after if need not in keys]
    decisions = [step for step in plan.steps if step.decides]
    children = [step for step in plan.steps if step.kind is StepKind.CHILD]
    if children and len(children) < len(plan.steps):
        found.append("并联办理的流程只能由并联事项组成")
    if not children and len(decisions) != 1:
        found.append("流程必须有且只有一个决定环节，或者转报上级决定的环节")
    if found:
        return tuple(found)
    if looped := in_cycle(plan.steps):
        return (f"环节循环依赖：{'、'.join(looped)}",)
    return () if children else tuple(_at_the_end(plan, decisions[0]))


def _at_the_end(plan: Plan, decision: Step) -> Iterator[str]:
    for step in plan.steps:
        if decision.key not in downstream(plan.steps, step.key):
            yield f"环节 {step.key} 的结果没有被决定环节用到"
    if decision.when is not None:
        yield "决定环节不能带条件"
    for step in plan.steps:
        if step.kind is StepKind.SITE_VISIT and step.officers < 2:
            yield f"现场核查 {step.key} 应当由两名以上工作人员进行"
        if not step.organ:
            yield f"环节 {step.key} 没有写由谁办理"
        yield from _silence_faults(step)
        yield from _upper_faults(step)
        yield from _check_faults(step)
        yield from _payment_faults(step)
    if not plan.acceptance:
        yield "没有写由谁受理"


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


@law("行政许可法", 35)
def _upper_faults(step: Step) -> Iterator[str]:
    """转报 names the organ that decides; no other step has one."""
    if step.kind is StepKind.UPWARD and (step.upper is None or not step.upper.organ.strip()):
        yield f"转报环节 {step.key} 没有写由哪个上级机关决定"
    if step.kind is not StepKind.UPWARD and step.upper is not None:
        yield f"环节 {step.key} 不是转报，不能写上级机关"


def _check_faults(step: Step) -> Iterator[str]:
    """自动核验 has a rule that is published in words, with its basis; no other step has one."""
    check = step.check
    if step.kind is StepKind.REGISTER_CHECK and (check is None or not (check.rule.strip() and check.basis.strip())):
        yield f"自动核验环节 {step.key} 没有写明按什么规则核验、规则的依据"
    if step.kind is not StepKind.REGISTER_CHECK and check is not None:
        yield f"环节 {step.key} 不是自动核验，不能写核验规则"


def _payment_faults(step: Step) -> Iterator[str]:
    """缴费 is owed to the organ of the item alone, within days that are told with what they rest on."""
    if step.kind is not StepKind.PAYMENT:
        return
    if step.organ != Place.OWN:
        yield f"缴费环节 {step.key} 应当由实施主体自己收，不能由别的机关收"
    if step.officers > 1:
        yield f"缴费环节 {step.key} 由一个人登记票据就行，不用写几名工作人员"
    if step.limit is None or step.limit.number < 1:
        yield f"缴费环节 {step.key} 没有写申请人应当在几天内缴费"
    elif not step.limit.basis.strip():
        yield f"缴费环节 {step.key} 的缴费期限没有写依据"


def in_cycle(steps: Sequence[Step]) -> tuple[str, ...]:
    """The steps that can never start, because each waits for another of them."""
    done: set[str] = set()
    while progress := [step.key for step in ready(steps, done)]:
        done.update(progress)
    return tuple(step.key for step in steps if step.key not in done)


def longest(steps: Sequence[Step], durations: Mapping[str, int], possible: Possible) -> tuple[Step, ...]:
    """The chain of steps that takes the longest of all that one application can call for, first to last.

    Chains are tried from the longest down; one whose conditions cannot hold together is left out by leaving out each
    of its conditional steps in turn. After ``MOST`` tries the chain at hand is taken: it is never too short.
    Raises ValueError where the needs close a circle.
    """
    named = {step.key: step for step in steps}
    tried: set[frozenset[str]] = set()
    waiting: list[tuple[int, int, tuple[Step, ...], frozenset[str]]] = []

    def add(gone: frozenset[str]) -> None:
        if gone not in tried:
            tried.add(gone)
            chain = tuple(named[key] for key in critical_path(without(steps, gone), durations))
            heappush(waiting, (-sum(durations.get(step.key, 0) for step in chain), len(tried), chain, gone))

    add(frozenset())
    while True:
        _, _, chain, gone = heappop(waiting)
        sometimes = [step for step in chain if step.when is not None]
        if len(tried) > MOST or possible([step.when for step in sometimes if step.when is not None]):
            return chain
        for step in sometimes:
            add(gone | {step.key})
