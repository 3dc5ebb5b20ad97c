from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given

from onedoor.kernel.expr import Kind, check, evaluate, holds, kind, parse
from onedoor.kernel.expr.nodes import kind_of

from .strategies import SCHEMA, any_facts, number_trees, trees

FACTS = {
    "form.open": True,
    "form.seats": 12,
    "form.area": Decimal("80.5"),
    "form.name": "",
    "form.place": "shop",
    "form.since": date(2020, 5, 1),
    "form.goods": ["hot"],
}


@pytest.mark.parametrize(
    ("tree", "value"),
    [
        ({"all": [{"eq": ["$form.place", "shop"]}, {"gt": ["$form.area", 50]}]}, True),
        ({"all": [{"eq": ["$form.place", "stall"]}, {"gt": ["$form.area", 50]}]}, False),
        ({"any": [{"eq": ["$form.place", "stall"]}, "$form.open"]}, True),
        ({"not": "$form.open"}, False),
        ({"ne": ["$form.place", "stall"]}, True),
        ({"ge": ["$form.since", {"date": "2020-05-01"}]}, True),
        ({"lt": ["$form.since", {"date": "2020-05-01"}]}, False),
        ({"eq": [1, {"decimal": "1.00"}]}, True),
        ({"in": ["$form.place", ["shop", "van"]]}, True),
        ({"in": ["cold", "$form.goods"]}, False),
        ({"in": ["hot", "$form.goods"]}, True),
        ({"present": "$form.place"}, True),
        ({"present": "$form.name"}, False),
        ({"present": "$form.unknown"}, False),
        ({"add": ["$form.seats", 1, 2]}, 15),
        ({"sub": ["$form.area", {"decimal": "0.5"}]}, Decimal("80.0")),
        ({"mul": ["$form.seats", {"decimal": "2.50"}]}, Decimal("30.00")),
        ({"min": [100, {"mul": ["$form.seats", 10]}]}, 100),
        ({"max": [100, {"mul": ["$form.seats", 10]}, 7]}, 120),
        ({"if": [{"gt": ["$form.area", 100]}, 550, 80]}, 80),
        ({"if": ["$form.open", 550, 80]}, 550),
    ],
)
def test_what_an_expression_comes_to(tree: object, value: object) -> None:
    assert evaluate(parse(tree), FACTS) == value


@pytest.mark.parametrize("how", ["eq", "ne", "lt", "le", "gt", "ge"])
def test_every_comparison_with_a_missing_fact_is_false(how: str) -> None:
    assert evaluate(parse({how: ["$form.missing", 1]}), {}) is False
    assert evaluate(parse({how: [1, "$form.missing"]}), {}) is False


def test_a_sum_with_a_missing_fact_is_missing_and_a_missing_condition_is_not_fulfilled() -> None:
    assert evaluate(parse({"add": [1, "$form.missing"]}), {}) is None
    assert evaluate(parse({"if": ["$form.missing", 1, 2]}), {}) == 2
    assert not holds(parse("$form.missing"), {})
    assert not holds(parse({"all": ["$form.missing"]}), {})


@pytest.mark.parametrize("value", [1.5, None, datetime(2026, 1, 1), Decimal("NaN"), Decimal("Infinity"), object()])  # noqa: DTZ001
def test_what_is_no_value_of_ours_counts_as_missing(value: object) -> None:
    assert evaluate(parse("$form.area"), {"form.area": value}) is None


def test_values_of_different_kinds_are_never_equal_and_never_ordered() -> None:
    for tree in ({"eq": [True, 1]}, {"eq": ["x", 1]}, {"lt": ["a", "b"]}, {"lt": [False, True]}, {"in": [True, [1]]}):
        assert evaluate(parse(tree), {}) is False


def test_arithmetic_on_what_is_no_number_is_missing() -> None:
    assert evaluate(parse({"add": [True, 1]}), {}) is None
    assert evaluate(parse({"mul": ["$form.area", "$form.area"]}), {"form.area": Decimal("1e999999")}) is None


@pytest.mark.parametrize(
    ("tree", "value"),
    [
        ({"gt": ["$area", 50]}, True),
        ({"eq": ["$area", {"decimal": "80.50"}]}, True),
        ({"lt": ["$small", "$area"]}, True),
        ({"ge": ["$since", {"date": "2020-05-01"}]}, True),
        ({"lt": ["$since", "$until"]}, True),
        ({"in": ["$small", [9, 10]]}, True),
        ({"mul": ["$area", 2]}, Decimal("161.0")),
        ({"lt": ["$name", 5]}, False),
        ({"eq": ["$small", "9.0"]}, False),
    ],
)
def test_facts_may_stand_in_their_json_form(tree: object, value: object) -> None:
    facts = {"area": "80.5", "small": "9", "since": "2020-05-01", "until": "2021-01-01", "name": "2020-02-30"}
    assert evaluate(parse(tree), facts) == value


@given(trees, any_facts)
def test_evaluation_never_raises_whatever_the_facts(tree: object, facts: dict[str, object]) -> None:
    value = evaluate(parse(tree), facts)
    assert value is None or kind_of(value) is not None


@given(number_trees)
def test_a_checked_expression_comes_to_the_kind_that_was_announced(tree: object) -> None:
    expr = parse(tree)
    facts = {"form.seats": 3, "form.area": Decimal("2.5")}
    assert check(expr, SCHEMA) == ()
    announced = kind(expr, SCHEMA)
    found = kind_of(evaluate(expr, facts))
    assert found is announced or (announced is Kind.DECIMAL and found is Kind.INT)
