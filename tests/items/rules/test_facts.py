"""Situations narrow an item to what applies to one applicant."""

from dataclasses import replace
from typing import Any

import pytest
from tests.items.samples import item

from onedoor.items.rules import for_situation, schema_of
from onedoor.items.rules.facts import labels_of, registered
from onedoor.kernel import expr
from onedoor.kernel.expr import describe

ALWAYS = {"application", "licence_of_business", "layout"}


@pytest.mark.parametrize(
    ("facts", "more"),
    [
        ({"business": "sales", "rented": "no"}, set()),
        ({"business": "sales", "rented": "yes"}, {"premises"}),
        ({"business": "catering", "rented": "no"}, {"health_certificate"}),
        ({"business": "canteen", "contracted": "yes", "rented": "no"}, {"health_certificate", "contract"}),
        ({"business": "sales", "rented": "no", "rules_adopted": False}, {"rules"}),
        ({"business": "sales", "rented": "no", "applicant.agent": True}, {"mandate"}),
    ],
)
def test_materials_follow_the_situation(facts: dict[str, Any], more: set[str]) -> None:
    assert {material.key for material in for_situation(item(), facts).materials} == ALWAYS | more


def test_only_open_and_applicable_questions_are_asked() -> None:
    assert [s.key for s in for_situation(item(), {}).situations] == ["business", "rented"]
    assert [s.key for s in for_situation(item(), {"business": "canteen"}).situations] == ["contracted", "rented"]


def test_steps_follow_the_situation() -> None:
    assert "visit" in {step.key for step in for_situation(item(), {"business": "catering"}).steps}
    assert "visit" not in {step.key for step in for_situation(item(), {"business": "sales"}).steps}


def test_conditions_are_told_in_the_words_of_the_form() -> None:
    when = item().material("premises").when
    assert when is not None
    assert "租用、借用" in describe(when, labels_of(item()))
    assert {"applicant.kind", "business", "staff_count"} <= set(schema_of(item()))


def test_registers_answer_a_situation_only_where_they_know_all_that_it_takes() -> None:
    business, contracted, rented = item().situations
    known = {"if": ["$resident", "canteen", "sales"]}
    one = replace(
        item(),
        situations=(
            replace(business, known=expr.parse(known)),
            replace(contracted, known=expr.parse({"if": [{"ge": ["$age", 60]}, "yes", "maybe"]})),
            rented,
        ),
    )
    assert registered(one, {}) == {}
    assert registered(one, {"resident": False, "age": 70}) == {"business": "sales"}  # the second is not asked then
    assert registered(one, {"resident": True, "age": 70}) == {"business": "canteen", "contracted": "yes"}
    assert registered(one, {"resident": True, "age": 30}) == {"business": "canteen"}  # no such option
