"""A review plan runs everything as early as it can, and is refused where it could never end."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.kernel.clock import Limit, StartEvent, Unit
from onedoor.kernel.expr import parse
from onedoor.kernel.plan import (
    Plan,
    Silence,
    Step,
    StepKind,
    applicable,
    downstream,
    pointless,
    problems,
    ready,
    without,
)


def step(key: str, *after: str, kind: StepKind = StepKind.REVIEW, officers: int = 1) -> Step:
    return Step(key, key, kind, after=after, officers=officers)


DIAMOND = Plan(
    (
        step("first"),
        step("papers", "first"),
        step("visit", "first", kind=StepKind.SITE_VISIT, officers=2),
        step("decide", "papers", "visit", kind=StepKind.DECISION),
    )
)


def keys(steps: tuple[Step, ...]) -> list[str]:
    return [each.key for each in steps]


def test_what_has_what_it_needs_starts_at_once() -> None:
    assert keys(ready(DIAMOND.steps, [])) == ["first"]
    assert keys(ready(DIAMOND.steps, ["first"])) == ["papers", "visit"]
    assert keys(ready(DIAMOND.steps, ["first", "papers"])) == ["visit"]
    assert keys(ready(DIAMOND.steps, ["first", "papers", "visit"])) == ["decide"]


def test_a_step_not_called_for_holds_nobody_up() -> None:
    when = parse({"eq": ["$business", "catering"]})
    visit = Step("visit", "现场核查", StepKind.SITE_VISIT, after=("first",), officers=2, when=when)
    plan = Plan((DIAMOND.steps[0], DIAMOND.steps[1], visit, DIAMOND.steps[3]))
    assert keys(applicable(plan, {"business": "sales"})) == ["first", "papers", "decide"]
    assert keys(ready(applicable(plan, {"business": "sales"}), ["first", "papers"])) == ["decide"]
    assert "visit" in keys(applicable(plan, {"business": "catering"}))


def test_what_rests_on_a_step_that_falls_away_rests_on_what_that_needed() -> None:
    when = parse({"eq": ["$business", "catering"]})
    opinion = Step("opinion", "征求意见", StepKind.OPINION, after=("first",), when=when)
    visit = Step("visit", "现场核查", StepKind.SITE_VISIT, after=("opinion",), officers=2, when=when)
    plan = Plan((step("first"), opinion, visit, step("decide", "visit", kind=StepKind.DECISION)))
    steps = applicable(plan, {"business": "sales"})
    assert keys(ready(steps, [])) == ["first"]
    assert keys(ready(steps, ["first"])) == ["decide"]


def test_sending_back_resets_a_step_and_what_rests_on_it() -> None:
    assert downstream(DIAMOND.steps, "papers") == {"papers", "decide"}
    assert downstream(DIAMOND.steps, "first") == {"first", "papers", "visit", "decide"}


@given(st.lists(st.sets(st.integers(0, 7)), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_whatever_the_order_of_work_a_graph_without_cycle_is_finished(needs: list[set[int]], pick: object) -> None:
    steps = [step(f"s{n}", *(f"s{m}" for m in need if m < n)) for n, need in enumerate(needs)]
    done: list[str] = []
    while open_ := ready(steps, done):
        done.append(pick.choice(open_).key)  # type: ignore[attr-defined]
    assert sorted(done) == sorted(each.key for each in steps)
    for each in steps:
        assert all(done.index(need) < done.index(each.key) for need in each.after)


def test_a_hard_refusal_makes_pointless_what_has_not_begun_and_the_decision_does_not_rest_on() -> None:
    plan = (step("papers"), step("visit"), step("expert", "visit"), step("decide", "papers", "expert"))
    gone = pointless(plan, begun={"papers", "visit"}, refusing="papers")
    assert gone == {"expert"}
    assert keys(ready(without(plan, gone), ["papers", "visit"])) == ["decide"]


ASKED = Step(
    "fire", "征求消防意见", StepKind.OPINION, limit=Limit(3, Unit.WORKDAY, StartEvent.ACCEPTED, note="示例"),
    silence=Silence.DEEMED, silence_basis="征求意见工作规则第九条（示例）",
)  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, ""),
        ({"silence_basis": " "}, "应当写明规定它的文件和条款"),
        ({"silence": Silence.LEAD_DECIDES, "silence_basis": ""}, ""),
        ({"precondition": True}, "法定前置"),
        ({"precondition": True, "silence": Silence.LEAD_DECIDES}, "法定前置"),
        ({"precondition": True, "silence": Silence.ESCALATE}, ""),
        ({"kind": StepKind.REVIEW}, "不是征求意见"),
        ({"limit": None}, "没有时限"),
        ({"limit": None, "silence": Silence.ESCALATE}, ""),
    ],
)
def test_silence_has_an_effect_only_on_an_opinion_and_only_where_a_rule_says_so(
    changed: dict[str, object], told: str
) -> None:
    decide = step("decide", "fire", kind=StepKind.DECISION)
    found = problems(Plan((replace(ASKED, **changed), decide)))  # type: ignore[arg-type]
    assert [told in each for each in found] == ([True] if told else [])


def test_the_days_to_pay_are_none_of_the_organs_work() -> None:
    days = Limit(10, Unit.WORKDAY, StartEvent.ACCEPTED, note="示例")
    pay = replace(step("pay", kind=StepKind.PAYMENT), limit=days)
    assert (pay.work, replace(pay, kind=StepKind.REVIEW).work) == (None, days)
