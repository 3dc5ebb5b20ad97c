"""流程推演 at the desk: without scripts, by each source, and the plan as a file."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from tests.items.commands.test_drafting import SYSTEM, officer
from tests.items.samples import item, singles

from onedoor.items import commands, queries
from onedoor.items.rules import Item
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.plan import plan_from_bpmn

pytestmark = pytest.mark.django_db


@pytest.fixture
def food() -> Item:
    call_command("areas", "load")
    one = item("food-business")
    commands.publish([one], by=SYSTEM, at=timezone.now())
    return one


@pytest.fixture
def desk(acting: Callable[[Actor], Client], food: Item) -> Client:
    return acting(officer(1, Act.MANAGE_ITEMS, organ=food.organ))


@pytest.mark.parametrize("source", ["history", "promise", "statute"])
def test_the_page_says_how_long_where_it_sticks_and_what_changes_give(desk: Client, food: Item, source: str) -> None:
    page = desk.get(f"/desk/catalogue/items/{food.code}/whatif/?durations={source}").content.decode()
    assert "个工作日以内" in page
    assert "由它决定办完的日子" in page
    assert "缩短一天" in page
    assert ("先按承诺的环节时限算" in page) == (source == "history")


def test_a_source_that_there_is_not_is_not_found(desk: Client, food: Item) -> None:
    assert desk.get(f"/desk/catalogue/items/{food.code}/whatif/?durations=guess").status_code == 404
    assert desk.get("/desk/catalogue/items/x/whatif/").status_code == 404


def test_the_plan_is_handed_out_for_any_modeller(desk: Client, food: Item) -> None:
    answer = desk.get(f"/desk/catalogue/items/{food.code}/plan.bpmn")
    assert plan_from_bpmn(answer.content.decode()) == food.plan
    assert "attachment" in answer["Content-Disposition"]


def test_the_page_of_an_item_leads_there(desk: Client, food: Item) -> None:
    page = desk.get(f"/desk/catalogue/items/{food.code}/").content.decode()
    assert f"/desk/catalogue/items/{food.code}/whatif/" in page
    assert f"/desk/catalogue/items/{food.code}/plan.bpmn" in page


def test_a_draft_is_tried_on_the_past_where_there_is_one(desk: Client, food: Item) -> None:
    address = f"/desk/catalogue/items/{food.code}/whatif/"
    assert "草稿用在近一年办过的件上" not in desk.get(address).content.decode()
    commands.open_draft(food.code, by=officer(1, Act.MANAGE_ITEMS, organ=food.organ), at=timezone.now())
    assert "照草稿把近一年的件重办一遍" in desk.get(address).content.decode()
    assert "近一年办结的 0 件照草稿重办一遍" in desk.get(f"{address}?against=draft").content.decode()


@pytest.mark.parametrize("source", ["history", "promise", "statute"])
def test_a_bundle_is_reckoned_over_its_members(acting: Callable[[Actor], Client], source: str) -> None:
    call_command("areas", "load")
    joint = item("bundles/project-3-building")
    commands.publish([singles()[member.item] for member in joint.members], by=SYSTEM, at=timezone.now())
    queries.forget()
    commands.publish(queries.composed([joint]), by=SYSTEM, at=timezone.now())
    desk = acting(officer(1, Act.MANAGE_ITEMS, organ=joint.organ))
    page = desk.get(f"/desk/catalogue/items/{joint.code}/whatif/?durations={source}").content.decode()
    assert "个工作日以内" in page
    assert "消防设计审查" in page
    assert "不办「" not in page
