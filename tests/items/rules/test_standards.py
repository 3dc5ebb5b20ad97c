"""Standards as files, and the chain of them over a place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.items.samples import item

from onedoor.items.queries import policies
from onedoor.items.rules import BadFile, Level, read_standard, write_standard
from onedoor.items.rules.standards import NATION, Standard, StandardVersion, against, areas_above, chain, level_of
from onedoor.kernel.errors import NotFound

DAY = date(2026, 3, 2)
FAMILY = "00013102600001"
HEAD = "name: 食品经营许可\nbasic_code: '000131026000'\nsequence: '01'\n"


def _version(number: int = 1, area: str = NATION, level: Level = Level.NATIONAL, day: date = DAY) -> StandardVersion:
    return StandardVersion(
        family=FAMILY, level=level, area=area, name="标准", content={}, id=number, number=number, effective_from=day
    )


def test_what_binds_a_village_begins_with_the_nation() -> None:
    assert areas_above("530524101001") == (
        *("000000000000", "530000000000", "530500000000", "530524000000"),
        *("530524101000", "530524101001"),
    )
    assert areas_above("530524000000")[-1] == "530524000000"


def test_of_each_level_the_newest_version_in_force_that_day_counts() -> None:
    county = _version(area="530524000000", level=Level.COUNTY)
    others = [_version(area="530525000000", level=Level.COUNTY), _version(3, day=date(2026, 3, 3))]
    found = chain([county, _version(1), _version(2), *others], area="530524101000", on=DAY)
    assert found == (_version(2), county)


def test_a_standard_written_and_read_again_is_the_same() -> None:
    standard = Standard(
        family=FAMILY,
        level=Level.COUNTY,
        area="530524000000",
        name="昌宁县标准",
        content={"name": "食品经营许可", "basic_code": "000131026000", "sequence": "01", "visits": 0},
    )
    assert read_standard(write_standard(standard), file="a.yaml", table=policies()) == standard


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD, "应当写明 standard"),
        ("standard: {level: '1', area: '000000000000', name: 国家}\nname: 甲\n", "缺少字段 basic_code"),
        ("standard: {level: '9', area: '000000000000', name: 国家}\n" + HEAD, "层级应当是"),
        ("standard: {level: '4', area: '530524101000', name: 县}\n" + HEAD, "区划代码与层级不一致"),
        ("standard: {level: '4', area: '53052400000', name: 县}\n" + HEAD, "12位数字"),
        ("standard: {level: '1', area: '000000000000', name: 国家}\nvisit: 1\n" + HEAD, "没有 visit 这个字段"),
    ],
)
def test_a_file_that_is_no_standard_says_why(text: str, told: str) -> None:
    with pytest.raises(BadFile, match=told):
        read_standard(text, file="a.yaml", table=policies())


def test_a_list_is_held_against_the_standards_over_its_place() -> None:
    food = item("food-business")
    standard = Standard(
        family=FAMILY,
        level=Level.NATIONAL,
        area=NATION,
        name="国家基本目录",
        content={"name": food.name, "visits": 0},
    )
    assert against(food, [standard], policies()) == ()
    elsewhere = replace(standard, area="530525000000", level=Level.COUNTY, content={"name": "别的"})
    assert against(food, [standard, elsewhere], policies()) == ()
    (wrong,) = against(replace(food, visits=2), [standard], policies())
    assert wrong.path == ("visits",)


@pytest.mark.parametrize(
    ("area", "level"),
    [
        (NATION, Level.NATIONAL),
        ("530000000000", Level.PROVINCE),
        ("530500000000", Level.CITY),
        ("530524000000", Level.COUNTY),
        ("530524101000", Level.TOWNSHIP),
    ],
)
def test_a_division_says_whose_standards_it_has(area: str, level: Level) -> None:
    assert level_of(area) is level


@pytest.mark.parametrize("area", ["530524101001", "5305", "", "x"])
def test_below_a_township_nobody_sets_standards(area: str) -> None:
    with pytest.raises(NotFound):
        level_of(area)
