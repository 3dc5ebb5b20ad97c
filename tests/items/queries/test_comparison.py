"""Lists of one item side by side, and lists that lag behind a changed standard."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.items.commands.test_drafting import national, officer
from tests.items.samples import changed, item

from onedoor.items import commands, queries
from onedoor.items.rules import Item, Level
from onedoor.items.rules.comparison import Mark
from onedoor.items.rules.standards import Standard
from onedoor.kernel.actor import Act, system
from onedoor.kernel.errors import NotFound

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)
SYSTEM = system("test")
pytestmark = pytest.mark.django_db


@pytest.fixture
def food() -> Item:
    one = item("food-business")
    commands.publish_standards([national(one)], by=SYSTEM, at=AT)
    commands.publish([one], by=SYSTEM, at=AT)
    return one


def shorten(food: Item, number: int) -> None:
    """The nation sets another promised limit."""
    standard = national(food)
    clock = {**standard.content["clock"]}
    clock["promised"] = {**clock["promised"], "number": number}
    commands.publish_standards([replace(standard, content={**standard.content, "clock": clock})], by=SYSTEM, at=AT)


def test_an_item_stands_beside_its_standard_with_the_level_of_each_value(food: Item) -> None:
    found = queries.beside(food.family, on=DAY)
    assert [one.names for one in found.columns] == [("国家基本目录",), (food.organ_name,)]
    (promised,) = [line for line in found.lines if line.path == ("clock", "promised")]
    assert [(held.value["number"], held.origin, held.mark) for held in promised.held] == [
        (10, "国家基本目录", Mark.SAME),
        (5, food.organ_name, Mark.BETTER),
    ]


def test_what_binds_only_one_of_the_places_is_not_the_standard_of_all() -> None:
    towns = item("rural-homestead")
    content = {"name": towns.name, "basic_code": towns.basic_code, "sequence": towns.sequence}
    local = Standard(family=towns.family, level=Level.TOWNSHIP, area=towns.area, name="本镇标准", content=content)
    commands.publish([towns], by=SYSTEM, at=AT)
    commands.publish_standards([national(towns), local], by=SYSTEM, at=AT)
    assert queries.beside(towns.family, on=DAY).columns[0].names == ("国家基本目录",)


def test_another_county_s_list_stands_beside_ours(food: Item) -> None:
    theirs = changed({"clock.promised.number": 2})
    found = queries.beside(food.family, on=DAY, others=[("邻县", theirs)])
    assert found.columns[-1].names == ("邻县",)
    assert [line.label for line in found.differing if line.held[-1].value != line.held[-2].value] == ["承诺办结时限"]


@pytest.mark.parametrize("family", ["", "1", "99999999999901"])
def test_an_item_that_nobody_offers_cannot_be_compared(food: Item, family: str) -> None:
    with pytest.raises(NotFound):
        queries.beside(family, on=DAY)


def test_items_are_listed_with_all_names_they_go_by(food: Item) -> None:
    (family,) = queries.families()
    assert (family.family, family.names, family.organs) == (food.family, (food.name,), (food.organ_name,))


def test_a_list_that_lags_behind_shows_itself_before_and_after(food: Item) -> None:
    assert queries.lagging(queries.behind(on=DAY), on=DAY) == ()
    shorten(food, 4)
    (found,) = queries.lagging(queries.behind(on=DAY), on=DAY)
    (line,) = found.comparison.differing
    assert [held.value["number"] for held in line.held] == [5, 4]
    assert line.held[1].origin == "国家基本目录"
    assert ["承诺的期限是4个工作日" in fault.message for fault in found.faults] == [True]  # its steps take five
    assert [(one.name, one.number) for one in found.standards] == [("国家基本目录", 2)]


def test_what_is_shown_is_what_adoption_makes(food: Item) -> None:
    commands.publish_standards([national(food, quantity_limit="没有数量限制")], by=SYSTEM, at=AT)
    (found,) = queries.lagging(queries.behind(on=DAY), on=DAY)
    draft = commands.adopt(food.code, by=officer(1, Act.MANAGE_ITEMS, organ=food.organ), at=AT)
    commands.publish_draft(draft.id, by=officer(2, Act.PUBLISH_ITEMS), at=AT, version=draft.version)
    after = {line.path: line.held[-1].value for line in found.comparison.lines}
    now = queries.beside(food.family, on=DAY).lines
    assert {line.path: line.held[-1].value for line in now} == after
    assert queries.lagging(queries.behind(on=DAY), on=DAY) == ()


def test_a_better_local_value_survives_a_change_above(food: Item) -> None:
    shorten(food, 7)
    (found,) = queries.lagging(queries.behind(on=DAY), on=DAY)
    assert found.comparison.differing == ()


def test_a_standard_that_leaves_a_hole_says_what_would_be_missing(food: Item) -> None:
    tree = {name: value for name, value in national(food).content.items() if name != "audiences"}
    commands.publish_standards([replace(national(food), content=tree)], by=SYSTEM, at=AT)
    (found,) = queries.lagging(queries.behind(on=DAY), on=DAY)
    assert [fault.message for fault in found.faults] == ["缺少字段 audiences"]
