"""自动核验: a published rule, held by the platform against what was answered and what the registers say.

DOMAIN §4.0 rule 21: automatic only in favour. What does not meet the rule, or of which a register knows nothing, is
looked at by people (人工核对); nothing is ever refused by rule.
"""

from __future__ import annotations

from collections.abc import Mapping

from onedoor.cases.rules import events as e
from onedoor.cases.rules.instant import found_words
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import Case, Verdict
from onedoor.items.rules import offers
from onedoor.kernel import expr
from onedoor.kernel.expr import Value
from onedoor.kernel.plan import Step, StepKind

CHECKED_BY = "系统自动核验"


def by_platform(case: Case, step: Step) -> bool:
    """Whether an open step is the platform's to do now, and nobody's task: 缴费 until there is a notice to pay by."""
    if step.key in case.by_hand:
        return False
    held = case.payments.get(step.key)
    asks = step.kind is StepKind.PAYMENT and not (held and held.waits)
    return asks or step.kind is StepKind.REGISTER_CHECK


def check_register(
    case: Case, now: Occasion, step: Step, *, answers: Mapping[str, Value], known: Mapping[str, Value]
) -> tuple[e.Event, ...]:
    """The step done where its rule is met; else what was asked and what came back, for people to look at.

    ``known``: what the registers say, empty where they say nothing; what an applicant answers never stands for it.
    Nothing where the step is not the platform's to do.
    """
    check = step.check
    if check is None or not by_platform(case, step):
        return ()
    told = {key: value for key, value in answers.items() if key not in offers.SCHEMA}
    asked, facts = expr.facts(check.when), {**told, **known}
    missing = asked - facts.keys()
    met = not missing and expr.holds(check.when, facts)
    found = found_words(asked, known)
    checked = e.RegisterChecked(
        step=step.key,
        met=met,
        on=now.on,
        rule=check.rule,
        basis=check.basis,
        asked=tuple(sorted(asked & offers.SCHEMA.keys())),
        missing=tuple(sorted(missing)),
        found=found or None,
    )
    if not met:
        return (checked,)
    opinion = f"{check.rule}{found}依据：{check.basis}。"
    done = e.StepCompleted(step=step.key, verdict=Verdict.PASSED, on=now.on, opinion=opinion, officer=CHECKED_BY)
    return (checked, done)
