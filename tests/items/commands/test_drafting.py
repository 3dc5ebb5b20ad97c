"""One item, one standard: claimed, bettered, submitted, published by a second person, followed when the law changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.items.samples import changed

from onedoor.items import commands, queries
from onedoor.items.commands.drafting import Claimant
from onedoor.items.rules import Item, Level, OrganKind, PowerSource
from onedoor.items.rules.drafting import INHERIT, Draft, DraftState, Order
from onedoor.items.rules.layers import assemble, cells, fold
from onedoor.items.rules.standards import NATION, Standard
from onedoor.items.rules.versions import encode
from onedoor.journal import queries as journal
from onedoor.kernel.actor import Act, Actor, ActorKind, Channel, Grant, system
from onedoor.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refused

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SYSTEM = system("test")
LOCKED = {"name", "kind", "basic_code", "sequence", "basis", "audiences", "conditions", "materials"}
COUNTY = "530524000000"
TOWN = Claimant(
    organ="11530524015241018J",
    organ_name="田园镇人民政府",
    level=Level.TOWNSHIP,
    area="530524101000",
    organ_kind=OrganKind.ENTRUSTED,
    power_source=PowerSource.ENTRUSTED_ABOVE,
    entrusted_by="昌宁县市场监督管理局",
)
pytestmark = pytest.mark.django_db


def officer(number: int, *acts: Act, organ: str | None = None, area: str = "530524") -> Actor:
    grant = Grant("catalogue", frozenset(acts), organ, area)
    return Actor(f"account:{number}", "事项管理员", ActorKind.STAFF, Channel.WEB, grants=(grant,))


def national(one: Item, **changes: Any) -> Standard:
    """What the nation sets of an item: names, basis, limits, materials."""
    tree = {name: value for name, value in encode(one).items() if name in LOCKED}
    tree["clock"] = {name: value for name, value in encode(one)["clock"].items() if name != "promised"}
    tree["clock"]["promised"] = _promised(10)
    return Standard(
        family=one.family, level=Level.NATIONAL, area=NATION, name="国家基本目录", content={**tree, **changes}
    )


@pytest.fixture
def food() -> Item:
    """食品经营许可, published below a national standard."""
    one = changed({"plan.steps.1.limit.number": 2})  # so that a promise of four working days can be kept
    commands.publish_standards([national(one)], by=SYSTEM, at=AT)
    commands.publish([one], by=SYSTEM, at=AT)
    return one


@pytest.fixture
def drafter(food: Item) -> Actor:
    return officer(1, Act.MANAGE_ITEMS, organ=food.organ)


@pytest.fixture
def reviewer() -> Actor:
    return officer(2, Act.PUBLISH_ITEMS)


def _promised(number: int) -> dict[str, Any]:
    return {"number": number, "unit": "workday", "start": "accepted", "note": "服务承诺（示例）"}


def _change(draft: Draft, by: Actor, **fields: Any) -> Draft:
    changes = {tuple(name.split("__")): value for name, value in fields.items()}
    return commands.change_draft(draft.id, changes, by=by, at=AT, version=draft.version)


def test_a_county_shortens_a_limit_and_a_second_person_publishes_it(
    food: Item, drafter: Actor, reviewer: Actor
) -> None:
    draft = _change(commands.open_draft(food.code, by=drafter, at=AT), drafter, clock__promised=_promised(4))
    draft = commands.submit_draft(draft.id, by=drafter, at=AT, version=draft.version, reason="压缩时限")
    made = commands.publish_draft(draft.id, by=reviewer, at=AT, version=draft.version)
    assert (made.number, queries.published(food.code).clock.promised.number) == (2, 4)
    kinds = [entry.kind for entry in journal.stream(f"item-draft:{draft.id}")]
    assert kinds == ["item_draft_opened", "item_draft_changed", "item_draft_submitted", "item_draft_published"]


def test_the_citizens_page_changes_on_the_day_and_not_before(food: Item, drafter: Actor, reviewer: Actor) -> None:
    later = datetime.now(UTC).date() + timedelta(days=30)
    draft = _change(commands.open_draft(food.code, by=drafter, at=AT), drafter, summary="新说明")
    draft = commands.submit_draft(draft.id, by=drafter, at=AT, version=draft.version, effective_from=later)
    commands.publish_draft(draft.id, by=reviewer, at=AT, version=draft.version)
    assert queries.published(food.code).summary == food.summary
    assert queries.history(food.code)[-1].effective_from == later


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"clock__promised": _promised(12)}, "承诺时限只能在上级规定的基础上缩短"),
        ({"name": "餐饮服务许可"}, "同一事项全国同名"),
        ({"materials__layout__copies": "三份"}, "整数"),
        ({"visitors": 3}, "没有 visitors 这个字段"),
    ],
)
def test_what_the_levels_above_do_not_allow_is_refused_with_why_and_changes_nothing(
    food: Item, drafter: Actor, fields: dict[str, Any], told: str
) -> None:
    draft = commands.open_draft(food.code, by=drafter, at=AT)
    with pytest.raises(Invalid, match=told):
        _change(draft, drafter, **fields)
    assert queries.draft(draft.id, by=drafter) == draft


def _asking(draft: Draft) -> list[str]:
    found = fold([*queries.above(draft, on=AT.date()).layers, draft.layer], queries.policies())
    return [row["key"] for row in found.tree()["situations"]]


def test_a_county_orders_its_own_questions_and_leaves_those_above_where_they_stand(
    food: Item, drafter: Actor, reviewer: Actor
) -> None:
    nation = national(food, situations=encode(food)["situations"])
    commands.publish_standards([nation], by=SYSTEM, at=AT)
    first, second, third = (one.key for one in food.situations)
    draft = commands.open_draft(food.code, by=drafter, at=AT)
    options = encode(food)["situations"][0]["options"]
    for key in ("floors", "music"):
        draft = _change(draft, drafter, **{f"situations__{key}": {"question": f"{key}？", "options": options}})
    assert _asking(draft) == [first, second, third, "floors", "music"]
    wanted = (first, "music", second, third, "floors")
    draft = _change(draft, drafter, situations=Order(wanted))
    draft = _change(draft, drafter, summary="新说明")  # a later change leaves the order as it is
    assert _asking(draft) == [*wanted]
    for keys, told in (((second, "music", first, third, "floors"), "先后不能改"), (("music",), "已经变了")):
        with pytest.raises(Invalid, match=told):
            _change(draft, drafter, situations=Order(keys))
    draft = _change(draft, drafter, situations__music=INHERIT)
    assert _asking(draft) == [first, second, third, "floors"]


def test_an_order_alone_is_a_change(food: Item, drafter: Actor) -> None:
    draft = commands.open_draft(food.code, by=drafter, at=AT)
    keys = [one.key for one in food.situations]
    draft = _change(draft, drafter, situations=Order(tuple(reversed(keys))))
    assert not queries.unchanged(draft, on=AT.date())
    draft = _change(draft, drafter, situations=Order(tuple(keys)))
    assert queries.unchanged(draft, on=AT.date())


def test_a_value_taken_away_is_the_upper_level_s_again(food: Item, drafter: Actor) -> None:
    draft = commands.open_draft(food.code, by=drafter, at=AT)
    draft = _change(draft, drafter, clock__promised=INHERIT)
    assert ("clock", "promised") not in cells(draft.own, queries.policies())


def test_nobody_publishes_what_he_drafted_or_submitted(food: Item) -> None:
    both = officer(1, Act.MANAGE_ITEMS, Act.PUBLISH_ITEMS)
    draft = _change(commands.open_draft(food.code, by=both, at=AT), both, summary="新说明")
    draft = commands.submit_draft(draft.id, by=both, at=AT, version=draft.version)
    with pytest.raises(Refused, match="不能自己审核发布"):
        commands.publish_draft(draft.id, by=both, at=AT, version=draft.version)


def test_a_draft_that_changes_nothing_is_not_sent_to_a_reviewer(food: Item, drafter: Actor) -> None:
    draft = commands.open_draft(food.code, by=drafter, at=AT)
    with pytest.raises(Refused, match=r"没有任何改动.*请先修改.*放弃"):
        commands.submit_draft(draft.id, by=drafter, at=AT, version=draft.version)
    draft = _change(draft, drafter, summary="新说明")
    draft = _change(draft, drafter, summary=food.summary)
    with pytest.raises(Refused, match="没有任何改动"):
        commands.submit_draft(draft.id, by=drafter, at=AT, version=draft.version)
    draft = _change(draft, drafter, summary="新说明")
    assert commands.submit_draft(draft.id, by=drafter, at=AT, version=draft.version).state is DraftState.SUBMITTED


def test_who_may_not_draft_or_publish_here_is_refused(food: Item, drafter: Actor, reviewer: Actor) -> None:
    stranger = officer(3, Act.MANAGE_ITEMS, Act.PUBLISH_ITEMS, organ="115305240152400000")
    with pytest.raises(Forbidden):
        commands.open_draft(food.code, by=stranger, at=AT)
    draft = commands.open_draft(food.code, by=drafter, at=AT)
    with pytest.raises(NotFound):
        queries.draft(draft.id, by=stranger)
    assert queries.drafts(by=stranger) == ()
    assert queries.drafts(by=drafter) == (draft,) == queries.drafts(by=reviewer)
    with pytest.raises(Forbidden):
        commands.submit_draft(draft.id, by=reviewer, at=AT, version=draft.version)


def test_two_people_cannot_both_change_a_draft_unseen(food: Item, drafter: Actor) -> None:
    draft = commands.open_draft(food.code, by=drafter, at=AT)
    _change(draft, drafter, summary="甲的")
    with pytest.raises(Conflict, match="页面已过期"):
        _change(draft, drafter, summary="乙的")
    with pytest.raises(Conflict, match="没有办结的草稿"):
        commands.open_draft(food.code, by=drafter, at=AT)


def test_a_draft_goes_back_with_a_reason_and_comes_again(food: Item, drafter: Actor, reviewer: Actor) -> None:
    draft = _change(commands.open_draft(food.code, by=drafter, at=AT), drafter, summary="新说明")
    draft = commands.submit_draft(draft.id, by=drafter, at=AT, version=draft.version)
    with pytest.raises(Refused, match="退回的原因"):
        commands.send_back_draft(draft.id, reason=" ", by=reviewer, at=AT, version=draft.version)
    draft = commands.send_back_draft(draft.id, reason="请写明依据", by=reviewer, at=AT, version=draft.version)
    assert (draft.state, draft.reason) == (DraftState.DRAFT, "请写明依据")
    draft = commands.discard_draft(draft.id, by=drafter, at=AT, version=draft.version)
    with pytest.raises(Refused, match="已经办结"):
        _change(draft, drafter, summary="再改")
    assert queries.drafts(by=drafter) == ()
    assert queries.drafts(by=drafter, closed=True) == (draft,)


def test_a_township_claims_an_item_and_inherits_all_that_stands_above(food: Item) -> None:
    clerk = officer(5, Act.MANAGE_ITEMS, organ=TOWN.organ, area="530524101")
    draft = commands.claim(food.family, claimant=TOWN, by=clerk, at=AT, like=food.code)
    with pytest.raises(Invalid, match="只能在此基础上改进"):
        _change(draft, clerk, clock__promised=_promised(20))
    draft = commands.submit_draft(draft.id, by=clerk, at=AT, version=draft.version)
    commands.publish_draft(draft.id, by=officer(2, Act.PUBLISH_ITEMS), at=AT, version=draft.version)
    listed = queries.published(f"{TOWN.organ}5{food.family}")
    assert (listed.organ_name, listed.basis, listed.materials) == ("田园镇人民政府", food.basis, food.materials)
    with pytest.raises(Conflict, match="已经有这个事项"):
        commands.claim(food.family, claimant=TOWN, by=clerk, at=AT)


def test_a_standard_of_today_counts_from_midnight_in_the_county(food: Item) -> None:
    early = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)  # 01:00 on 3 March
    tree = {**national(food).content, "visits": 0}
    commands.publish_standards([national(food, **tree)], by=SYSTEM, at=early)
    draft = commands.claim(food.family, claimant=TOWN, by=officer(5, Act.MANAGE_ITEMS), at=early)
    with pytest.raises(Invalid, match="到现场次数只能减少"):
        commands.change_draft(
            draft.id, {("visits",): 1}, by=officer(5, Act.MANAGE_ITEMS), at=early, version=draft.version
        )


def test_what_no_standard_knows_cannot_be_claimed(food: Item, drafter: Actor) -> None:
    town = Claimant(organ=food.organ, organ_name="某局", level=Level.COUNTY, area=COUNTY)
    with pytest.raises(NotFound, match="基本目录里没有"):
        commands.claim("00011700200001", claimant=town, by=drafter, at=AT)


def test_a_claim_without_local_values_is_told_everything_that_is_missing(food: Item) -> None:
    clerk = officer(5, Act.MANAGE_ITEMS, organ=TOWN.organ, area="530524101")
    draft = commands.claim(food.family, claimant=TOWN, by=clerk, at=AT)
    with pytest.raises(Invalid) as refused:
        commands.submit_draft(draft.id, by=clerk, at=AT, version=draft.version)
    assert {"缺少字段 places", "缺少字段 plan", "缺少字段 contacts"} <= {e.message for e in refused.value.errors}


def test_a_list_that_is_looser_than_the_standard_cannot_be_imported(food: Item) -> None:
    slow = replace(food, clock=replace(food.clock, legal=replace(food.clock.legal, number=20)))
    with pytest.raises(Invalid, match="法定办结时限由国家基本目录"):
        commands.publish([slow], by=SYSTEM, at=AT)


def test_a_change_above_lists_who_lags_behind_and_one_act_adopts_it(
    food: Item, drafter: Actor, reviewer: Actor
) -> None:
    assert queries.behind(on=AT.date()) == ()
    shorter = national(food)
    tree = {**shorter.content, "clock": {**shorter.content["clock"], "promised": _promised(4)}}
    commands.publish_standards([replace(shorter, content=tree)], by=SYSTEM, at=AT)
    assert queries.behind(on=AT.date()) == (queries.published(food.code).id,)
    assert queries.published(food.code).clock.promised.number == 5  # what runs keeps its version
    draft = commands.adopt(food.code, by=drafter, at=AT)
    assert draft.state is DraftState.SUBMITTED
    commands.publish_draft(draft.id, by=reviewer, at=AT, version=draft.version)
    assert queries.published(food.code).clock.promised.number == 4
    assert queries.behind(on=AT.date()) == ()
    with pytest.raises(Conflict, match="没有要采纳"):
        commands.adopt(food.code, by=drafter, at=AT)


def test_a_list_says_which_level_each_value_comes_from(food: Item) -> None:
    found = queries.lineage(queries.published(food.code).id).effective()
    assert found.origin(("name",)).name == "国家基本目录"
    assert found.origin(("clock", "promised")).name == food.organ_name
    assert found.tree()["summary"] == food.summary


def test_a_standard_is_drafted_and_published_by_a_second_person_too(food: Item) -> None:
    county = Standard(
        family=food.family,
        level=Level.COUNTY,
        area=COUNTY,
        name="昌宁县标准",
        content={"name": food.name, "basic_code": food.basic_code, "sequence": food.sequence, "visits": 1},
    )
    commands.publish_standards([county], by=SYSTEM, at=AT)
    clerk = officer(7, Act.MANAGE_ITEMS)
    draft = commands.open_standard(food.family, area=COUNTY, by=clerk, at=AT)
    with pytest.raises(Refused, match="没有任何改动"):
        commands.submit_draft(draft.id, by=clerk, at=AT, version=draft.version)
    with pytest.raises(Invalid, match="不能改动"):
        _change(draft, clerk, clock__legal=_promised(30))
    draft = _change(draft, clerk, visits=0)
    draft = commands.submit_draft(draft.id, by=clerk, at=AT, version=draft.version)
    made = commands.publish_draft(draft.id, by=officer(2, Act.PUBLISH_ITEMS), at=AT, version=draft.version)
    assert made.number == 2
    over = queries.standards_over(food.family, area=COUNTY, on=date(2026, 3, 2))
    assert [(one.name, one.number) for one in over] == [("国家基本目录", 1), ("昌宁县标准", 2)]


def test_a_withdrawn_item_is_offered_again_as_it_was(food: Item) -> None:
    commands.withdraw(food.code, reason="机构改革", by=SYSTEM, at=AT)
    assert commands.resume(food.code, by=SYSTEM, at=AT).number == 2
    assert queries.published(food.code).name == food.name
    with pytest.raises(Conflict):
        commands.resume(food.code, by=SYSTEM, at=AT)


def test_the_tree_of_a_standard_comes_together_again(food: Item) -> None:
    content = national(food).content
    assert assemble(cells(content, queries.policies()), queries.policies()) == content
