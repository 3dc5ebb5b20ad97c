"""The officer's catalogue: lists, claims, what lags behind, and the life of a draft between two people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.desk.catalogue.conftest import change_above
from tests.items.commands.test_drafting import SYSTEM, TOWN, officer
from tests.items.samples import item, singles

from onedoor.items import commands, queries
from onedoor.items.rules import Item
from onedoor.items.rules.drafting import Draft, DraftState
from onedoor.items.rules.standards import Standard
from onedoor.kernel.actor import Act, Actor
from onedoor.orgs.rules import Organ, OrganKind, OrganLevel
from onedoor.orgs.rules.values import ALWAYS

pytestmark = pytest.mark.django_db
Acting = Callable[[Actor], Client]
HOME = "/desk/catalogue/"
TOWNSHIP = Organ(
    code=TOWN.organ,
    name="田园镇人民政府",
    short_name="田园镇政府",
    kind=OrganKind.TOWNSHIP,
    level=OrganLevel.TOWNSHIP,
    area=TOWN.area,
    parent=None,
    period=ALWAYS,
)


@pytest.fixture
def desk(acting: Acting, drafter: Actor) -> Client:
    return acting(drafter)


@pytest.fixture
def second(acting: Acting, reviewer: Actor) -> Client:
    return acting(reviewer)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def do(browser: Client, draft: Draft, act: str, by: Actor, **fields: str) -> Any:
    version = queries.draft(draft.id, by=by).version
    return browser.post(f"{HOME}drafts/{draft.id}/do/{act}/", {"version": version, **fields})


@pytest.mark.parametrize("tab", ["drafts", "items", "standards", "claim", "bundles", "withdrawn"])
def test_an_empty_list_says_what_to_do(acting: Acting, tab: str) -> None:
    page = acting(officer(9, Act.MANAGE_ITEMS, organ="115305240152400000")).get(HOME, {"tab": tab})
    assert 'class="card empty"' in text(page)


def test_who_neither_drafts_nor_publishes_finds_nothing_here(acting: Acting, food: Item, draft: Draft) -> None:
    clerk = acting(officer(9, Act.ACCEPT, organ=food.organ))
    for address in (HOME, f"{HOME}items/{food.code}/", f"{HOME}drafts/{draft.id}/"):
        assert clerk.get(address).status_code == 404
    assert desk_of_another(acting).get(f"{HOME}drafts/{draft.id}/").status_code == 404


def desk_of_another(acting: Acting) -> Client:
    return acting(officer(8, Act.MANAGE_ITEMS, organ="115305240152400000"))


def test_the_lists_name_drafts_and_published_items(desk: Client, food: Item, draft: Draft) -> None:
    assert "起草中" in text(desk.get(HOME))
    assert food.name in text(desk.get(HOME, {"tab": "items", "q": "食品"}))
    assert "没有查到" in text(desk.get(HOME, {"tab": "items", "q": "结婚"}))
    assert desk.get(HOME, {"tab": "nothing"}).status_code == 404


def test_each_field_says_its_level_and_what_may_be_done_with_it(desk: Client, food: Item) -> None:
    page = text(desk.get(f"{HOME}items/{food.code}/"))
    assert "来自国家基本目录" in page
    assert "不能改：同一事项全国同名" in page
    assert "只能缩短" in page
    assert "本级改过" in page


def test_another_s_item_is_read_and_not_changed(acting: Acting, food: Item) -> None:
    page = text(desk_of_another(acting).get(f"{HOME}items/{food.code}/"))
    assert "修改这份清单" not in page
    assert desk_of_another(acting).post(f"{HOME}items/{food.code}/do/open/").status_code == 403


def test_a_draft_is_opened_once(desk: Client, food: Item) -> None:
    assert desk.post(f"{HOME}items/{food.code}/do/open/").status_code == 302
    again = desk.post(f"{HOME}items/{food.code}/do/open/")
    assert again.status_code == 409
    assert "没有办结的草稿" in text(again)


def test_a_second_person_sees_field_by_field_what_changes_and_publishes(
    desk: Client, second: Client, food: Item, draft: Draft, *, drafter: Actor, reviewer: Actor
) -> None:
    commands.change_draft(draft.id, {("visits",): 0, ("summary",): "新说明"}, by=drafter, at=timezone.now(), version=1)
    assert do(desk, draft, "submit", drafter, reason="改说明").status_code == 302
    assert "不能自己审核发布" in text(desk.get(f"{HOME}drafts/{draft.id}/"))
    page = text(second.get(f"{HOME}drafts/{draft.id}/"))
    assert f'<del class="pre">{food.summary}</del>' in page
    assert '<ins class="pre">新说明</ins>' in page
    assert do(second, draft, "publish", reviewer).status_code == 302
    assert queries.published(food.code).summary == "新说明"
    assert "新说明" in text(desk.get(f"{HOME}items/{food.code}/"))


def test_a_draft_is_sent_back_with_a_reason_and_given_up(
    desk: Client, second: Client, draft: Draft, *, drafter: Actor, reviewer: Actor
) -> None:
    commands.change_draft(draft.id, {("summary",): "新说明"}, by=drafter, at=timezone.now(), version=1)
    do(desk, draft, "submit", drafter)
    assert do(second, draft, "send_back", reviewer, reason="").status_code == 422
    do(second, draft, "send_back", reviewer, reason="请写明依据")
    assert "请写明依据" in text(desk.get(f"{HOME}drafts/{draft.id}/"))
    do(desk, draft, "discard", drafter)
    assert queries.draft(draft.id, by=drafter).state is DraftState.DISCARDED


def test_what_changes_nothing_is_not_offered_for_review_and_the_page_says_why(
    desk: Client, draft: Draft, drafter: Actor
) -> None:
    page = text(desk.get(f"{HOME}drafts/{draft.id}/"))
    assert "还没有改动，不用送审" in page
    assert "可以送审" not in page
    assert f"/drafts/{draft.id}/do/submit/" not in page
    answer = do(desk, draft, "submit", drafter)
    assert answer.status_code == 422
    assert "没有任何改动" in text(answer)


@pytest.mark.parametrize(
    ("day", "told"), [(("2020", "1", "1"), "不能早于发布当天"), (("2027", "2", "31"), "没有这一天")]
)
def test_a_day_that_cannot_be_is_refused(
    desk: Client, draft: Draft, drafter: Actor, day: tuple[str, str, str], *, told: str
) -> None:
    names = ("effective_from-year", "effective_from-month", "effective_from-day")
    answer = do(desk, draft, "submit", drafter, **dict(zip(names, day, strict=True)))
    assert answer.status_code == 422
    assert told in text(answer)


def test_a_stale_act_is_told_so(desk: Client, draft: Draft) -> None:
    assert desk.post(f"{HOME}drafts/{draft.id}/do/submit/", {"version": "7"}).status_code == 409
    assert desk.post(f"{HOME}drafts/{draft.id}/do/submit/", {}).status_code == 409
    assert desk.post(f"{HOME}drafts/{draft.id}/do/nothing/", {"version": "1"}).status_code == 404


def test_a_change_above_is_told_on_the_list_and_leads_to_its_adoption(
    desk: Client, food: Item, standard: Standard
) -> None:
    change_above(standard, promised={"number": 5, "unit": "workday", "start": "accepted", "note": "国家承诺"})
    page = text(desk.get(f"{HOME}items/{food.code}/"))
    assert f"/desk/standards/behind/?family={food.family}" in page
    assert food.organ_name in text(desk.get("/desk/standards/behind/", {"family": food.family}))
    assert desk.post(f"{HOME}items/{food.code}/do/adopt/").status_code == 404


def test_an_item_is_withdrawn_with_a_reason_and_offered_again(desk: Client, food: Item) -> None:
    assert desk.post(f"{HOME}items/{food.code}/do/withdraw/", {"reason": ""}).status_code == 422
    desk.post(f"{HOME}items/{food.code}/do/withdraw/", {"reason": "机构改革"})
    assert "机构改革" in text(desk.get(HOME, {"tab": "withdrawn"}))
    assert "恢复办理" in text(desk.get(f"{HOME}items/{food.code}/"))
    desk.post(f"{HOME}items/{food.code}/do/resume/")
    assert queries.published(food.code).number == 2


def test_a_township_claims_what_stands_in_the_base_catalogue(
    acting: Acting, food: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onedoor.desk.editors.orgs.organs", lambda _day: (TOWNSHIP,))
    town = acting(officer(5, Act.MANAGE_ITEMS, organ=TOWN.organ, area="530524101"))
    assert food.name in text(town.get(HOME, {"tab": "claim"}))
    address = f"{HOME}claim/{food.family}/"
    assert food.organ_name in text(town.get(address))
    assert town.post(address, {"power_source": ""}).status_code == 422
    answer = town.post(address, {"power_source": "5", "entrusted_by": food.organ_name, "like": food.code})
    assert answer.status_code == 302
    assert "可以送审" in text(town.get(answer["Location"]))
    assert town.get(address).status_code == 404


def test_a_claim_from_nothing_says_all_that_is_missing(acting: Acting, food: Item) -> None:
    by = officer(5, Act.MANAGE_ITEMS, organ=TOWN.organ, area="530524101")
    draft = commands.claim(food.family, claimant=TOWN, by=by, at=timezone.now())
    town = acting(by)
    assert "缺少字段 places" in text(town.get(f"{HOME}drafts/{draft.id}/"))
    assert "还缺这些内容" in text(town.get(f"{HOME}drafts/{draft.id}/try/"))
    for place in ("basic", "ways", "places", "places.0", "plan.steps", "form.pages", "contacts", "result"):
        assert town.get(f"{HOME}drafts/{draft.id}/edit/{place}/").status_code == 200


def test_a_draft_is_tried_as_an_applicant_would_see_it(desk: Client, draft: Draft) -> None:
    page = text(desk.get(f"{HOME}drafts/{draft.id}/try/", {"business": "sales"}))
    assert "按这样的情形，有" in page
    assert "食堂是不是承包给别人经营" not in page
    part = desk.get(f"{HOME}drafts/{draft.id}/try/", {"business": "canteen"}, headers={"HX-Request": "true"})
    assert "食堂是不是承包给别人经营" in text(part)
    assert "<html" not in text(part)


def test_what_the_checker_holds_against_a_draft_stands_at_its_field(desk: Client, draft: Draft, drafter: Actor) -> None:
    wrong = {("contacts",): {"enquiry": "0875-7120001", "complaint": "0875-7120001"}}
    commands.change_draft(draft.id, wrong, by=drafter, at=timezone.now(), version=1)
    page = text(desk.get(f"{HOME}drafts/{draft.id}/"))
    assert "处必须改" in page or "处请再看看" in page
    assert SYSTEM.ref not in page


@pytest.fixture
def joint(food: Item) -> Item:
    """施工许可阶段, made of its members, one of which was published anew since."""
    joint, at = item("bundles/project-3-building"), timezone.now()
    commands.publish([singles()[member.item] for member in joint.members], by=SYSTEM, at=at)
    queries.forget()
    commands.publish(queries.composed([joint]), by=SYSTEM, at=at)
    commands.publish([replace(item("fire-design-review"), notes="新的说明")], by=SYSTEM, at=at)
    queries.forget()
    return joint


def test_a_bundle_behind_its_members_is_told_made_anew_in_one_click_and_published_by_another(
    acting: Acting, second: Client, joint: Item
) -> None:
    by = officer(3, Act.MANAGE_ITEMS, organ=joint.organ)
    browser, address = acting(by), f"{HOME}items/{joint.code}/"
    assert joint.name in text(browser.get(HOME, {"tab": "bundles"}))
    page = text(browser.get(address))
    assert "特殊建设工程消防设计审查：合成时第 1 版，现在第 2 版" in page
    assert "由并联事项合成" in page
    assert browser.post(f"{address}do/recompose/").status_code == 302
    (one,) = queries.drafts(by=by)
    told = text(browser.get(f"{HOME}drafts/{one.id}/"))
    assert "并联事项“消防设计审查”的合成时的版本" in told
    assert "第 1 版" in told
    assert "第 2 版" in told
    assert "消防设计审查「工程名称」" in told
    do(second, one, "publish", officer(2, Act.PUBLISH_ITEMS))
    queries.forget()
    assert "没有要重新合成的" in text(browser.get(HOME, {"tab": "bundles"}))
    assert browser.post(f"{address}do/recompose/").status_code == 409


def test_the_editor_of_a_bundle_offers_what_is_its_own_and_locks_what_comes_from_members(
    acting: Acting, joint: Item
) -> None:
    by = officer(3, Act.MANAGE_ITEMS, organ=joint.organ)
    draft, browser = commands.open_draft(joint.code, by=by, at=timezone.now()), acting(by)
    page = text(browser.get(f"{HOME}drafts/{draft.id}/"))
    assert f"drafts/{draft.id}/edit/members/" in page
    assert f"drafts/{draft.id}/edit/situations.0/" in page
    assert f"drafts/{draft.id}/edit/materials.0/" not in page
    table = text(browser.get(f"{HOME}drafts/{draft.id}/edit/materials/"))
    assert "加一项" not in table
