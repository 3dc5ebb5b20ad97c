"""秒批: where a published rule over what was answered and what the registers say is met, the platform grants at once.

DOMAIN §4.0 rule 21: automatic decisions only in favour. Whoever does not meet the rule, promised something or has been
looked at by an officer already goes to people; nothing is ever refused by rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from onedoor.cases.rules import events as e
from onedoor.cases.rules.numbering import Paper, number_of
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import AcceptedBy, Case, Outcome, State
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel import expr
from onedoor.kernel.expr import Value
from onedoor.kernel.law import law
from onedoor.kernel.plan import StepKind

BY_RULE = "系统按公开的规则自动作出"
KNOWN = {"age": "年龄 %s 周岁", "sex": "性别 %s", "resident": "户籍在本县：%s"}
FACT_NAMES = {"age": "年龄", "sex": "性别", "resident": "户籍是否在本县"}
_WORDS = {True: "是", False: "否", "1": "男", "2": "女"}


def meets(item: ItemVersion, facts: Mapping[str, Value]) -> bool:
    """Whether the rule is met; a fact that is missing meets nothing."""
    rule = item.instant
    return rule is not None and expr.facts(rule.when) <= facts.keys() and expr.holds(rule.when, facts)


@law("行政许可法", "34(2)")
def decide_by_rule(
    case: Case, now: Occasion, *, answers: Mapping[str, Value], known: Mapping[str, Value]
) -> tuple[e.Event, ...]:
    """受理 and 准予 in one, with rule, facts and basis in the decision; nothing where people have to look at it."""
    rule = now.item.instant
    step = next((s for s in now.item.plan.steps if s.kind is StepKind.DECISION), None)
    looked_at = case.state is not State.SUBMITTED or case.supplement is not None
    if rule is None or step is None or looked_at or case.promised or case.on_promise or case.joint:
        return ()
    if not meets(now.item, {**answers, **known}):
        return ()
    number = number_of(case.number, Paper.ACCEPTANCE)
    return (
        e.Accepted(how=AcceptedBy.RULE, effective=now.on, on=now.on, document=number),
        e.Decided(
            step=step.key,
            outcome=Outcome.GRANTED,
            on=now.on,
            article=rule.basis,
            document=number_of(case.number, Paper.DECISION),
            reasons=f"{rule.rule}{found_words(expr.facts(rule.when), known)}",
            rule=rule.rule,
            officer=BY_RULE,
        ),
    )


def found_words(used: Set[str], known: Mapping[str, Value]) -> str:
    """What the registers said of the facts that a rule used, as one sentence; "" where they said nothing."""
    told = [KNOWN[key] % _WORDS.get(known[key], known[key]) for key in sorted(used) if key in KNOWN and key in known]
    return f"人口库查到：{'，'.join(told)}。" if told else ""
