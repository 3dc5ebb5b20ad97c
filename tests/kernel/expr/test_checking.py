import pytest
from hypothesis import given

from onedoor.kernel.expr import Kind, check, kind, parse

from .strategies import SCHEMA, conditions


@given(conditions)
def test_a_sound_condition_has_no_faults_and_comes_to_yes_or_no(tree: object) -> None:
    expr = parse(tree)
    assert check(expr, SCHEMA, expected=Kind.BOOL) == ()
    assert kind(expr, SCHEMA) is Kind.BOOL


@pytest.mark.parametrize(
    ("tree", "fault"),
    [
        ({"gt": ["$form.aera", 50]}, "gt[0]：没有“form.aera”这个数据项，是不是“form.area”？"),
        ("$zzz", "没有“zzz”这个数据项，请核对名称"),
        ({"eq": ["$form.area", "shop"]}, "eq：小数不能和文字比较"),
        ({"eq": ["$form.place", "shpo"]}, "eq：“form.place”没有选项“shpo”，可选：shop、stall"),
        ({"eq": ["shpo", "$form.place"]}, "eq：“form.place”没有选项“shpo”，可选：shop、stall"),
        ({"in": ["$form.place", ["shop", "shpo"]]}, "in：“form.place”没有选项“shpo”，可选：shop、stall"),
        ({"in": ["warm", "$form.goods"]}, "in：“form.goods”没有选项“warm”，可选：hot、cold"),
        ({"in": ["$form.place", [1, 2]]}, "in：文字不可能是这个列表里的一个"),
        ({"in": [1, "$form.goods"]}, "in：整数不可能是这个列表里的一个"),
        ({"in": ["a", "$form.place"]}, "in[1]：in 的后一部分应当是列表，现在是文字"),
        ({"lt": ["$form.name", "b"]}, "lt：文字没有大小先后，只能用 eq、ne 或 in"),
        ({"all": ["$form.open", "$form.area"]}, "all[1]：这里应当是一个条件，现在是小数"),
        ({"not": 1}, "not：这里应当是一个条件，现在是整数"),
        ({"add": [1, "$form.name"]}, "add[1]：这里应当是数字，现在是文字"),
        ({"if": [1, 2, 3]}, "if[0]：这里应当是一个条件，现在是整数"),
        ({"if": [True, 2, "x"]}, "if：两种结果应当是同一种类型，现在是整数和文字"),
    ],
)
def test_each_fault_is_told_once_with_its_place(tree: object, fault: str) -> None:
    assert check(parse(tree), SCHEMA) == (fault,)
    assert kind(parse(tree), SCHEMA) is None


def test_all_faults_are_told_at_once() -> None:
    assert len(check(parse({"all": ["$a", {"lt": ["$b", 1]}, {"add": [1, "x"]}]}), SCHEMA)) == 3


def test_what_is_expected_of_the_whole_is_checked() -> None:
    assert check(parse({"add": [1, 2]}), SCHEMA, expected=Kind.BOOL) == ("结果应当是“是否”，现在是“整数”",)
    assert check(parse({"add": [1, 2]}), SCHEMA, expected=Kind.DECIMAL) == ()
    assert check(parse({"decimal": "1.5"}), SCHEMA, expected=Kind.INT) == ("结果应当是“整数”，现在是“小数”",)
