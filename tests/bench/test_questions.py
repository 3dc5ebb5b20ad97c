"""A measure of search says what it claims to say, and its questions are questions."""

import pytest
import yaml
from tests.items.samples import COUNTY, item

from onedoor.bench.questions import HALVES, Question, quality, questions, rank

ASKED = Question("开饭馆", ("食品经营许可", "食品经营备案"))


def test_the_rank_is_the_first_place_of_any_item_that_is_meant() -> None:
    assert rank(ASKED, ["取水许可", "食品经营备案", "食品经营许可"]) == 2
    assert rank(ASKED, ["取水许可"]) == 0
    assert rank(ASKED, [*["取水许可"] * 10, "食品经营许可"]) == 0


def test_quality_is_the_mean_of_inverse_ranks_and_the_share_among_the_first_three() -> None:
    answers = {"a": ["x"], "b": ["y", "y", "y", "x"], "c": []}
    found = quality(lambda ask: answers[ask], [Question(ask, ("x",)) for ask in answers])
    assert found.mrr == pytest.approx((1 + 1 / 4 + 0) / 3)
    assert found.recall == pytest.approx(1 / 3)


@pytest.mark.parametrize("half", HALVES)
def test_each_half_asks_for_every_item_of_the_sample_county(half: str) -> None:
    asked = questions(half)
    assert len(asked) >= 400
    names = {item(path.stem).name for path in COUNTY.glob("*.yaml")}
    names |= {str(yaml.safe_load(path.read_text("utf-8"))["name"]) for path in COUNTY.glob("bundles/*.yaml")}
    meant = {name for name in names for question in asked if any(part in name for part in question.means)}
    assert meant == names
    assert [q.ask for q in asked if not any(part in name for name in names for part in q.means)] == []


def test_no_question_stands_in_both_halves_and_none_held_out_is_a_keyword() -> None:
    seen, held_out = ({question.ask for question in questions(half)} for half in HALVES)
    keywords = {word for path in COUNTY.glob("*.yaml") for word in item(path.stem).keywords}
    assert not seen & held_out
    assert not held_out & keywords
