"""检查: who may look, two clicks from a number to its item, and files that open as data."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from io import StringIO

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.world import World, staff
from tests.items.samples import item

from onedoor.items import commands
from onedoor.items.rules import Item
from onedoor.kernel.actor import Act, system

pytestmark = pytest.mark.django_db
Acting = Callable[..., Client]
PAGES = ("/desk/standards/", "/desk/standards/check/", "/desk/standards/check/export/csv/")


@pytest.fixture
def overseer(world: World, acting: Acting) -> Client:
    return acting(staff("主任", None, Act.OVERSEE))


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def warned() -> Item:
    """A list of which a rule asks for a second look: divorce takes two visits by law."""
    one = item("divorce-registration")
    commands.publish([one], by=system("t"), at=timezone.now())
    return one


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("act", [Act.MANAGE_ITEMS, Act.PUBLISH_ITEMS, Act.OVERSEE])
def test_who_drafts_publishes_or_oversees_comes_in(world: World, acting: Acting, address: str, act: Act) -> None:
    assert acting(staff("某人", world.item.organ, act)).get(address).status_code == 200
    assert acting(world.clerk).get(address).status_code == 404
    assert acting(world.citizen).get(address).status_code == 404


def test_the_index_of_each_organ_is_shown_with_how_it_is_reckoned(overseer: Client, world: World) -> None:
    page = text(overseer, "/desk/standards/")
    assert world.item.organ_name in page
    assert "<svg" in page
    assert "每份清单从 100 分起" in page


def test_an_empty_catalogue_says_so(acting: Acting) -> None:
    assert "目录里还没有清单" in text(acting(staff("主任", None, Act.OVERSEE)), "/desk/standards/")


def test_a_number_is_two_clicks_from_its_item(overseer: Client, warned: Item) -> None:
    link = f"/desk/standards/check/?organ={warned.organ}&amp;severity=warning"
    assert f'href="{link}"' in text(overseer, "/desk/standards/")
    page = text(overseer, link.replace("&amp;", "&"))
    assert f'href="/items/{warned.code}/"' in page
    assert "到现场次数" in page
    assert "怎么改" in page


def test_who_works_on_items_comes_to_the_sheet(acting: Acting, warned: Item, world: World) -> None:
    page = text(acting(staff("起草", None, Act.MANAGE_ITEMS)), "/desk/standards/check/?rule=visits.most")
    assert f'href="/desk/catalogue/items/{warned.code}/"' in page


def test_findings_are_narrowed_by_organ_rule_and_severity(overseer: Client, warned: Item, world: World) -> None:
    assert warned.name in text(overseer, "/desk/standards/check/?severity=warning&rule=visits.most")
    assert "没有这样的问题" in text(overseer, f"/desk/standards/check/?organ={world.item.organ}&rule=visits.most")
    assert "没有这样的问题" in text(overseer, "/desk/standards/check/?severity=%00error")


def test_the_same_finding_of_many_organs_is_one_line(overseer: Client) -> None:
    towns = item("birth-registration")
    commands.publish([towns], by=system("t"), at=timezone.now())
    page = text(overseer, "/desk/standards/check/?rule=form.unused")
    assert page.count('<th scope="row">') < len(towns.implementers)
    assert f"{towns.organ_name}等 {len(towns.implementers) + 1} 个机关" in page


def test_files_hold_every_list_for_itself(overseer: Client, warned: Item) -> None:
    address = "/desk/standards/check/export/{}/?rule=visits.most"
    rows = list(csv.reader(StringIO(overseer.get(address.format("csv")).content.decode("utf-8-sig"))))
    assert rows[1][:3] == [warned.organ_name, warned.name, warned.code]
    (told,) = json.loads(overseer.get(address.format("json")).content)
    assert (told["code"], told["rule"], told["field"]) == (warned.code, "visits.most", "visits")
    log = json.loads(overseer.get(address.format("sarif")).content)
    assert log["runs"][0]["results"][0]["ruleId"] == "visits.most"
    assert overseer.get(address.format("xml")).status_code == 404


def test_a_name_that_looks_like_a_formula_is_disarmed(overseer: Client, warned: Item) -> None:
    evil = replace(warned, organ_name='=HYPERLINK("x")', summary="改")
    commands.publish([evil], by=system("t"), at=timezone.now())
    body = overseer.get("/desk/standards/check/export/csv/?rule=visits.most").content.decode("utf-8-sig")
    assert body.splitlines()[1].startswith("\"'=HYPERLINK")
