"""What is proved before a plan is published: whatever the answers, a case starts, goes on, and ends in the decision."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.kernel.clock import Limit, StartEvent, Unit
from onedoor.kernel.expr import Expr, facts, parse
from onedoor.kernel.plan import (
    Check,
    Plan,
    Silence,
    Step,
    StepKind,
    Upper,
    in_cycle,
    longest,
    problems,
    ready,
    schedule,
    without,
)


def step(key: str, *after: str, kind: StepKind = StepKind.REVIEW, organ: str = "own", when: Expr | None = None) -> Step:
    return Step(key, key, kind, organ, after, when=when)


def asks(fact: str) -> Expr:
    return parse({"eq": [f"${fact}", "yes"]})


@st.composite
def plans(choose: st.DrawFn) -> Plan:
    """A plan of up to four steps before the decision, each of which may have a condition of its own."""
    steps = []
    for n in range(choose(st.integers(0, 4))):
        needs = choose(st.sets(st.integers(0, n - 1))) if n else set()
        when = asks(f"f{n}") if choose(st.booleans()) else None
        steps.append(step(f"s{n}", *(f"s{m}" for m in sorted(needs)), when=when))
    needed = {need for one in steps for need in one.after}
    last = [one.key for one in steps if one.key not in needed]
    return Plan((*steps, step("decide", *last, kind=StepKind.DECISION)))


def every_case(plan: Plan) -> list[tuple[Step, ...]]:
    """The steps of every application that answers could make."""
    keys = [one.key for one in plan.steps if one.when is not None]
    return [without(plan.steps, gone) for size in range(len(keys) + 1) for gone in combinations(keys, size)]


def test_an_unsound_plan_is_told_why() -> None:
    end = step("decide", "a", kind=StepKind.DECISION)
    assert "不存在" in problems(Plan((step("a", "zzz"), end)))[0]
    assert "重复" in problems(Plan((step("a"), step("a"), end)))[0]
    assert "决定环节" in problems(Plan((step("a"),)))[0]
    assert "两名" in problems(Plan((step("a", kind=StepKind.SITE_VISIT), end)))[0]
    assert "循环" in problems(Plan((step("a", "b"), step("b", "a"), end)))[0]
    assert "没有被决定环节用到" in problems(Plan((step("a"), step("idle"), end)))[0]
    assert "没有被决定环节用到" in problems(Plan((step("a"), end, step("after", "decide"))))[0]
    assert "由谁办理" in problems(Plan((step("a", organ=""), end)))[0]
    assert "由谁受理" in problems(Plan((step("a"), end), acceptance=""))[0]
    assert in_cycle((step("a", "b"), step("b", "a"), step("c"))) == ("a", "b")


def test_a_review_may_end_above_and_then_says_where() -> None:
    up = replace(step("decide", "a", kind=StepKind.UPWARD), upper=Upper("某市某局"))
    assert problems(Plan((step("a"), up))) == ()
    assert "上级机关" in problems(Plan((step("a"), replace(up, upper=None))))[0]
    assert "不是转报" in problems(Plan((replace(step("a"), upper=Upper("某市某局")), up)))[0]
    assert "有且只有一个" in problems(Plan((step("a"), up, step("end", "a", kind=StepKind.DECISION))))[0]


def test_a_check_against_a_register_is_none_without_its_rule() -> None:
    rule = Check(parse({"ge": ["$age", 80]}), "年满八十周岁的，视为核实。", "示例")
    by_rule, end = (
        replace(step("a"), kind=StepKind.REGISTER_CHECK, check=rule),
        step("end", "a", kind=StepKind.DECISION),
    )
    assert problems(Plan((by_rule, end))) == ()
    assert "没有写明按什么规则" in problems(Plan((replace(by_rule, check=None), end)))[0]
    assert "没有写明按什么规则" in problems(Plan((replace(by_rule, check=replace(rule, basis=" ")), end)))[0]
    assert "不是自动核验" in problems(Plan((replace(step("a"), check=rule), end)))[0]


TEN_DAYS = Limit(10, Unit.WORKDAY, StartEvent.ACCEPTED, note="缴费期限（示例）")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"organ": "township"}, "实施主体自己收"),
        ({"officers": 2}, "一个人登记"),
        ({"limit": None}, "几天内缴费"),
        ({"limit": replace(TEN_DAYS, number=0)}, "几天内缴费"),
        ({"limit": replace(TEN_DAYS, note=" ")}, "没有写依据"),
        ({"silence": Silence.LEAD_DECIDES}, "不是征求意见"),
    ],
)
def test_what_is_to_be_paid_is_the_own_organs_within_days_that_are_told(changes: dict[str, object], told: str) -> None:
    pay, end = replace(step("pay", kind=StepKind.PAYMENT), limit=TEN_DAYS), step("end", "pay", kind=StepKind.DECISION)
    assert problems(Plan((pay, end))) == ()
    (wrong,) = problems(Plan((replace(pay, **changes), end)))  # type: ignore[arg-type]
    assert told in wrong


def test_payment_is_never_the_decision_and_never_after_it() -> None:
    pay, end = replace(step("pay", "end", kind=StepKind.PAYMENT), limit=TEN_DAYS), step("end", kind=StepKind.DECISION)
    assert "没有被决定环节用到" in problems(Plan((end, pay)))[0]
    assert "有且只有一个决定环节" in problems(Plan((replace(pay, after=()),)))[0]


@given(plans())
def test_whatever_the_answers_a_sound_plan_has_no_dead_end_and_its_decision_comes_last(plan: Plan) -> None:
    assert problems(plan) == ()
    for steps in every_case(plan):
        done: list[str] = []
        while begun := ready(steps, done):
            done += [one.key for one in begun]
        assert sorted(done) == sorted(one.key for one in steps)
        assert done[-1] == "decide"


@given(plans(), st.lists(st.integers(0, 9), min_size=5, max_size=5), st.sets(st.integers(0, 3)))
def test_the_longest_chain_is_that_of_the_slowest_application_that_can_be_made(
    plan: Plan, numbers: list[int], never: set[int]
) -> None:
    """``never``: of these conditions at most one can hold."""
    days = dict(zip((one.key for one in plan.steps), numbers, strict=False))
    rare = {f"f{n}" for n in never}

    def possible(whens: object) -> bool:
        return sum(bool(facts(when) & rare) for when in whens) <= 1  # type: ignore[attr-defined]

    made = [steps for steps in every_case(plan) if possible([one.when for one in steps if one.when is not None])]
    slowest = max(max(span.finish for span in schedule(steps, days).values()) for steps in made)
    assert sum(days.get(one.key, 0) for one in longest(plan.steps, days, possible)) == slowest
