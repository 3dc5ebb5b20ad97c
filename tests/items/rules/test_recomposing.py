"""What of a bundle's list comes from its members, and how it is made anew."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.items.samples import bundle, item, singles

from onedoor.items.rules import Item, encode
from onedoor.items.rules.recomposing import LOCKED, check_changes, from_members, recomposed
from onedoor.kernel.errors import Invalid
from onedoor.kernel.tree import Path

SLUG = "disability"


@pytest.fixture
def tree() -> dict[str, Any]:
    return encode(bundle(SLUG))


@pytest.fixture
def members() -> dict[str, Item]:
    return {member.key: singles()[member.item] for member in bundle(SLUG).members}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (("materials", "household", "name"), True),
        (("form",), True),
        (("plan",), True),
        (("situations", "certificate_home", "question"), True),
        (("situations", "have", "question"), False),  # its own, which a member shares
        (("situations", "new_one", "question"), False),
        (("summary",), False),
        (("clock", "promised"), False),
        (("members",), False),
    ],
)
def test_what_a_bundle_says_itself_may_be_changed_and_what_its_members_say_not(
    cell: Path, expected: bool, tree: dict[str, Any]
) -> None:
    assert from_members(tree, cell) is expected


def test_nothing_of_a_single_item_comes_from_members() -> None:
    assert not from_members(encode(item()), ("materials", "application", "name"))


def test_each_change_of_what_comes_from_members_is_refused_at_its_place(tree: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as caught:
        check_changes(tree, [("summary",), ("form",), ("situations", "rehab_need")])
    assert [(one.field, one.message) for one in caught.value.errors] == [
        ("form", LOCKED),
        ("situations.rehab_need", LOCKED),
    ]


def test_made_anew_of_the_same_members_it_stays_the_same(tree: dict[str, Any], members: dict[str, Item]) -> None:
    assert recomposed(tree, members) == tree


def test_made_anew_it_asks_what_a_member_asks_now_and_keeps_what_is_its_own(
    tree: dict[str, Any], members: dict[str, Item]
) -> None:
    device = members["device"]
    paper = replace(device.materials[0], key="doctor", name="医生的建议")
    changed = recomposed(tree, {**members, "device": replace(device, materials=(*device.materials, paper))})
    assert {m["key"] for m in changed["materials"]} - {m["key"] for m in tree["materials"]} == {"device_doctor"}
    assert {name for name in changed if changed[name] != tree.get(name)} == {"materials"}


def test_a_member_that_is_not_offered_any_more_is_named(tree: dict[str, Any], members: dict[str, Item]) -> None:
    with pytest.raises(Invalid) as caught:
        recomposed(tree, {key: one for key, one in members.items() if key != "rehab"})
    (error,) = caught.value.errors
    assert (error.field, "没有编码为" in error.message) == ("members[3].item", True)
