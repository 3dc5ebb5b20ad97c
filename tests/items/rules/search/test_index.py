"""Search finds items by the words that people use."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from tests.items.samples import COUNTY, DATA, item

from onedoor.items.rules import Item, encode
from onedoor.items.rules.search import Document, Index, Region, analyse, document_of, lexicon_from

QUESTIONS = DATA.parents[3] / "tests" / "items" / "data" / "questions.yaml"
REGIONS = (Region("田园镇", "530524101000"), Region("柯街镇", "530524103000"))


def load(path: Any) -> Any:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def document(number: int, found: Item) -> Document:
    return document_of(encode(found), id=number, code=found.code, area=found.area)


def index_of(*items: Item) -> Index:
    lexicon = lexicon_from(load(DATA / "search.yaml"))
    return Index((analyse(document(n, i), lexicon) for n, i in enumerate(items, 1)), lexicon, REGIONS)


ITEMS = [item(path.stem) for path in sorted(COUNTY.glob("*.yaml"))]
INDEX = index_of(*ITEMS)


def questions() -> Iterator[tuple[str, tuple[str, ...]]]:
    for entry in load(QUESTIONS):
        names = (entry["item"], *entry.get("alias", ()))
        if any(name in found.name for found in ITEMS for name in names):
            yield from ((ask, names) for ask in entry["ask"])


def rank(ask: str, names: tuple[str, ...]) -> int:
    """1 = first; 0 = not among the first ten."""
    hits = INDEX.search(ask, limit=10).hits
    return next((n for n, hit in enumerate(hits, 1) if any(name in hit.document.name for name in names)), 0)


def test_a_small_eating_place_is_the_food_permit() -> None:
    assert INDEX.search("开小饭馆").hits[0].document.name == "食品经营许可"


def test_questions_find_their_items() -> None:
    ranks = {ask: rank(ask, names) for ask, names in questions()}
    assert len(ranks) >= 60
    mrr = sum(1 / r for r in ranks.values() if r) / len(ranks)
    first = sum(r == 1 for r in ranks.values()) / len(ranks)
    late = {ask: r for ask, r in ranks.items() if r != 1}
    assert mrr >= 0.9, (mrr, first, late)
    assert first >= 0.9, (mrr, first, late)


@pytest.mark.parametrize(
    ("ask", "name"),
    [
        ("qushuixuke", "取水许可"),  # whole pinyin
        ("qsxk", "取水许可"),  # initials
        ("qushuixuk", "取水许可"),  # cut short
        ("qushuxuke", "取水许可"),  # a letter missing
        ("去水许可", "取水许可"),  # same sound, other character
        ("使品经营", "食品经营许可"),  # sh and s alike
        ("ＱＵＳＨＵＩ", "取水许可"),  # full width
        ("取水 许可！？", "取水许可"),
    ],
)
def test_sound_initials_and_typing_errors_still_find(ask: str, name: str) -> None:
    assert INDEX.search(ask).hits[0].document.name == name


@pytest.mark.parametrize("ask", ["", "   ", "？？？", "%%%", "火箭发射", "x" * 10_000, "\x00", "𡊄"])
def test_nothing_that_fits_is_no_dead_end(ask: str) -> None:
    found = INDEX.search(ask)
    assert found.hits or found.suggestions


@given(st.text(max_size=60))
def test_any_query_answers_and_ranks_by_score(ask: str) -> None:
    found = INDEX.search(ask)
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)
    assert bool(found.hits) is not bool(found.suggestions)


def test_a_township_in_the_query_chooses_among_the_same_items_organs() -> None:
    one = item()
    two = replace(one, organ="115305240152400745", area="530524103000")
    index = index_of(one, two)
    assert [hit.document.area for hit in index.search("柯街镇开饭馆").hits] == ["530524103000"]
    assert [hit.document.area for hit in index.search("开饭馆", area="530524103000").hits] == ["530524103000"]
    found = index.search("柯街镇")
    assert found.region == REGIONS[1]
