"""The register of laws and what rests on each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.items.samples import item

from onedoor.items import commands, queries
from onedoor.items.rules import Basis
from onedoor.items.rules.citations import Rank
from onedoor.kernel.actor import system
from onedoor.kernel.errors import NotFound

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SYSTEM = system("test")
pytestmark = pytest.mark.django_db


def test_the_register_counts_items_lists_and_places() -> None:
    food = item()
    town = replace(food, organ="11530524015240023W", organ_name="昌宁县政务服务管理局")
    commands.publish([food, town], by=SYSTEM, at=AT)
    (law,) = [one for one in queries.cited() if one.law.key == "食品安全法"]
    assert (law.items, law.lists, law.registered, law.law.rank) == (1, 2, True, Rank.LAW)
    assert law.places == queries.reach("食品安全法").effect.fields


def test_a_law_of_the_register_that_nobody_cites_stands_last() -> None:
    commands.publish([item()], by=SYSTEM, at=AT)
    assert (queries.cited()[-1].lists, queries.cited()[0].lists) == (0, 1)
    assert queries.reach(queries.cited()[-1].law.key).effect.items == ()


def test_a_law_that_the_register_does_not_know_is_shown_as_such() -> None:
    strange = replace(item(), basis=(*item().basis, Basis("某县暂行规定", "某府发〔2019〕1号", "第三条")))
    commands.publish([strange], by=SYSTEM, at=AT)
    (law,) = [one for one in queries.cited() if not one.registered]
    assert (law.law.name, law.law.rank) == ("某县暂行规定", Rank.UNKNOWN)
    found = queries.reach("某县暂行规定")
    assert (found.articles, found.parts) == ((("第三条", 1),), (("设定依据", 1),))


def test_a_law_that_nobody_knows_is_not_found() -> None:
    with pytest.raises(NotFound):
        queries.reach("没有的法")


def test_one_article_leads_to_what_cites_it() -> None:
    commands.publish([item()], by=SYSTEM, at=AT)
    whole, one = queries.reach("食品安全法"), queries.reach("食品安全法", article="第三十三条")
    assert dict(whole.articles)["第三十三条"] == one.effect.fields
