"""Another county's list of the same item is found though organ and division differ, and told side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.items.samples import changed, item

from onedoor.items import queries
from onedoor.items.rules import Item
from onedoor.items.rules.comparison import Part
from onedoor.items.rules.counties import Beside, beside, pairs

TABLE = queries.policies()
FOOD = item()


def elsewhere(one: Item, **more: Any) -> Item:
    """The list of an organ of another county."""
    there = {"organ": "11530521015223011Q", "organ_name": "施甸县市场监督管理局", "area": "530521000000"}
    return replace(one, **{**there, **more})


def rows(theirs: Item) -> list[Beside]:
    (pair,) = pairs([FOOD], [theirs])
    return list(beside(pair, TABLE))


def test_lists_are_matched_by_what_is_done_not_by_who_does_it() -> None:
    renewal = item("food-business-renewal")
    found = pairs([FOOD, renewal], [elsewhere(renewal), elsewhere(FOOD)])
    assert [(p.ours[0].name, p.theirs[0].name) for p in found] == [(one.name, one.name) for one in (FOOD, renewal)]


def test_a_code_of_another_sequence_or_of_the_province_is_matched_by_basic_code_then_by_name() -> None:
    card = item("id-card")
    (by_code,) = pairs([card], [elsewhere(card, sequence="07", name="办身份证")])
    (by_name,) = pairs([card], [elsewhere(card, basic_code="530709004000")])
    assert all((by_code.ours, by_code.theirs, by_name.ours, by_name.theirs))


def test_what_only_one_side_has_is_told_as_such() -> None:
    (pair,) = pairs([], [elsewhere(FOOD)])
    (row,) = beside(pair, TABLE)
    assert (row.ours, row.theirs) == ((), (("施甸县市场监督管理局", "食品经营许可"),))


def test_equal_lists_of_two_counties_differ_in_nothing() -> None:
    assert rows(elsewhere(FOOD)) == []


def test_names_limits_materials_and_steps_stand_side_by_side() -> None:
    other = changed({"clock.promised.number": 9, "materials.0.name": "开店申请表", "plan.steps.1.name": "上门看看"})
    found = {(row.part, row.field): row for row in rows(elsewhere(other, name="食品店许可"))}
    assert found[Part.NAME, "事项名称"].theirs == (("施甸县市场监督管理局", "食品店许可"),)
    limit = found[Part.LIMITS, "承诺办结时限"]
    assert (limit.ours[0][1], limit.theirs[0][1]) == ("5个工作日", "9个工作日")
    assert any(part is Part.MATERIALS and row.theirs[0][1] == "开店申请表" for (part, _), row in found.items())
    assert "上门看看" in found[Part.STEPS, "审查环节"].theirs[0][1]


def test_a_material_that_only_one_asks_for_is_one_line() -> None:
    less = replace(FOOD, materials=FOOD.materials[1:])
    told = [row for row in rows(elsewhere(less)) if row.part is Part.MATERIALS]
    assert [(row.ours[0][1], row.theirs[0][1]) for row in told] == [(FOOD.materials[0].name, "没有")]


def test_townships_that_say_the_same_are_named_together() -> None:
    towns = [replace(FOOD, organ=f"town{n}", organ_name=f"{n}镇") for n in (1, 2)]
    (pair,) = pairs(towns, [elsewhere(changed({"visits": 1, "clock.promised.number": 4}))])
    (row,) = (row for row in beside(pair, TABLE) if row.field == "承诺办结时限")
    assert row.ours == (("1镇、2镇", "5个工作日"),)
