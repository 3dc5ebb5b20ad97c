"""Templates at the desk: kept, offered with the act, deleted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.cases.world import AT, World

from onedoor.cases import commands, queries
from onedoor.kernel.actor import Actor

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]


def test_words_are_offered_where_they_fit(world: World, acting: SignIn) -> None:
    reviewer = acting(world.reviewer)
    given = {"name": "符合（餐饮）", "act": "review", "text": "布局合理，符合条件。"}
    assert "符合（餐饮）" in reviewer.post("/desk/words/", given, follow=True).content.decode()
    number = commands.submit(world.application(), by=world.citizen, at=AT, key="k").number
    commands.accept(number, by=world.clerk, at=AT)
    assert 'value="布局合理，符合条件。"' in reviewer.get(f"/desk/cases/{number}/").content.decode()
    (held,) = queries.opinions(by=world.reviewer)
    reviewer.post("/desk/words/", {"drop": str(held.id)})
    assert queries.opinions(by=world.reviewer) == ()


def test_words_for_all_are_refused_to_whoever_does_not_decide(world: World, acting: SignIn) -> None:
    given = {"name": "全体", "act": "review", "text": "好", "organ": world.item.organ}
    answer = acting(world.reviewer).post("/desk/words/", given)
    assert answer.status_code == 422
    assert "负责人设置" in answer.content.decode()
