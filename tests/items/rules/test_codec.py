"""Trees to values and back."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.items.samples import COUNTY, item

from onedoor.items.rules import Item, article_of, article_text, decode, encode
from onedoor.kernel.law import Article
from onedoor.kernel.tree import Malformed

SLUGS = sorted(path.stem for path in COUNTY.glob("*.yaml"))
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=8) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def places(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


TREE = encode(item())
PLACES = places(TREE)[1:]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_item_comes_back_from_its_tree_unchanged(slug: str) -> None:
    assert decode(Item, encode(item(slug))) == item(slug)


def test_all_faults_are_told_at_once_with_place_rule_and_advice() -> None:
    tree = deepcopy(TREE) | {"nmae": "x", "visits": "零", "kind": 1}
    del tree["summary"]
    with pytest.raises(Malformed) as caught:
        decode(Item, tree)
    faults = {(".".join(map(str, f.path)), f.rule): f.message for f in caught.value.faults}
    assert "是不是 name" in faults["nmae", "schema.unknown"]
    assert "summary" in faults["", "schema.missing"]
    assert ("visits", "schema.int") in faults
    assert "加引号" in faults["kind", "schema.code"]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(PLACES), JUNK)
def test_junk_anywhere_is_an_item_or_a_fault_never_a_crash(place: tuple[Any, ...], junk: object) -> None:
    tree = deepcopy(TREE)
    node = tree
    for part in place[:-1]:
        node = node[part]
    node[place[-1]] = junk
    told = ["nothing"]
    decoded = None
    try:
        decoded = decode(Item, tree)
    except Malformed as malformed:
        told = [fault.message for fault in malformed.faults]
    assert told
    assert all(told)
    assert decoded is None or place[0] == "form" or decode(Item, encode(decoded)) == decoded


@pytest.mark.parametrize(
    "written", ["行政许可法 42(1)", "行政许可法 32(1).4", "建筑法 8(1).6", "食品经营许可和备案管理办法"]
)
def test_articles_are_written_as_they_are_read(written: str) -> None:
    article = article_of(written)
    assert article is not None
    assert article_text(article) == written


@pytest.mark.parametrize("written", ["", "《行政许可法》第四十二条", "行政许可法 第四十二条", "行政许可法 42("])
def test_what_is_no_article_is_refused(written: str) -> None:
    assert article_of(written) is None


def test_an_article_says_its_number_in_chinese() -> None:
    assert str(article_of("行政许可法 32(1).4")) == str(Article("行政许可法", "32(1).4"))
