"""Text to tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.items.rules.search.text import grams, letters, normalise, sounds, spelled


@pytest.mark.parametrize(
    ("written", "normal"),
    [("ＬＥＤ 大屏！", "led 大屏"), ("  开、店？", "开 店"), ("𡊄字", "𡊄字"), ("？", "")],
)
def test_only_characters_that_carry_meaning_stay(written: str, normal: str) -> None:
    assert normalise(written) == normal


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_pairs_runs_and_single_characters() -> None:
    assert list(grams("取水证 led 井")) == ["取水", "水证", "led", "井"]


def test_same_sounds_are_the_same_tokens() -> None:
    assert list(sounds("取水")) == list(sounds("去谁"))
    assert list(sounds("食品")) == list(sounds("丝品"))


def test_spelling_and_letters() -> None:
    assert spelled("取水许可") == ("qushuixuke", "qsxk")
    assert len(set(letters("qushui")) & set(letters("qushi"))) >= 3
