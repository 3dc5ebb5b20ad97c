"""上级标准变了: what adoption makes of each list, and adopting what is one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.world import World, staff
from tests.items.commands.test_drafting import national
from tests.items.samples import item

from onedoor.items import commands, queries
from onedoor.items.rules import Item, encode
from onedoor.items.rules.drafting import DraftState
from onedoor.kernel.actor import Act, system

pytestmark = pytest.mark.django_db
Acting = Callable[..., Client]
PAGE = "/desk/standards/behind/"
SYSTEM = system("t")


@pytest.fixture
def towns(world: World) -> Item:
    """One item of thirteen townships, above which the standard was changed since."""
    one = item("rural-homestead")
    tree = encode(one)
    commands.publish_standards([national(one, clock=tree["clock"])], by=SYSTEM, at=timezone.now())
    commands.publish([one], by=SYSTEM, at=timezone.now())
    changed = national(one, clock=tree["clock"], quantity_limit="一户一宅，没有数量限制")
    commands.publish_standards([changed], by=SYSTEM, at=timezone.now())
    return one


def drafted() -> list[str]:
    return sorted(one.code for one in queries.drafts(by=SYSTEM) if one.state is DraftState.SUBMITTED)


def test_lists_that_change_alike_are_shown_once(towns: Item, acting: Acting) -> None:
    page = acting(staff("主任", None, Act.OVERSEE)).get(PAGE).content.decode()
    assert page.count("数量限制</th>") == 1
    assert "一户一宅，没有数量限制" in page
    assert "由国家基本目录规定" in page
    assert all(other.organ_name in page for other in towns.implementers)
    assert 'name="code"' not in page  # who only oversees adopts nothing


def test_an_officer_adopts_for_his_own_organ_and_no_other(towns: Item, acting: Acting) -> None:
    other = towns.implementers[0]
    code = f"{other.organ}{towns.level}{towns.family}"
    mine = acting(staff("起草", other.organ, Act.MANAGE_ITEMS))
    page = mine.get(PAGE).content.decode()
    assert f'value="{code}"' in page
    assert f'value="{towns.code}"' not in page
    told = mine.post(PAGE, {"code": [code, towns.code]}, follow=True).content.decode()
    assert "已采纳 1 份" in told
    assert f"没有采纳 {towns.code}：您没有" in told
    assert drafted() == [code]


def test_all_that_are_ticked_are_adopted_at_once(towns: Item, acting: Acting) -> None:
    codes = sorted(line.code for line in queries.catalogue() if line.code.endswith(towns.family))
    county = acting(staff("县起草", None, Act.MANAGE_ITEMS))
    assert f"已采纳 {len(codes)} 份" in county.post(PAGE, {"code": codes}, follow=True).content.decode()
    assert drafted() == codes
    again = county.post(PAGE, {"code": codes[:1]}, follow=True).content.decode()
    assert "没有办结的草稿" in again


@pytest.mark.parametrize("codes", [[], ["\0"], ["nonsense"], ["x"] * 3])
def test_nothing_ticked_or_nonsense_changes_nothing(towns: Item, acting: Acting, codes: list[str]) -> None:
    answer = acting(staff("县起草", None, Act.MANAGE_ITEMS)).post(PAGE, {"code": codes}, follow=True)
    assert "没有采纳" in answer.content.decode() or "请先勾选" in answer.content.decode()
    assert drafted() == []


def test_who_only_oversees_adopts_nothing(towns: Item, acting: Acting) -> None:
    answer = acting(staff("主任", None, Act.OVERSEE)).post(PAGE, {"code": [towns.code]}, follow=True)
    assert "没有采纳" in answer.content.decode()
    assert drafted() == []


def test_steps_longer_than_the_new_promise_are_told_before_anybody_presses_and_lead_to_the_steps(
    towns: Item, acting: Acting
) -> None:
    clock = encode(towns)["clock"]
    shorter = {**clock, "promised": {**clock["promised"], "number": 3}}
    commands.publish_standards([national(towns, clock=shorter)], by=SYSTEM, at=timezone.now())
    mine = acting(staff("起草", towns.organ, Act.MANAGE_ITEMS))
    page = mine.get(PAGE).content.decode()
    assert "承诺的期限是3个工作日" in page
    assert 'name="code"' not in page
    opened = mine.post(f"/desk/catalogue/items/{towns.code}/do/open/", {"to": "plan.steps"})
    assert opened["Location"].endswith("/edit/plan.steps/")
    assert "打开草稿" in mine.get(PAGE).content.decode()


def test_a_change_that_leaves_the_list_as_it_is_says_so(world: World, acting: Acting) -> None:
    food = item("food-business")
    commands.publish_standards([national(food)], by=SYSTEM, at=timezone.now())
    commands.publish([food], by=SYSTEM, at=timezone.now())
    commands.publish_standards([replace(national(food), name="国家基本目录（修订）")], by=SYSTEM, at=timezone.now())
    assert "内容不变" in acting(staff("主任", None, Act.OVERSEE)).get(PAGE).content.decode()


def test_nothing_behind_says_so(world: World, acting: Acting) -> None:
    assert "没有落后于标准的清单" in acting(staff("主任", None, Act.OVERSEE)).get(PAGE).content.decode()


def test_for_a_clerk_it_does_not_exist(world: World, acting: Acting) -> None:
    assert acting(world.clerk).get(PAGE).status_code == 404
