import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from onedoor.kernel.expr import parse, to_tree
from onedoor.kernel.expr.nodes import All, Compare, Comparison, Fact, Literal
from onedoor.kernel.tree import Malformed

from .strategies import trees


@given(trees)
def test_reading_and_writing_loses_nothing(tree: object) -> None:
    assert json.dumps(to_tree(parse(tree))) == json.dumps(tree)


def test_a_condition_is_read_into_its_parts() -> None:
    assert parse({"all": [{"eq": ["$form.place", "shop"]}, {"gt": ["$form.area", 50]}]}) == All(
        (
            Compare(Comparison.EQ, Fact("form.place"), Literal("shop")),
            Compare(Comparison.GT, Fact("form.area"), Literal(50)),
        )
    )


def test_literals_keep_their_kind() -> None:
    assert parse({"decimal": "1.50"}) == Literal(Decimal("1.50"))
    assert parse({"date": "2026-03-02"}) == Literal(date(2026, 3, 2))
    assert parse("$$5") == Literal("$5")
    assert parse(["a", "b"]) == Literal(("a", "b"))


@pytest.mark.parametrize(
    ("tree", "rule", "where", "says"),
    [
        (1.5, "expr.literal", "", '{"decimal": "1.5"}'),
        (date(2026, 3, 2), "expr.literal", "", '{"date": "2026-03-02"}'),
        (None, "expr.literal", "", "不能写"),
        (10**18, "expr.literal", "", "不能写"),
        ("$", "expr.fact", "", "$form.area"),
        ("$Form.Area", "expr.fact", "", "小写"),
        ({"eq": [1]}, "expr.parts", "eq", "2 个"),
        ({"eq": [1, 2, 3]}, "expr.parts", "eq", "2 个"),
        ({"sub": [1, 2, 3]}, "expr.parts", "sub", "2 个"),
        ({"add": [1]}, "expr.parts", "add", "至少 2 个"),
        ({"all": []}, "expr.parts", "all", "至少 1 个"),
        ({"all": "x"}, "expr.parts", "all", "列表"),
        ({"if": [True, 1]}, "expr.parts", "if", "3 个"),
        ({"equals": [1, 2]}, "expr.operator", "", "没有“equals”"),
        ({1: [1, 2]}, "expr.operator", "", "没有“1”"),
        ({"eq": [1, 1], "ne": [1, 2]}, "expr.one_key", "", "all 或 any"),
        ({}, "expr.one_key", "", "0 个"),
        ({"present": "form.a"}, "expr.fact", "present", "$form.area"),
        ({"decimal": 1.5}, "expr.decimal", "decimal", "加引号"),
        ({"decimal": "1e5"}, "expr.decimal", "decimal", "加引号"),
        ({"decimal": "NaN"}, "expr.decimal", "decimal", "加引号"),
        ({"date": "2026-02-30"}, "expr.date", "date", "2026-03-02"),
        ({"date": "20260302"}, "expr.date", "date", "2026-03-02"),
        ({"in": ["a", ["a", 1]]}, "expr.list", "in[1]", "同一种类型"),
        ({"in": ["a", ["$form.a"]]}, "expr.literal", "in[1][0]", "不能写"),
        ({"in": ["a", [{"eq": [1, 1]}]]}, "expr.literal", "in[1][0]", "不能写"),
        ({"not": {"any": [True, {"gt": [1]}]}}, "expr.parts", "not.any[1].gt", "2 个"),
    ],
)
def test_a_tree_that_is_not_an_expression_is_refused_with_place_rule_and_advice(
    tree: object, rule: str, where: str, says: str
) -> None:
    with pytest.raises(Malformed) as caught:
        parse(tree)
    assert caught.value.faults[0].rule == rule
    assert caught.value.errors[0].field == where
    assert says in caught.value.errors[0].message


def test_the_place_of_a_fault_begins_where_the_caller_stands() -> None:
    with pytest.raises(Malformed) as caught:
        parse({"eq": [1]}, ("pages", 0, "when"))
    assert caught.value.errors[0].field == "pages[0].when.eq"


def test_a_bottomless_tree_is_refused() -> None:
    tree: object = True
    for _ in range(5_000):
        tree = {"not": tree}
    with pytest.raises(Malformed, match="层"):
        parse(tree)
