"""Standards on the desk: drafted by one, published by another, followed by the lists below; each level its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.world import World
from tests.items.commands.test_drafting import SYSTEM, national, officer
from tests.items.samples import item

from onedoor.items import commands, queries
from onedoor.items.rules import Item, encode
from onedoor.items.rules.drafting import Draft, DraftState
from onedoor.items.rules.standards import NATION
from onedoor.kernel.actor import Act

pytestmark = pytest.mark.django_db
Acting = Callable[..., Client]
COUNTY = "530524000000"
HOME = "/desk/catalogue/"
OFFICE = officer(21, Act.MANAGE_ITEMS, Act.PUBLISH_ITEMS)
SECOND = officer(22, Act.MANAGE_ITEMS, Act.PUBLISH_ITEMS)


@pytest.fixture
def homestead(world: World) -> Item:
    """One item of thirteen townships below a national standard; the county has set none."""
    one = item("rural-homestead")
    commands.publish_standards([national(one, clock=encode(one)["clock"])], by=SYSTEM, at=timezone.now())
    commands.publish([one], by=SYSTEM, at=timezone.now())
    return one


@pytest.fixture
def office(acting: Acting) -> Client:
    return acting(OFFICE)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def address(one: Item, area: str = COUNTY) -> str:
    return f"{HOME}standards/{one.family}/{area}/"


def drafted() -> Draft:
    (found,) = (one for one in queries.drafts(by=SYSTEM) if not one.code)
    return found


def save(browser: Client, place: str, **fields: str) -> Any:
    held = drafted()
    values = {f"{place}.{name}": value for name, value in fields.items()}
    return browser.post(f"{HOME}drafts/{held.id}/edit/{place}/", {"version": held.version, "act": "save", **values})


def do(browser: Client, act: str, **fields: str) -> Any:
    held = drafted()
    return browser.post(f"{HOME}drafts/{held.id}/do/{act}/", {"version": held.version, **fields})


def promise(number: int) -> dict[str, str]:
    return {"number": str(number), "unit": "workday", "start": "accepted", "article": "", "note": "县承诺"}


def test_a_county_s_standard_is_drafted_reviewed_published_and_followed_by_a_township(
    homestead: Item, office: Client, acting: Acting
) -> None:
    assert "起草本级的标准" in text(office.get(address(homestead)))
    office.post(address(homestead) + "open/")
    assert save(office, "clock.promised", **promise(homestead.clock.promised.number - 1)).status_code == 302
    page = text(office.get(f"{HOME}drafts/{drafted().id}/"))
    assert "13 份清单" in page
    assert "在上级标准上改了什么" in page
    do(office, "submit", reason="压缩时限")
    assert "不能自己审核发布" in text(office.get(f"{HOME}drafts/{drafted().id}/"))
    answer = do(acting(SECOND), "publish")
    assert answer["Location"] == address(homestead)
    assert "第 1 版" in text(office.get(answer["Location"]))
    town = homestead.implementers[0]
    clerk = officer(5, Act.MANAGE_ITEMS, organ=town.organ, area=town.area.rstrip("0"))
    behind = text(acting(clerk).get("/desk/standards/behind/", {"mine": "1"}))
    assert "1 份清单还没有跟上" in behind
    assert "昌宁县事项标准" in behind
    code = f"{town.organ}{homestead.level}{homestead.family}"
    acting(clerk).post("/desk/standards/behind/", {"code": code})
    (adopted,) = (one for one in queries.drafts(by=SYSTEM) if one.code == code)
    assert adopted.state is DraftState.SUBMITTED
    commands.publish_draft(adopted.id, by=SECOND, at=timezone.now(), version=adopted.version)
    assert queries.published(code).clock.promised.number == homestead.clock.promised.number - 1


def test_what_the_nation_set_is_not_a_county_s_to_change_and_the_page_says_whose_it_is(
    homestead: Item, office: Client
) -> None:
    page = text(office.get(address(homestead, NATION)))
    assert "这是国家级标准" in page
    assert "在本级另定更方便群众的标准" in page
    answer = office.post(address(homestead, NATION) + "open/")
    assert answer.status_code == 403
    assert "要改它，请报请那一级" in text(answer)


def test_a_township_sets_no_standard_for_the_county(homestead: Item, acting: Acting) -> None:
    town = homestead.implementers[0]
    clerk = acting(officer(5, Act.MANAGE_ITEMS, organ=town.organ, area=town.area.rstrip("0")))
    assert "由县级管理事项标准的人修改" in text(clerk.get(address(homestead)))
    assert clerk.post(address(homestead) + "open/").status_code == 403


@pytest.mark.parametrize("area", ["530524101001", "530599000000", "1", "x"])
def test_a_level_that_there_is_not_has_no_page(homestead: Item, office: Client, area: str) -> None:
    assert office.get(address(homestead, area)).status_code == 404
    assert office.post(address(homestead, area) + "open/").status_code in {403, 404}


def test_an_item_without_any_standard_has_no_page(homestead: Item, office: Client) -> None:
    assert office.get(f"{HOME}standards/99999999999901/{COUNTY}/").status_code == 404


def test_a_county_may_leave_open_what_it_does_not_want_to_set(homestead: Item, office: Client) -> None:
    office.post(address(homestead) + "open/")
    sheet = text(office.get(f"{HOME}drafts/{drafted().id}/"))
    assert "没有规定" in sheet
    assert "办理地点和时间" not in sheet  # who and where is for the lists
    for place in ("basic", "limits", "ways", "results", "told", "clock.promised", "materials", "situations", "plan"):
        assert office.get(f"{HOME}drafts/{drafted().id}/edit/{place}/").status_code == 200
    answer = office.post(
        f"{HOME}drafts/{drafted().id}/edit/ways/", {"version": drafted().version, "act": "save", "visits": "0"}
    )
    assert answer.status_code == 302
    assert set(drafted().own) == {"name", "basic_code", "sequence", "visits"}
    office.post(
        f"{HOME}drafts/{drafted().id}/edit/visits/", {"version": drafted().version, "act": "inherit", "of": "visits"}
    )
    assert set(drafted().own) == {"name", "basic_code", "sequence"}


def test_a_county_adds_no_material_to_a_standard_either(homestead: Item, office: Client) -> None:
    office.post(address(homestead) + "open/")
    assert "本级不能增加" in text(office.get(f"{HOME}drafts/{drafted().id}/edit/materials/"))


def test_a_standard_is_no_whole_item_to_be_tried(homestead: Item, office: Client) -> None:
    office.post(address(homestead) + "open/")
    assert office.get(f"{HOME}drafts/{drafted().id}/try/").status_code == 404


def test_what_would_break_lists_below_is_told_before_publication(homestead: Item, office: Client) -> None:
    office.post(address(homestead) + "open/")
    save(office, "clock.promised", **promise(1))
    page = text(office.get(f"{HOME}drafts/{drafted().id}/"))
    assert "要先改环节等" in page
    assert "承诺的期限是1个工作日" in page


def test_a_standard_published_in_between_is_not_overwritten(homestead: Item, office: Client, acting: Acting) -> None:
    office.post(address(homestead) + "open/")
    save(office, "clock.promised", **promise(homestead.clock.promised.number - 1))
    do(office, "submit")
    county = replace(national(homestead), area=COUNTY, level=drafted().level, name="县标准", content=drafted().own)
    commands.publish_standards([county], by=SYSTEM, at=timezone.now())
    assert "又发布了新版本" in text(do(acting(SECOND), "publish"))


def test_a_first_standard_that_sets_nothing_is_not_sent(homestead: Item, office: Client) -> None:
    office.post(address(homestead) + "open/")
    assert "还没有改动" in text(office.get(f"{HOME}drafts/{drafted().id}/"))
    assert do(office, "submit").status_code == 422
