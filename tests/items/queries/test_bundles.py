"""Which bundles are behind their members, and how they are made anew: by one, for another to review."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.items.commands.test_drafting import SYSTEM, officer
from tests.items.samples import item, singles

from onedoor.items import commands, queries
from onedoor.items.rules import Item
from onedoor.items.rules.recomposing import LOCKED
from onedoor.kernel.actor import Act
from onedoor.kernel.errors import Conflict, Forbidden, Invalid

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def shorter(one: Item) -> Item:
    """The same list, which asks for one material less."""
    return replace(one, materials=tuple(m for m in one.materials if m.key != "technical"))


@pytest.fixture
def building() -> Item:
    """施工许可阶段 and its members, published."""
    joint = item("bundles/project-3-building")
    commands.publish([singles()[member.item] for member in joint.members], by=SYSTEM, at=AT)
    queries.forget()
    commands.publish(queries.composed([joint]), by=SYSTEM, at=AT)
    queries.forget()
    return joint


@pytest.fixture
def behind(building: Item) -> Item:
    commands.publish([shorter(item("fire-design-review"))], by=SYSTEM, at=AT)
    queries.forget()
    return building


def test_a_bundle_of_what_is_offered_is_not_behind(building: Item) -> None:
    assert queries.outdated() == ()


def test_a_new_version_of_a_member_and_a_withdrawn_one_are_told_each_with_what_was_held(behind: Item) -> None:
    commands.withdraw(item("construction-waste").code, reason="停办", by=SYSTEM, at=AT)
    queries.forget()
    (found,) = queries.outdated()
    told = [(one.held.name, one.held.number, one.now and one.now.number) for one in found.newer]
    assert (found.bundle.name, told) == (
        behind.name,
        [("特殊建设工程消防设计审查", 1, 2), ("城市建筑垃圾处置核准", 1, None)],
    )


def test_one_makes_it_anew_another_publishes_it_and_it_is_behind_no_more(behind: Item) -> None:
    drafter, reviewer = officer(1, Act.MANAGE_ITEMS, organ=behind.organ), officer(2, Act.PUBLISH_ITEMS)
    draft = commands.recompose(behind.code, by=drafter, at=AT)
    assert "特殊建设工程消防设计审查" in draft.reason
    commands.publish_draft(draft.id, by=reviewer, at=AT, version=draft.version)
    queries.forget()
    assert queries.outdated() == ()
    now = queries.published(behind.code)
    assert (now.number, now.members[0].version) == (2, queries.published(item("fire-design-review").code).id)


def test_what_is_not_behind_is_not_made_anew(building: Item) -> None:
    with pytest.raises(Conflict, match="没有新版本"):
        commands.recompose(building.code, by=officer(1, Act.MANAGE_ITEMS, organ=building.organ), at=AT)


def test_where_a_member_lacks_what_was_shared_it_is_told_what_to_change(building: Item) -> None:
    one = item("fire-design-review")
    commands.publish([replace(one, materials=one.materials[:-1])], by=SYSTEM, at=AT)
    queries.forget()
    with pytest.raises(Invalid, match=r"没有材料 fire\.mandate。请修改这件事的"):
        commands.recompose(building.code, by=officer(1, Act.MANAGE_ITEMS, organ=building.organ), at=AT)


def test_only_who_works_on_the_bundle_makes_it_anew(behind: Item) -> None:
    with pytest.raises(Forbidden):
        commands.recompose(behind.code, by=officer(1, Act.MANAGE_ITEMS, organ="11530524015240103G"), at=AT)


def test_a_draft_of_a_bundle_refuses_what_comes_from_members_and_follows_a_change_of_its_own(behind: Item) -> None:
    by = officer(1, Act.MANAGE_ITEMS, organ=behind.organ)
    draft = commands.open_draft(behind.code, by=by, at=AT)
    with pytest.raises(Invalid, match=LOCKED[:8]):
        commands.change_draft(draft.id, {("materials", "permit_contract", "name"): "合同"}, by=by, at=AT, version=1)
    question = ("situations", "special", "question")
    changed = commands.change_draft(draft.id, {question: "是不是特殊建设工程？"}, by=by, at=AT, version=1)
    assert changed.own["situations"][0]["question"] == "是不是特殊建设工程？"
    held = {member["key"]: member["version"] for member in changed.own["members"]}
    assert held["fire"] == queries.published(item("fire-design-review").code).id
