import pytest
from hypothesis import given

from onedoor.kernel.expr import describe, parse

from .strategies import trees

LABELS = {
    "form.place": "经营场所",
    "form.place=shop": "门店",
    "form.area": "经营面积",
    "form.since": "开业日期",
    "form.open": "是否已开业",
    "form.goods": "经营项目",
    "form.goods=hot": "热食类",
    "form.seats": "座位数",
}


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (
            {"all": [{"eq": ["$form.place", "shop"]}, {"gt": ["$form.area", 50]}]},
            "“经营场所”是“门店”，并且“经营面积”大于50",
        ),
        (
            {"any": ["$form.open", {"all": [{"le": ["$form.area", 50]}, {"not": {"present": "$form.seats"}}]}]},
            "“是否已开业”为是，或者（“经营面积”不超过50，并且并非（已填写“座位数”））",
        ),
        ({"ge": ["$form.since", {"date": "2026-03-02"}]}, "“开业日期”不早于2026年3月2日"),
        ({"eq": ["$form.open", False]}, "“是否已开业”为否"),
        ({"ne": ["$form.place", "shop"]}, "“经营场所”不是“门店”"),
        ({"in": ["$form.place", ["shop", "van"]]}, "“经营场所”是“门店”、“van”之一"),
        ({"in": ["hot", "$form.goods"]}, "“经营项目”包含“热食类”"),
        ({"max": [80, {"mul": ["$form.area", {"decimal": "1.50"}]}]}, "80、（“经营面积”乘以1.50）中较大者"),
        ({"if": [{"eq": ["$form.place", "shop"]}, 80, 0]}, "（如果“经营场所”是“门店”，则为80，否则为0）"),
        ({"all": [True]}, "任何情形"),
        ({"any": [{"eq": ["$form.x", 1]}]}, "“form.x”是1"),
    ],
)
def test_a_condition_reads_as_chinese(tree: object, text: str) -> None:
    assert describe(parse(tree), LABELS) == text


@given(trees)
def test_every_expression_can_be_described(tree: object) -> None:
    assert describe(parse(tree), {})
