"""Templates: one's own by oneself, the organ's by whoever decides there."""

import pytest
from tests.cases.world import AT, World

from onedoor.cases import commands, queries
from onedoor.cases.queries import Words
from onedoor.journal import queries as journal
from onedoor.kernel.actor import Act
from onedoor.kernel.errors import Forbidden, Invalid, NotFound

pytestmark = pytest.mark.django_db


def words(organ: str = "", **changes: str) -> Words:
    given = {"act": Act.REVIEW.value, "item": "", "name": "符合（餐饮）", "text": "经审查，符合条件。"} | changes
    return Words(0, given["act"], given["item"], organ, given["name"], given["text"])


def test_own_words_are_ones_own(world: World) -> None:
    commands.save_opinion(words(), by=world.reviewer, at=AT)
    commands.save_opinion(words(text="改写。"), by=world.reviewer, at=AT)
    assert [held.text for held in queries.opinions(by=world.reviewer, act="review")] == ["改写。"]
    assert queries.opinions(by=world.clerk) == ()
    (held,) = queries.opinions(by=world.reviewer)
    with pytest.raises(NotFound):
        commands.drop_opinion(held.id, by=world.leader, at=AT)


def test_words_of_an_organ_are_set_by_its_leader_and_journalled(world: World) -> None:
    organ = world.item.organ
    with pytest.raises(Forbidden):
        commands.save_opinion(words(organ), by=world.reviewer, at=AT)
    commands.save_opinion(words(organ), by=world.leader, at=AT)
    (held,) = queries.opinions(by=world.reviewer, act="review", item=world.item.code)
    assert held.organ == organ
    commands.drop_opinion(held.id, by=world.leader, at=AT)
    assert [fact.kind for fact in journal.stream(f"opinion:{held.id}")] == ["opinion_saved", "opinion_dropped"]


def test_words_for_one_item_are_offered_there_only(world: World) -> None:
    commands.save_opinion(words(item="别的事项"), by=world.reviewer, at=AT)
    assert queries.opinions(by=world.reviewer, act="review", item=world.item.code) == ()


@pytest.mark.parametrize("changes", [{"name": ""}, {"text": " "}, {"act": "deliver"}, {"text": "字" * 2001}])
def test_words_need_a_name_a_text_and_an_act(world: World, changes: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        commands.save_opinion(words(**changes), by=world.reviewer, at=AT)
