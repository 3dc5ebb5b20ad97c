"""Loading editions, publishing and amending years."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from onedoor.areas import commands, models, queries
from onedoor.areas.rules import NATION, PublishedYear
from onedoor.journal.queries import stream
from onedoor.kernel.actor import ANONYMOUS, system
from onedoor.kernel.errors import Forbidden, Invalid
from onedoor.kernel.workdays import Due, add_workdays

BY = system("areas")
NOW = datetime(2026, 2, 13, 1, 0, tzinfo=UTC)
NEXT = PublishedYear(NATION, 2027, "示例：2027 年安排", frozenset({date(2027, 1, 1)}), frozenset({date(2027, 1, 2)}))


@pytest.mark.usefixtures("calendars")
def test_publishing_a_year_makes_provisional_dates_certain() -> None:
    assert add_workdays(date(2026, 12, 31), 2, queries.calendar()) == Due(date(2027, 1, 4), provisional=True)
    assert commands.add_year(NEXT, by=BY, at=NOW)
    assert add_workdays(date(2026, 12, 31), 2, queries.calendar()) == Due(date(2027, 1, 4), provisional=False)
    fact = stream(f"calendar:{NATION}:2027")
    assert [(f.kind, f.body["year"], f.body["make_up"]) for f in fact] == [("calendar_published", 2027, ["2027-01-02"])]


@pytest.mark.usefixtures("calendars")
def test_amending_a_year_is_a_second_fact_and_repeating_it_is_none() -> None:
    commands.add_year(NEXT, by=BY, at=NOW)
    assert not commands.add_year(NEXT, by=BY, at=NOW)
    commands.add_year(replace(NEXT, days_off=frozenset()), by=BY, at=NOW)
    assert [f.kind for f in stream(f"calendar:{NATION}:2027")] == ["calendar_published", "calendar_amended"]
    assert queries.calendar().is_workday(date(2027, 1, 1))


@pytest.mark.usefixtures("calendars")
def test_an_impossible_year_changes_nothing() -> None:
    with pytest.raises(Invalid):
        commands.add_year(replace(NEXT, notice=""), by=BY, at=NOW)
    assert not models.CalendarYear.objects.filter(year=2027).exists()


@pytest.mark.django_db
def test_only_system_administrators_publish() -> None:
    with pytest.raises(Forbidden):
        commands.add_year(NEXT, by=ANONYMOUS, at=NOW)
    with pytest.raises(Forbidden):
        commands.load_divisions(commands.read_division_folder(), by=ANONYMOUS, at=NOW)


@pytest.mark.usefixtures("county")
def test_loading_the_same_edition_twice_changes_nothing() -> None:
    again = commands.load_divisions(commands.read_division_folder(), by=BY, at=NOW)
    assert again == commands.Loaded(0, 0)
    assert len(stream("areas")) == 1


@pytest.mark.usefixtures("county")
def test_a_new_edition_renames_and_keeps_what_it_lacks() -> None:
    edition = [d for d in commands.read_division_folder() if d.code != "530524208213"]
    renamed = [replace(d, name="翁堵新镇") if d.code == "530524109000" else d for d in edition]
    assert commands.load_divisions(renamed, by=BY, at=NOW) == commands.Loaded(0, 1)
    assert queries.division("530524109000").name == "翁堵新镇"
    assert queries.division("530524208213").name == "阿干村民委员会"


@pytest.mark.usefixtures("county")
def test_festivals_come_from_the_county_folder(tmp_path: Path) -> None:
    rows = "area,date,kind,notice\n530524207000,2026-08-06,off,示例：火把节放假通知\n"
    (tmp_path / "festivals-x.csv").write_text(rows, "utf-8")
    commands.load_calendar([*commands.published_years(), *commands.read_festivals(tmp_path)], by=BY, at=NOW)
    festival = date(2026, 8, 6)
    assert not queries.calendar("530524207000").is_workday(festival)
    assert queries.calendar("530524000000").is_workday(festival)


def test_a_faulty_festival_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "festivals-x.csv").write_text("area,date,kind,notice\n530524000000,13.4.2026,off,x\n", "utf-8")
    with pytest.raises(Invalid, match=r"festivals-x\.csv 第 2 行"):
        commands.read_festivals(tmp_path)


def test_a_faulty_division_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "divisions-x.csv").write_text("code,level,name,parent\n53,1,云南省,\n", "utf-8")
    with pytest.raises(Invalid, match=r"divisions-x\.csv：第 2 行 code"):
        commands.read_division_folder(tmp_path)


@pytest.mark.django_db
def test_the_commands_load_and_print() -> None:
    out = StringIO()
    call_command("areas", "load", stdout=out)
    assert "新增 140" in out.getvalue()
    assert "23 个年份" in out.getvalue()
    call_command("areas", "year", "2027", "--notice", "示例", "--off", "2027-01-01", stdout=out)
    assert queries.calendar().last_year == 2027
    with pytest.raises(CommandError, match="文号"):
        call_command("areas", "year", "2028", "--notice", " ")
    with pytest.raises(CommandError, match="没有数据文件夹"):
        call_command("areas", "load", "--folder", "/nowhere")


@pytest.mark.usefixtures("calendars")
def test_workdays_and_codes_speak_json(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("workdays", "add", "2026-02-13", "20")
    call_command("workdays", "between", "2026-02-13", "2026-03-19")
    call_command("workdays", "add", "2026-11-22", "40")
    call_command("codes", "check", "11010519491231002X")
    call_command("codes", "check", "110105194912310021")
    lines = capsys.readouterr().out.splitlines()
    assert '"date": "2026-03-19", "provisional": false' in lines[0]
    assert '"days": 20, "provisional": false' in lines[1]
    assert '"provisional": true' in lines[2]
    assert '"valid": true' in lines[3]
    assert '"valid": false' in lines[4]


@pytest.mark.django_db
def test_workdays_without_a_calendar_say_what_to_do() -> None:
    with pytest.raises(CommandError, match="onedoor areas load"):
        call_command("workdays", "add", "2026-02-13", "20")


@pytest.mark.usefixtures("county")
def test_the_database_refuses_a_second_village_of_one_name_and_a_bad_code() -> None:
    for code, name in (("530524205299", "小街子村民委员会"), ("5305242052", "新村民委员会")):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Division.objects.create(
                code=code, level=5, name=name, name_normalised=name, parent_id="530524205000", edition=""
            )
