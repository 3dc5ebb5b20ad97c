"""Rules of divisions and published years."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.areas.rules import (
    NATION,
    Division,
    PublishedYear,
    check_year,
    lineage,
    merge,
    normalise,
    prefix_of,
    read_divisions,
)
from onedoor.kernel.errors import Invalid

COUNTY = "530524000000"
TOWN = "530524207000"


def year(area: str, of: int, off: tuple[date, ...] = (), make_up: tuple[date, ...] = ()) -> PublishedYear:
    return PublishedYear(area, of, "通知", frozenset(off), frozenset(make_up))


@pytest.mark.parametrize(
    ("code", "prefix"),
    [
        ("530000000000", "53"),
        ("500000000000", "50"),
        ("530500000000", "5305"),
        (COUNTY, "530524"),
        ("530524101000", "530524101"),
        ("530524101201", "530524101201"),
        (NATION, ""),
    ],
)
def test_a_prefix_drops_the_zeros_of_lower_levels_only(code: str, prefix: str) -> None:
    assert prefix_of(code) == prefix


def test_lineage_goes_from_the_nearest_area_to_the_nation() -> None:
    assert lineage("530524101201") == (
        "530524101201",
        "530524101000",
        COUNTY,
        "530500000000",
        "530000000000",
        NATION,
    )
    assert lineage(NATION) == (NATION,)


@given(st.text(max_size=30))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_variant_glyphs_fold_to_one() -> None:
    assert normalise("耈街") == normalise("耇街") == normalise("耉 街")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("关庙社区居民委员会", "关庙社区"),
        ("新城社区村民委员会", "新城社区"),
        ("明华村民委员会", "明华村"),
        ("某居民委员会", "某社区"),
    ],
)
def test_a_village_is_shown_by_its_short_name(name: str, short: str) -> None:
    assert Division("530524101001", 5, name, "530524101000").short_name == short


def test_the_nearest_area_wins_over_the_nation() -> None:
    festival, worked = date(2026, 4, 13), date(2026, 5, 1)
    years = [
        year(NATION, 2026, off=(worked, date(2026, 10, 1))),
        year(COUNTY, 2026, off=(festival,)),
        year(TOWN, 2026, make_up=(worked,)),
    ]
    town, county, elsewhere = (merge(years, area, "v") for area in (TOWN, COUNTY, "530521000000"))
    assert town is not None
    assert county is not None
    assert elsewhere is not None
    assert town.is_workday(worked)
    assert not county.is_workday(worked)
    assert not town.is_workday(festival)
    assert elsewhere.is_workday(festival)


def test_a_calendar_ends_before_the_first_missing_year() -> None:
    calendar = merge([year(NATION, y) for y in (2024, 2025, 2027)], COUNTY, "v")
    assert calendar is not None
    assert (calendar.first_year, calendar.last_year) == (2024, 2025)


def test_local_festivals_alone_make_no_calendar() -> None:
    assert merge([year(COUNTY, 2026, off=(date(2026, 4, 13),))], COUNTY, "v") is None


def test_a_year_needs_its_notice_and_its_own_days() -> None:
    both = date(2027, 1, 1)
    wrong = PublishedYear("53", 2027, " ", frozenset({both, date(2026, 11, 30)}), frozenset({both}))
    with pytest.raises(Invalid) as caught:
        check_year(wrong)
    assert [e.field for e in caught.value.errors] == ["notice", "area", "days", "days"]


def test_make_up_days_of_the_december_before_belong_to_the_notice() -> None:
    check_year(year(NATION, 2008, make_up=(date(2007, 12, 29),)))


def test_each_faulty_line_of_a_division_file_is_named() -> None:
    rows: list[dict[str, str | None]] = [
        {"code": "530000000000", "level": "1", "name": "云南省", "parent": ""},
        {"code": "5305", "level": "2", "name": "保山市", "parent": "530000000000"},
        {"code": "530524000000", "level": "9", "name": "", "parent": "530500000000"},
        {"code": "530524101000", "level": "3", "name": "田园镇", "parent": "530524000000"},
        {"code": "530000000000", "level": "1", "name": "云南省", "parent": ""},
    ]
    with pytest.raises(Invalid) as caught:
        read_divisions(rows, "")
    assert [e.field for e in caught.value.errors] == ["3.code", "4.level", "4.name", "5.level", "6.code"]


def test_a_parent_must_be_in_the_file_and_one_level_up() -> None:
    rows: list[dict[str, str | None]] = [
        {"code": "530000000000", "level": "1", "name": "云南省", "parent": None},
        {"code": "530524000000", "level": "3", "name": "昌宁县", "parent": "530000000000"},
    ]
    with pytest.raises(Invalid, match="昌宁县"):
        read_divisions(rows, "")
