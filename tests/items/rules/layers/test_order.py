"""The order of rows: those above in their order, one's own where its level puts them, kept by marks."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.items.rules.layers import Policies, alike, arranged, assemble, cells, orders
from onedoor.items.rules.layers.order import merged, placed, said

KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True)


@pytest.mark.parametrize(
    ("above", "below", "together"),
    [
        ("ab", "", "ab"),
        ("ab", "x", "abx"),
        ("ab", "xa", "xab"),
        ("ab", "axb", "axb"),
        ("ab", "xya", "xyab"),
        ("ab", "xby", "axby"),
        ("ab", "ba", "ab"),
        ("", "yx", "yx"),
    ],
)
def test_rows_of_one_s_own_stand_before_the_next_that_is_named(above: str, below: str, together: str) -> None:
    assert "".join(merged(above, below)) == together


@given(KEYS, KEYS)
def test_those_above_keep_their_order_and_nothing_is_lost(above: list[str], below: list[str]) -> None:
    found = merged(above, below)
    assert [key for key in found if key in above] == above
    assert sorted(found) == sorted({*above, *below})


def _rows(*keys: str) -> dict[str, Any]:
    return {"situations": [{"key": key, "question": f"{key}？"} for key in keys]}


@given(KEYS, KEYS, st.randoms(use_true_random=False))
def test_any_order_of_one_s_own_rows_is_kept_by_its_marks(
    policies: Policies, above: list[str], own: list[str], random: Any
) -> None:
    standing, mine = cells(_rows(*above), policies), cells(_rows(*(key for key in own if key not in above)), policies)
    mixed = [*above, *(path[1] for path in mine)]
    random.shuffle(mixed)
    wanted = merged(above, mixed)
    said_so = arranged(standing, mine, wanted=_wanted(policies, wanted), table=policies)
    assert merged(above, orders(said_so, policies)["situations"]) == wanted
    assert said(said_so, policies) == mine


def _wanted(policies: Policies, keys: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {**dict.fromkeys(policies.rows, ()), "situations": keys}


def test_a_place_is_marked_only_where_nothing_else_says_it(policies: Policies) -> None:
    standing, mine = cells(_rows("a", "b"), policies), cells(_rows("x"), policies)
    for wanted, marked in ((("a", "b", "x"), ["x"]), (("a", "x", "b"), ["x", "b"]), ((), ["x"])):
        found = arranged(standing, mine, wanted=_wanted(policies, wanted), table=policies)
        assert [row["key"] for row in assemble(found, policies)["situations"]] == marked


def test_rows_are_placed_without_touching_other_fields(policies: Policies) -> None:
    parts = cells({"name": "甲", **_rows("a", "b"), "visits": 0}, policies)
    tree = assemble(placed(parts, {**orders(parts, policies), "situations": ("b", "a")}), policies)
    assert list(tree) == ["name", "situations", "visits"]
    assert [row["key"] for row in tree["situations"]] == ["b", "a"]


def test_the_same_rows_in_another_order_are_not_alike(policies: Policies) -> None:
    above = cells(_rows("a"), policies)
    assert alike(_rows("x", "y"), _rows("x", "y"), above=above, table=policies)
    assert not alike(_rows("x", "y"), _rows("y", "x"), above=above, table=policies)
    marked = {"situations": [*_rows("x")["situations"], {"key": "a"}]}
    assert not alike(_rows("x"), marked, above=above, table=policies)
