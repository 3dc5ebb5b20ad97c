"""Rules of the review plan: proved before it is published that every application comes to its decision, in time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from onedoor.items.rules.lint.findings import Remark, Severity, rule
from onedoor.items.rules.lint.reach import world
from onedoor.items.rules.lint.references import conditions_of
from onedoor.items.rules.lint.tables import Lists
from onedoor.items.rules.values import Item
from onedoor.kernel import plan as plans
from onedoor.kernel.clock import Limit
from onedoor.kernel.expr import Expr
from onedoor.kernel.law import law
from onedoor.kernel.plan import Step


@rule(
    "plan.sound",
    "审查流程能开始、能到达、能结束",
    basis="审查流程应当能开始、能结束",
    remedy="按提示改环节的先后关系，使每个环节都有人办、都通向唯一的决定环节",
)
def plan_sound(item: Item, lists: Lists) -> Iterator[Remark]:
    """What kernel.plan finds wrong with the graph, and organs that are no organ."""
    for message in plans.problems(item.plan):
        yield Remark(("plan", "steps"), message)
    for index, step in enumerate(item.plan.steps):
        if not _is_organ(step.organ):
            yield Remark(("plan", "steps", index, "organ"), "环节的机构写 own、township 或者 18 位统一社会信用代码")
    if not _is_organ(item.plan.acceptance):
        yield Remark(("plan", "acceptance"), "受理机构写 own、township 或者 18 位统一社会信用代码")


def _is_organ(code: str) -> bool:
    return code in set(plans.Place) or len(code) == 18


@law("行政许可法", 42)
@rule(
    "plan.within_law",
    "环节时限之和不超过法定时限",
    basis="行政许可法第四十二条；本事项的法定办结时限",
    remedy="缩短环节时限，或者让环节并行：不管群众怎么回答，一个接一个的环节都应当在法定时限内办完",
)
def plan_within_law(item: Item, lists: Lists) -> Iterator[Remark]:
    """No chain of steps that one application can call for takes longer than the law allows, in the limit's own unit.

    What the applicant has for paying is no work, but stops no clock: where it leaves no time it is a second look.
    """
    legal = item.clock.legal
    if legal and (found := _too_long(item, legal, {s.key: s.work for s in item.plan.steps})):
        yield Remark(("plan", "steps"), f"{found}，超过法定时限 {legal}")
    elif legal and (found := _too_long(item, legal, {s.key: s.limit for s in item.plan.steps})):
        told = f"申请人到期限的最后一天才缴费的话，{found}，超过法定时限 {legal}；缴费不停止计时"
        yield Remark(("plan", "steps"), told, Severity.WARNING, remedy="缩短缴费期限，或者让缴费和别的环节并行")


@rule(
    "plan.within_limit",
    "环节时限之和不超过承诺时限",
    basis="环节时限之和不超过承诺时限",
    remedy="缩短环节时限，或者让环节并行",
    severity=Severity.WARNING,
)
def plan_within_limit(item: Item, lists: Lists) -> Iterator[Remark]:
    """No chain of steps that one application can call for takes longer than the promise, in the promise's own unit.

    The promise is about the organ's work: what the applicant has for paying is not held against it.
    """
    promised = item.clock.promised
    if promised.number and (found := _too_long(item, promised, {s.key: s.work for s in item.plan.steps})):
        yield Remark(("plan", "steps"), f"{found}，超过承诺时限 {promised}")


def _too_long(item: Item, whole: Limit, limits: Mapping[str, Limit | None]) -> str:
    """The longest chain in words where it does not fit; steps limited in another unit are tried by the trial."""
    if plans.problems(item.plan):
        return ""
    days = {key: limit.number for key, limit in limits.items() if limit and limit.unit is whole.unit}
    if sum(days.values()) <= whole.number:
        return ""
    chain = _longest(item, days)
    total = sum(days.get(step.key, 0) for step in chain)
    names = "、".join(step.name for step in chain if days.get(step.key))
    return f"{names}依次办，最长要 {total} 天" if total > whole.number else ""


def _longest(item: Item, days: dict[str, int]) -> Sequence[Step]:
    facts = world(item, (when for _, when in conditions_of(item)))

    @cache
    def possible(*whens: Expr) -> bool:
        return facts.possible(*whens)

    return plans.longest(item.plan.steps, days, lambda whens: possible(*whens))


@rule(
    "plan.step_limits",
    "每个环节有时限",
    basis="优化营商环境条例第三十六条：限时办结",
    remedy="给环节写上 limit，没有时限的环节可能永远不结束",
    severity=Severity.WARNING,
)
def step_limits(item: Item, lists: Lists) -> Iterator[Remark]:
    """A step without a limit may never end; what is decided on the spot needs none."""
    for index, step in enumerate(item.plan.steps):
        if step.limit is None and item.clock.promised.number:
            yield Remark(("plan", "steps", index, "limit"), f"环节“{step.name}”没有时限")
