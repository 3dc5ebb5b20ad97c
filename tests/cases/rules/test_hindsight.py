"""The past under a draft: which steps would be called for, what else would be asked, who would be late."""

from dataclasses import replace

from onedoor.cases.rules.hindsight import Past, hindsight
from onedoor.items.rules import ItemVersion
from onedoor.items.rules.codes import Necessity, Source
from onedoor.items.rules.synthetic import situations
from onedoor.kernel.plan import applicable

DAYS = {"papers": 2, "visit": 3, "check": 1, "decide": 0}


def past(food: ItemVersion, number: str = "一", **answers: str) -> Past:
    told = {**situations(food), "business": "sales", **answers}
    called = frozenset(step.key for step in applicable(food.plan, told))
    return Past(number, food, called, told, frozenset(), {key: DAYS[key] for key in called})


def always_visited(food: ItemVersion) -> ItemVersion:
    steps = tuple(replace(s, when=None) if s.key == "visit" else s for s in food.plan.steps)
    return replace(food, plan=replace(food.plan, steps=steps))


def test_a_draft_that_changes_nothing_changes_no_case(food: ItemVersion) -> None:
    found = hindsight([past(food)], food, allotted=DAYS, promised=3)
    assert (found.cases, found.changed, found.late_then, found.late) == (1, (), 0, 0)


def test_a_step_for_all_is_called_for_where_it_was_not_and_may_make_late(food: ItemVersion) -> None:
    plain, caterer = past(food), past(food, "二", business="catering")
    found = hindsight([plain, caterer], always_visited(food), allotted={"visit": 4}, promised=4)
    assert found.added == {"visit": 1}
    assert [(one.number, one.days_then, one.days) for one in found.changed] == [("一", 3, 5)]
    assert (found.late_then, found.late) == (0, 1)


def test_a_material_that_was_neither_asked_nor_on_hand_is_asked_now(food: ItemVersion) -> None:
    new = replace(
        food.materials[0], key="map", name="位置图", when=None, source=Source.APPLICANT, necessity=Necessity.REQUIRED
    )
    draft = replace(food, materials=(*food.materials, new))
    brought = replace(past(food, "二"), on_hand=frozenset({"map"}))
    found = hindsight([past(food), brought], draft, allotted=DAYS, promised=9)
    assert found.asked == {"map": 1}


def test_of_erased_answers_nothing_is_said(food: ItemVersion) -> None:
    found = hindsight([replace(past(food), answers=None)], food, allotted=DAYS, promised=3)
    assert (found.cases, found.erased) == (0, 1)
