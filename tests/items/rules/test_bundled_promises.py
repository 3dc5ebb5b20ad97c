"""What may be promised of a bundle's materials, and what a lapse means there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.cases.conftest import catalogue, catalogued

from onedoor.items.rules import bundles
from onedoor.items.rules.bundled_promises import promised, tolerance
from onedoor.items.rules.codes import Necessity
from onedoor.items.rules.promises import Lapse, Tolerance
from onedoor.items.rules.values import Material
from onedoor.kernel.clock import Limit, StartEvent, Unit

WITHIN = Limit(10, Unit.WORKDAY, StartEvent.ACCEPTED)


one = catalogued


@pytest.fixture
def later() -> Material:
    return one("食品经营许可").material("rules")


def test_what_all_who_need_it_take_later_may_come_later_by_the_shortest_of_their_periods(later: Material) -> None:
    slower = replace(later, tolerated_days=7)
    made = promised(later, [slower, later], within=WITHIN)
    assert (made.necessity, made.tolerated, made.tolerated_days) == (Necessity.TOLERATED, True, 3)
    unneeded = replace(later, necessity=Necessity.OPTIONAL, tolerated=False, tolerated_days=0)
    assert promised(later, [unneeded, later], within=WITHIN).tolerated


@pytest.mark.parametrize("change", [{"necessity": Necessity.REQUIRED, "tolerated": False}, {"tolerated_days": 10}])
def test_one_that_must_have_it_at_once_or_too_late_for_the_whole_and_nothing_waits(
    later: Material, change: dict[str, object]
) -> None:
    made = promised(later, [later, replace(later, **change)], within=WITHIN)
    assert (made.necessity, made.tolerated, made.tolerated_days) == (Necessity.REQUIRED, False, 0)


def test_a_promise_stands_for_a_proof_only_where_each_takes_it(later: Material) -> None:
    proofs = [replace(later, pledge="甲规定"), replace(later, pledge="乙规定")]
    assert promised(later, proofs, within=WITHIN).pledge == "甲规定；乙规定"
    assert promised(later, [*proofs, later], within=WITHIN).pledge == ""


def test_a_lapse_means_withdrawn_only_by_the_rule_of_a_member_that_takes_something_later() -> None:
    food, plain = one("食品经营许可"), one("烟草专卖零售许可证核发")
    strict = replace(food, tolerance=Tolerance("清单", Lapse.WITHDRAWN, "示例办法第五条"))
    assert tolerance([food, replace(plain, tolerance=strict.tolerance)]) == Tolerance(food.tolerance.basis)
    assert tolerance([food, strict]).withdraws


def test_the_restaurant_s_rules_of_hygiene_may_come_later_and_the_card_photo_not_later_than_all_is_done() -> None:
    whole = one("开办餐饮店（一件事）")
    held = {member.key: next(i for i in catalogue() if i.code == member.item) for member in whole.members}
    made = bundles.compose(whole, held)
    assert {m.key for m in made.materials if m.tolerated} == {"food_rules", "fire_rules"}
    assert made.tolerance.basis
    assert made.tolerance.lapse is Lapse.OVERDUE
