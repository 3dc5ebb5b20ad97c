"""Search finds items by the words that people use."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from tests.items.samples import COUNTY, DATA, bundle, item

from onedoor.bench.questions import quality, questions
from onedoor.items.rules import Item, encode
from onedoor.items.rules.search import Document, Index, Region, analyse, document_of, lexicon_from

REGIONS = (Region("田园镇", "530524101000"), Region("柯街镇", "530524103000"))


def load(path: Any) -> Any:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def document(number: int, found: Item) -> Document:
    return document_of(encode(found), id=number, code=found.code, area=found.area)


def index_of(*items: Item) -> Index:
    lexicon = lexicon_from(load(DATA / "search.yaml"))
    return Index((analyse(document(n, i), lexicon) for n, i in enumerate(items, 1)), lexicon, REGIONS)


ITEMS = [item(path.stem) for path in sorted(COUNTY.glob("*.yaml"))]
ITEMS += [bundle(path.stem) for path in sorted(COUNTY.glob("bundles/*.yaml"))]
INDEX = index_of(*ITEMS)


def names(ask: str) -> list[str]:
    """The lines of the answer as people see them."""
    found = INDEX.search(ask, limit=10)
    return [hit.document.name for hit in (*found.hits, *found.suggestions)]


def test_a_small_eating_place_is_all_that_it_needs_and_then_the_food_permit() -> None:
    found = [hit.document.name for hit in INDEX.search("开小饭馆").hits[:2]]
    assert found == ["开办餐饮店（一件事）", "食品经营许可"]


@pytest.mark.parametrize(("half", "mrr", "recall"), [("seen", 0.93, 0.95), ("held-out", 0.85, 0.9)])
def test_questions_find_their_items(half: str, mrr: float, recall: float) -> None:
    found = quality(names, questions(half))
    assert found.mrr >= mrr, found
    assert found.recall >= recall, found


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


def test_a_clinic_is_for_people_first_and_a_bride_is_no_claim_for_wages() -> None:
    assert names("开诊所")[0] == "医疗机构执业登记"
    assert names("讨媳妇办证")[0] == "结婚登记"


@pytest.mark.parametrize("ask", ["", "   ", "？？？", "%%%", "火箭发射", "x" * 10_000, "\x00", "𡊄"])
def test_nothing_that_fits_is_no_dead_end(ask: str) -> None:
    found = INDEX.search(ask)
    assert found.hits or found.suggestions


@given(st.text(max_size=60))
def test_any_query_answers_and_ranks_by_score(ask: str) -> None:
    found = INDEX.search(ask)
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)
    families = [hit.document.family for hit in (*found.hits, *found.suggestions)]
    assert len(families) == len(set(families)) >= 1


def test_an_item_of_many_townships_is_found_once_unless_a_township_is_named() -> None:
    one = item()
    two = replace(one, organ="115305240152400745", area="530524103000")
    index = index_of(one, two)
    assert [(hit.offered_by, hit.document.area) for hit in index.search("开饭馆").hits] == [(2, one.area)]
    assert [hit.document.area for hit in index.search("柯街镇开饭馆").hits] == ["530524103000"]
    assert [hit.document.area for hit in index.search("开饭馆", area="530524103000").hits] == ["530524103000"]
    found = index.search("柯街镇")
    assert found.region == REGIONS[1]


def test_what_is_applied_for_more_comes_first_only_where_two_fit_alike() -> None:
    one = item()
    two = replace(one, basic_code="000172009000", name="食品生产许可", keywords=one.keywords)
    index = index_of(one, two)
    families = {hit.document.name: hit.document.family for hit in index.search("火锅店").hits}
    used = index.search("火锅店", uses={families["食品生产许可"]: 900, families["食品经营许可"]: 3})
    assert [hit.document.name for hit in used.hits] == ["食品生产许可", "食品经营许可"]
    meant = index.search("食品经营许可", uses={families["食品生产许可"]: 900})
    assert meant.hits[0].document.name == "食品经营许可"


def test_words_that_say_nothing_go_but_not_out_of_the_words_of_the_catalogue() -> None:
    assert names("我们给能不能在这里打一口井呢")[0] == "取水许可"
    assert names("不动产")[0].startswith("不动产登记")
