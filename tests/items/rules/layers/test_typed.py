"""Cells are read as their fields' types say, and a complete list says only what is its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from onedoor.items.queries import DATA, load_yaml
from onedoor.items.rules import Item, Level, decode
from onedoor.items.rules.layers import Layer, Policies, cell, complete, deviations, fold, own, read_cells
from onedoor.kernel.tree import Malformed

FILES = sorted((DATA / "530524").glob("*.yaml"))
FOOD = DATA / "530524" / "food-business.yaml"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_list_below_an_equal_standard_says_nothing_and_is_the_same_item(policies: Policies, file: Path) -> None:
    tree = load_yaml(file)
    item = decode(Item, tree)
    standard = Layer(Level.NATIONAL, "国家基本目录", tree)
    above = fold([replace(standard, content=assembled(tree, policies))], policies)
    assert own(above, item) == {}
    assert decode(Item, above.tree()) == item


def assembled(tree: dict[str, object], policies: Policies) -> dict[str, object]:
    return fold([Layer(Level.NATIONAL, "", own(fold([], policies), decode(Item, tree)))], policies).tree()


def test_a_list_keeps_the_place_of_its_own_question(policies: Policies) -> None:
    tree = load_yaml(FOOD)
    above = fold([Layer(Level.NATIONAL, "国家基本目录", assembled(tree, policies))], policies)
    asked = [dict(row) for row in tree["situations"]]
    mine = {"key": "floors", "question": "店里有几层？", "options": asked[0]["options"]}
    item = decode(Item, {**tree, "situations": [asked[0], mine, *asked[1:]]})
    said = own(above, item)
    assert said == {"situations": [mine, {"key": asked[1]["key"]}]}
    assert decode(Item, fold([*above.layers, Layer(Level.COUNTY, "某局", said)], policies).tree()) == item


def test_a_list_without_a_standard_says_what_its_file_says(policies: Policies) -> None:
    item = decode(Item, load_yaml(FOOD))
    assert decode(Item, own(fold([], policies), item)) == item


def test_a_complete_list_that_leaves_a_convenience_out_takes_it_away(policies: Policies) -> None:
    above = fold([Layer(Level.NATIONAL, "国家基本目录", {"courier": True})], policies)
    item = replace(decode(Item, load_yaml(FOOD)), courier=False)
    (wrong,) = deviations(above, Layer(Level.COUNTY, "昌宁县", own(above, item)))
    assert "上级已经要求的便利，不能取消" in wrong.message


def test_equal_values_are_written_equally(policies: Policies) -> None:
    short = cell(("clock", "promised"), {"number": 5, "unit": "workday", "start": "accepted", "note": ""}, policies)
    assert short == {"number": 5, "unit": "workday", "start": "accepted"}
    assert cell(("materials", "layout", "by_law"), " 食品安全法 33(1).4 ", policies) == "食品安全法 33(1).4"
    assert cell(("visits",), 0, policies) == 0


@pytest.mark.parametrize(
    ("tree", "told"),
    [
        ({"visits": "零次"}, "整数"),
        ({"visit": 0}, "没有 visit 这个字段"),
        ({"materials": [{"key": "a", "source": "borrowed"}]}, "不是代码表中的值"),
        ({"clock": {"promised": {"number": 5}}}, "缺少字段 unit"),
        ({"situations": [{"key": "a", "question": "甲？", "options": [{"value": "x"}]}]}, "缺少字段 label"),
    ],
)
def test_what_is_no_such_value_is_refused_in_its_place(policies: Policies, tree: dict[str, Any], told: str) -> None:
    with pytest.raises(Malformed, match=told):
        read_cells(tree, policies)


def test_every_cell_of_a_list_is_complete(policies: Policies) -> None:
    item = decode(Item, load_yaml(FOOD))
    found = complete(item, policies)
    assert found["materials", "layout", "copies"] == 0
    assert found["clock", "legal"]["number"] == 10
