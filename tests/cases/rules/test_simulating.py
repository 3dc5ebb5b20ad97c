"""What-if: the figures of small plans are those that one counts by hand; drawn ones come near to them."""

from collections import Counter
from dataclasses import replace
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.cases.rules.simulating import Change, ChangeKind, apply, changes, gains, lives, simulate
from onedoor.kernel.plan import Plan, Step, StepKind, problems, schedule, without


def step(key: str, *after: str, kind: StepKind = StepKind.REVIEW) -> Step:
    return Step(key, key, kind, after=after)


END = step("decide", "check", kind=StepKind.DECISION)
PLAN = Plan((step("papers"), step("visit"), step("check", "papers", "visit"), END))
EVERYTHING = frozenset({"papers", "visit", "check", "decide"})


def test_limits_give_one_total_and_the_chain_that_makes_it() -> None:
    found = simulate(PLAN, {"papers": [5], "visit": [3], "check": [2], "decide": [1]}, [EVERYTHING], rng=Random(0))
    assert found.totals == ((8, 1),)
    assert found.critical == {"papers": 1, "check": 1, "decide": 1}
    assert found.exact


def test_quantiles_are_the_least_days_that_suffice() -> None:
    found = simulate(PLAN, {"papers": [1, 2, 3, 10]}, [EVERYTHING], rng=Random(0))
    assert [found.within(percent) for percent in (25, 50, 75, 76, 100)] == [1, 2, 3, 10, 10]
    assert found.longer_than(3) == 1
    assert found.bottleneck == "papers"


def test_an_application_that_calls_for_less_is_as_likely_as_it_was_seen() -> None:
    less = EVERYTHING - {"visit"}
    found = simulate(PLAN, {"visit": [4, 6], "papers": [2]}, [EVERYTHING, less, less], rng=Random(0))
    assert {days: count * 6 // found.lives for days, count in found.totals} == {2: 4, 4: 1, 6: 1}
    assert found.called["visit"] * 3 == found.lives


def plans() -> st.SearchStrategy[Plan]:
    return st.lists(st.sets(st.integers(0, 3)), max_size=4).map(_plan)


def _plan(needs: list[set[int]]) -> Plan:
    steps = [step(f"s{n}", *(f"s{m}" for m in sorted(need) if m < n)) for n, need in enumerate(needs)]
    needed = {need for one in steps for need in one.after}
    last = [one.key for one in steps if one.key not in needed]
    return Plan((*steps, step("decide", *last, kind=StepKind.DECISION)))


SPREAD = st.lists(st.integers(0, 9), min_size=1, max_size=3)


@given(plans(), st.lists(SPREAD, min_size=5, max_size=5), st.sets(st.integers(0, 3)))
def test_the_exact_figures_are_those_of_every_combination(plan: Plan, spreads: list[list[int]], gone: set[int]) -> None:
    durations = dict(zip([one.key for one in plan.steps], spreads, strict=False))
    called = frozenset(durations) - {f"s{n}" for n in gone}
    steps, counted = without(plan.steps, set(durations) - called), Counter[int]()
    for days in product(*(durations[one.key] for one in steps)):
        spans = schedule(steps, dict(zip([one.key for one in steps], days, strict=True)))
        counted[max(span.finish for span in spans.values())] += 1
    found = simulate(plan, durations, [called], rng=Random(0))
    assert {days: count * counted.total() // found.lives for days, count in found.totals} == dict(counted)


def test_drawn_lives_come_near_to_the_exact_figures_and_the_seed_repeats_them(monkeypatch: pytest.MonkeyPatch) -> None:
    durations = {"papers": [1, 2, 5], "visit": [0, 3, 4], "check": [1, 2], "decide": [1]}
    exact = simulate(PLAN, durations, [EVERYTHING], rng=Random(7))
    monkeypatch.setattr("onedoor.cases.rules.simulating.MOST_EXACT", 1)
    drawn = simulate(PLAN, durations, [EVERYTHING], rng=Random(7), runs=4_000)
    assert not drawn.exact
    assert drawn == simulate(PLAN, durations, [EVERYTHING], rng=Random(7), runs=4_000)
    for days, count in exact.totals:
        share = dict(drawn.totals).get(days, 0) / drawn.lives
        assert abs(share - count / exact.lives) < 0.03


@given(plans())
def test_every_change_leaves_a_sound_plan(plan: Plan) -> None:
    for change in changes(plan):
        assert problems(apply(plan, change)) == ()


def test_what_is_done_beside_its_need_is_waited_for_together_with_it() -> None:
    changed = apply(PLAN, Change(ChangeKind.BESIDE, "check", "papers"))
    assert set(changed.step("check").after) == {"visit"}
    assert set(changed.step("decide").after) == {"check", "papers"}


def test_each_change_is_reckoned_on_the_same_lives_and_the_best_comes_first() -> None:
    durations = {"papers": [5], "visit": [3], "check": [2], "decide": [1]}
    found = gains(PLAN, durations, [EVERYTHING], rng=Random(0))
    saved = {(gain.change.kind, gain.change.step, gain.change.need): gain.saved for gain in found}
    assert saved[ChangeKind.SHORTEN, "papers", ""] == 1
    assert saved[ChangeKind.SHORTEN, "visit", ""] == 0
    assert saved[ChangeKind.BESIDE, "check", "papers"] == 2
    assert saved[ChangeKind.DROP, "papers", ""] == 2
    assert [gain.saved for gain in found] == sorted((gain.saved for gain in found), reverse=True)


def test_all_lives_of_one_situation_weigh_as_much_as_it_is_likely() -> None:
    every, exact = lives(PLAN, {"papers": [1, 2, 3]}, [EVERYTHING, EVERYTHING, frozenset({"decide"})], rng=Random(0))
    heavy = Counter[frozenset[str]]()
    for life in every:
        heavy[life.called] += life.weight
    assert exact
    assert heavy[EVERYTHING] == 2 * heavy[frozenset({"decide"})]


def test_what_an_applicant_asked_for_in_a_bundle_is_not_a_step_to_be_dropped() -> None:
    bundle = Plan((step("a", kind=StepKind.CHILD), step("b", "a", kind=StepKind.CHILD)))
    assert [(one.kind, one.step) for one in changes(bundle)] == [
        (ChangeKind.SHORTEN, "a"),
        (ChangeKind.SHORTEN, "b"),
        (ChangeKind.BESIDE, "b"),
    ]


def test_neither_what_is_owed_nor_the_time_to_pay_it_is_saved_at_the_applicants_cost() -> None:
    plan = Plan((step("check"), step("pay", "check", kind=StepKind.PAYMENT), replace(END, after=("pay",))))
    every = frozenset(each.key for each in plan.steps)
    saved = {
        gain.change.kind: gain.saved
        for gain in gains(plan, {"pay": [10], "decide": [1]}, [every], rng=Random(0))
        if gain.change.step == "pay"
    }
    assert saved == {ChangeKind.AT_ONCE: 10, ChangeKind.BESIDE: 0}


def test_it_sticks_where_most_of_the_deciding_time_goes() -> None:
    plan = Plan((step("check"), step("pay", "check", kind=StepKind.PAYMENT), replace(END, after=("pay",))))
    every = frozenset(each.key for each in plan.steps)
    found = simulate(plan, {"check": [1], "pay": [0, 0, 9], "decide": [1]}, [every], rng=Random(0))
    assert (found.critical["pay"], found.critical["check"]) == (1, 3)
    assert found.bottleneck == "pay"
