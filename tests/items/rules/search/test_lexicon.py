"""Synonyms, empty words and places as data."""

import pytest

from onedoor.items.rules.search.lexicon import Region, lexicon_from, region_in

WORDS = lexicon_from({"concepts": {"餐饮": ["饭馆", "米线"], "住宿": ["旅馆", "饭馆旅馆"]}, "empty": ["我想", "开"]})
PLACES = (Region("田园镇", "530524101000"), Region("珠街彝族乡", "530524201000"))


def test_a_word_stands_for_its_concepts_and_a_longer_word_hides_a_shorter_one() -> None:
    assert WORDS.concepts_in("开米线店") == {"餐饮"}
    assert WORDS.concepts_in("餐饮") == {"餐饮"}
    assert WORDS.concepts_in("饭馆旅馆") == {"住宿"}
    assert WORDS.concepts_in("书店") == frozenset()


def test_empty_words_go_unless_nothing_would_be_left() -> None:
    assert WORDS.without_empty("我想开米线店") == "米线店"
    assert WORDS.without_empty("我想开") == "我想开"


@pytest.mark.parametrize(
    ("query", "area", "left"),
    [
        ("田园镇 打井", "530524101000", "打井"),
        ("田园打井", "530524101000", "打井"),
        ("珠街低保", "530524201000", "低保"),
        ("田园镇", "530524101000", "田园镇"),
        ("打井", None, "打井"),
    ],
)
def test_a_place_is_taken_out_of_the_query(query: str, area: str | None, left: str) -> None:
    region, rest = region_in(query, PLACES)
    assert (region.area if region else None, rest) == (area, left)


def test_known_words_lose_no_part_of_themselves() -> None:
    words = lexicon_from({"concepts": {"房产": ["房子"]}, "empty": ["不", "有"]})
    assert words.without_empty("有不动产房子不", frozenset({"不动产"})) == "不动产房子"
    assert words.without_empty("有不动产房子不") == "动产房子"


def test_a_greeting_alone_asks_for_nothing() -> None:
    words = lexicon_from({"concepts": {"餐饮": ["饭馆"]}, "empty": ["我想", "你", "吗"], "greetings": ["你好", "在吗"]})
    assert words.only_greets("你好")
    assert words.only_greets("你好 在吗 我想")
    assert not words.only_greets("你好我想开饭馆")
    assert not words.only_greets("我想"), "no greeting: the nearest is shown"
    assert not words.only_greets("")
