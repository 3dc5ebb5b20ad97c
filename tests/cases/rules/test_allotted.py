"""The time that steps are given: their own limits, or all that the law allows."""

from datetime import date
from fractions import Fraction
from random import Random

from tests.cases.conftest import published
from tests.items.samples import bundle, singles

from onedoor.cases.rules.allotted import everybody, lawful, promised
from onedoor.cases.rules.simulating import simulate
from onedoor.items.rules import ItemVersion
from onedoor.kernel.plan import StepKind
from onedoor.kernel.workdays import Calendar

ON = date(2026, 3, 2)


def test_each_step_is_promised_its_own_limit(food: ItemVersion, calendar: Calendar) -> None:
    given = promised(food, on=ON, calendar=calendar)
    assert given == {s.key: (s.limit.number,) for s in food.plan.steps if s.limit}


def test_by_law_the_longest_chain_fills_the_statutory_limit_and_does_not_pass_it(
    food: ItemVersion, calendar: Calendar
) -> None:
    slow, fast = lawful(food, on=ON, calendar=calendar), promised(food, on=ON, calendar=calendar)
    found = simulate(food.plan, slow, everybody(food), rng=Random(0))
    assert food.clock.legal
    assert found.within(100) <= food.clock.legal.number
    assert all(slow[key] >= fast[key] for key in fast)
    assert sum(map(sum, slow.values())) > Fraction(3, 2) * sum(map(sum, fast.values()))


def test_every_kind_of_applicant_is_reckoned_once(food: ItemVersion) -> None:
    called = everybody(food)
    assert any("visit" in keys for keys in called)
    assert all("decide" in keys for keys in called)


def test_each_member_of_a_bundle_takes_what_its_own_law_allows_or_else_what_it_promises(calendar: Calendar) -> None:
    whole, members = (
        bundle("project-3-building"),
        {m.key: singles()[m.item] for m in bundle("project-3-building").members},
    )
    given = lawful(whole, on=ON, calendar=calendar, members=members)
    assert (given["fire"], given["lightning"]) == ((15,), (10,))
    assert given["permit"] == (5,)  # 建筑法 8: seven days, of which two are no working days
    found = simulate(whole.plan, given, [frozenset(members)], rng=Random(0))
    assert (found.totals[0][0], found.bottleneck) == (20, "fire")
    promise = bundle("newborn")
    kept = lawful(promise, on=ON, calendar=calendar, members={m.key: singles()[m.item] for m in promise.members})
    assert kept == promised(promise, on=ON, calendar=calendar)


def test_what_is_sent_up_takes_the_upper_level_its_own_time_beside_the_limits_of_the_item(calendar: Calendar) -> None:
    """民族成份: five and three days here within ten, and ten above."""
    nation = published("公民变更民族成份审批（县级初审）")
    assert promised(nation, on=ON, calendar=calendar) == {"papers": (5,), "decide": (13,)}
    assert lawful(nation, on=ON, calendar=calendar) == {"papers": (6,), "decide": (13,)}


def test_the_time_to_pay_is_taken_whole_and_is_not_stretched_by_law(calendar: Calendar) -> None:
    house = published("不动产登记（国有建设用地使用权及房屋所有权转移登记）")
    assert promised(house, on=ON, calendar=calendar)["pay"] == (10,)
    slow = lawful(house, on=ON, calendar=calendar)
    assert (slow["pay"], slow["check"] > (1,)) == ((10,), True)
    assert simulate(house.plan, slow, everybody(house), rng=Random(0)).within(100) <= 30


def test_a_check_against_a_register_takes_no_time_where_its_rule_is_met(calendar: Calendar) -> None:
    aged = published("八十周岁以上老年人高龄津贴给付")
    (key,) = (step.key for step in aged.plan.steps if step.kind is StepKind.REGISTER_CHECK)
    assert promised(aged, on=ON, calendar=calendar)[key] == (0,)
    assert lawful(aged, on=ON, calendar=calendar)[key] == (0,)
