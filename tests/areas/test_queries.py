"""The county's divisions, and its calendar day by day."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onedoor.areas import queries
from onedoor.kernel.errors import NotFound, Refused
from onedoor.kernel.workdays import Due, add_workdays

UNITS = {
    "田园镇": 13, "漭水镇": 9, "柯街镇": 12, "卡斯镇": 11, "勐统镇": 9, "温泉镇": 10, "大田坝镇": 6, "鸡飞镇": 10,
    "翁堵镇": 7, "湾甸傣族乡": 5, "更戛乡": 11, "珠街彝族乡": 10, "耈街彝族苗族乡": 11,
}  # fmt: skip


@pytest.mark.usefixtures("county")
def test_the_county_has_13_townships_and_124_village_units() -> None:
    towns = queries.children(queries.county().code)
    assert {town.name: len(queries.children(town.code)) for town in towns} == UNITS
    assert len(queries.divisions(5)) == sum(UNITS.values()) == 124


@pytest.mark.usefixtures("county")
def test_villages_of_one_name_are_told_apart_by_their_township() -> None:
    found = queries.search("小街子")
    assert [f.path for f in found] == ["湾甸傣族乡 / 小街子村", "更戛乡 / 小街子村"]


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("glyph", ["耈", "耇", "耉"])
def test_any_variant_glyph_finds_the_township(glyph: str) -> None:
    found = queries.search(f"{glyph}街")
    assert [f.division.code for f in found[:2]] == ["530524208000", "530524208201"]
    assert len(found) == 12  # the township, its community of that name, and the ten villages by their path


@pytest.mark.usefixtures("county")
def test_paths_and_full_names() -> None:
    assert queries.path("530524101001") == "田园镇 / 关庙社区"
    assert queries.path("530524101001", between="") == "田园镇关庙社区"
    assert queries.path("530524101000") == "田园镇"
    assert queries.path("530524000000") == "昌宁县"
    assert queries.full_name("530524208212") == "云南省保山市昌宁县耈街彝族苗族乡新厂村民委员会"
    assert "2023-06-30" in queries.division("530524208212").edition


@pytest.mark.usefixtures("county")
def test_an_unknown_code_is_not_found() -> None:
    with pytest.raises(NotFound):
        queries.division("999999999999")


@pytest.mark.usefixtures("county")
def test_a_search_for_nothing_finds_nothing() -> None:
    assert queries.search("  ") == ()


@pytest.mark.usefixtures("calendars")
def test_the_calendar_equals_the_package_on_every_day_2004_to_2026() -> None:
    calendar = queries.calendar()
    day, wrong = date(2004, 1, 1), []
    while day.year <= 2026:
        if calendar.is_workday(day) != chinese_calendar.is_workday(day) or calendar.is_provisional(day):
            wrong.append(day)
        day += timedelta(days=1)
    assert wrong == []
    assert (calendar.first_year, calendar.last_year) == (2004, 2026)


@pytest.mark.usefixtures("calendars")
def test_worked_examples() -> None:
    calendar = queries.calendar()
    assert add_workdays(date(2026, 2, 13), 20, calendar) == Due(date(2026, 3, 19), provisional=False)
    assert add_workdays(date(2026, 11, 22), 40, calendar).provisional


@pytest.mark.usefixtures("calendars")
def test_every_year_names_its_notice() -> None:
    years = queries.years(queries.county().code)
    assert [y.year for y in years] == list(range(2004, 2027))
    assert "国办发明电〔2025〕7号" in years[-1].notice


@pytest.mark.usefixtures("calendars")
def test_a_warm_process_asks_the_database_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    queries.calendar()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for _ in range(3):
            queries.calendar()
            queries.path("530524101001")
    assert len(asked) == 0
    monkeypatch.setattr(queries, "CHECK_SECONDS", 0.0)
    with CaptureQueriesContext(connection) as asked:
        queries.calendar()
    assert len(asked) <= 2  # the version, once for the county and once for the calendar


@pytest.mark.django_db
def test_without_data_the_message_says_what_to_do() -> None:
    with pytest.raises(Refused, match="onedoor areas load"):
        queries.calendar("530524000000")
    with pytest.raises(Refused, match="onedoor areas load"):
        queries.county()


@pytest.mark.usefixtures("calendars")
def test_office_hours_stand_in_the_data_with_their_basis() -> None:
    hours = queries.office().on(date(2026, 3, 2))
    assert (hours.minutes, "办公时间" in hours.basis) == (360, True)
