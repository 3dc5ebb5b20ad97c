"""督查: who may look, two clicks to a case, and files that hold no more than the page."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.world import World, staff

from onedoor.cases import commands as cases
from onedoor.cases import models as rows
from onedoor.journal import queries as journal
from onedoor.kernel.actor import Act
from onedoor.orgs.rules import Organ, OrganKind, OrganLevel
from onedoor.orgs.rules.values import ALWAYS
from onedoor.supervision import commands

pytestmark = pytest.mark.django_db
Acting = Callable[..., Client]
PAGES = ("/desk/director/", "/desk/director/places/", "/desk/director/cases/", "/desk/director/export/figures/csv/")


@pytest.fixture
def number(world: World) -> str:
    at: datetime = timezone.now()
    return cases.submit(world.application(), by=world.citizen, at=at, key="k").number


def follow() -> None:
    for pk in rows.Case.objects.values_list("pk", flat=True):
        commands.count(journal.stream(f"case:{pk}"))


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_for_whoever_oversees_nothing_the_page_does_not_exist(world: World, acting: Acting, address: str) -> None:
    assert acting(world.clerk).get(address).status_code == 404
    assert acting(world.citizen).get(address).status_code == 404
    assert acting(staff("主任", None, Act.OVERSEE)).get(address).status_code == 200


def test_a_number_is_two_clicks_from_its_case(world: World, acting: Acting, number: str) -> None:
    follow()
    director = acting(staff("主任", None, Act.OVERSEE))
    first = text(director, "/desk/director/")
    link = "/desk/director/cases/?measure=received&amp;period=today"
    assert f'href="{link}&amp;organ={world.item.organ}"' in first
    second = text(director, f"{link.replace('&amp;', '&')}&organ={world.item.organ}")
    assert f'href="/desk/cases/{number}/"' in second
    assert "张三" not in second  # masked, as in every list
    assert director.get(f"/desk/cases/{number}/").status_code == 200


def test_a_leader_sees_his_own_organ_and_no_other(world: World, acting: Acting, number: str) -> None:
    follow()
    own = text(acting(staff("局长甲", world.item.organ, Act.OVERSEE)), "/desk/director/")
    other = text(acting(staff("局长乙", "11530524015140001X", Act.OVERSEE)), "/desk/director/")
    assert world.item.organ in own
    assert world.item.organ not in other
    asked = f"/desk/director/cases/?measure=received&organ={world.item.organ}"
    assert number not in text(acting(staff("局长丙", "11530524015140001X", Act.OVERSEE)), asked)


def test_a_period_is_chosen_and_an_unknown_one_is_today(world: World, acting: Acting, number: str) -> None:
    follow()
    director = acting(staff("主任", None, Act.OVERSEE))
    assert '<a href="?period=month" aria-current="true">' in text(director, "/desk/director/?period=month")
    assert '<a href="?period=today" aria-current="true">' in text(
        director, "/desk/director/?period=x&page=²&measure=%00"
    )
    assert "<svg" in text(director, "/desk/director/?period=year")


def test_nothing_done_says_so(world: World, acting: Acting) -> None:
    page = text(acting(staff("主任", None, Act.OVERSEE)), "/desk/director/")
    assert "这段时间没有办件" in page
    assert "这段时间没有工作人员办理" in page


def test_a_day_without_acts_shows_the_last_thirty_days_beside_it(world: World, acting: Acting) -> None:
    at = timezone.now() - timedelta(days=3)
    number = cases.submit(world.application(), by=world.citizen, at=at, key="k").number
    cases.accept(number, by=world.clerk, at=at + timedelta(minutes=1))
    follow()
    director = acting(staff("主任", None, Act.OVERSEE))
    page = text(director, "/desk/director/")
    assert "今日还没有收件、受理、办结、超期和退回，旁边是近 30 日的" in page
    assert "100.0%" in page
    for measure in ("received", "acts", "live"):
        link = f"/desk/director/cases/?measure={measure}&period=lately&organ={world.item.organ}"
        assert link.replace("&", "&amp;") in page
        assert f"/desk/cases/{number}/" in text(director, link)
    held = director.get("/desk/director/export/figures/csv/?period=today").content.decode("utf-8-sig").splitlines()
    assert held[0].startswith("机关,今日 收件,")
    assert "近 30 日 收件" in held[0]


def test_what_is_missing_in_the_hall_is_told_on_the_first_page(world: World, acting: Acting) -> None:
    page = text(acting(staff("主任", None, Act.OVERSEE)), "/desk/director/")
    assert 'href="/desk/director/places/#hall"' in page
    assert 'href="/desk/director/places/#authorised"' in page


def test_files_hold_the_rows_of_the_page(world: World, acting: Acting, number: str) -> None:
    follow()
    director = acting(staff("主任", None, Act.OVERSEE))
    answer = director.get("/desk/director/export/cases/csv/?measure=received")
    held = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in held] == ["办件编号", number]
    book = ZipFile(BytesIO(director.get("/desk/director/export/figures/xlsx/").content))
    sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert any(cell.text == "1" for cell in sheet.iter() if cell.tag.endswith("}v"))
    other = acting(staff("局长乙", "11530524015140001X", Act.OVERSEE))
    assert number not in other.get("/desk/director/export/cases/csv/?measure=received").content.decode()


@pytest.mark.parametrize("address", ["figures/pdf", "nothing/csv"])
def test_a_file_that_is_none_is_not_found(world: World, acting: Acting, address: str) -> None:
    director = acting(staff("主任", None, Act.OVERSEE))
    assert director.get(f"/desk/director/export/{address}/").status_code == 404


@pytest.mark.parametrize("kind", ["hall", "authorised", "adoption"])
def test_every_table_leaves_as_a_file(world: World, acting: Acting, kind: str) -> None:
    director = acting(staff("主任", None, Act.OVERSEE))
    assert director.get(f"/desk/director/export/{kind}/csv/").content.startswith(b"\xef\xbb\xbf")


def test_an_item_outside_the_hall_is_listed_with_its_reason(
    world: World, acting: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, level = OrganKind.DEPARTMENT, OrganLevel.COUNTY
    organ = Organ(world.item.organ, "市场监督管理局", "市监局", kind, level, "530524000000", None, ALWAYS)
    monkeypatch.setattr("onedoor.orgs.queries.organs", lambda *_, **__: (organ,))
    assert "办理地点不是已启用的办事场所" in text(acting(staff("主任", None, Act.OVERSEE)), "/desk/director/places/")


def test_adoption_counts_an_officers_act(world: World, acting: Acting, number: str) -> None:
    cases.accept(number, by=replace(world.clerk), at=timezone.now() + timedelta(seconds=1))
    follow()
    assert "100.0%" in text(acting(staff("主任", None, Act.OVERSEE)), "/desk/director/")
