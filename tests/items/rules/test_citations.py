"""What items rest on: one law under all its names, found wherever it is cited; what a change of it would touch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.items.samples import COUNTY, changed, item

from onedoor.items import queries
from onedoor.items.rules.citations import (
    Enactment,
    Rank,
    Standing,
    citations,
    effect,
    enactments_from,
    key_of,
    part_label,
)

DAY = date(2026, 3, 2)
FOOD = item()


@pytest.mark.parametrize("name", ["中华人民共和国食品安全法", "食品安全法", "《食品安全法》"])
def test_a_law_has_one_key_under_all_its_names(name: str) -> None:
    assert key_of(name) == "食品安全法"


@given(st.text(alphabet="中华人民共和国法《》（试行）", max_size=30))
def test_the_key_of_a_name_without_marks_is_itself(name: str) -> None:
    bare = key_of(f"某{name}规定")
    assert key_of(bare) == bare


def test_what_no_one_has_verified_is_unknown_not_in_force() -> None:
    assert Enactment(name="某办法").standing(DAY) is Standing.UNKNOWN
    assert Enactment(name="某办法", since=date(2026, 3, 2)).standing(DAY) is Standing.IN_FORCE
    assert Enactment(name="某办法", since=date(2026, 3, 3)).standing(DAY) is Standing.COMING
    assert Enactment(name="某办法", until=DAY, replaced_by="新办法").standing(DAY) is Standing.ENDED


def test_a_register_without_a_name_or_with_a_wrong_rank_is_refused() -> None:
    assert enactments_from({"laws": [{"name": "某法", "rank": "law", "since": "2020-01-01"}]})["某法"].rank is Rank.LAW
    with pytest.raises(KeyError):
        enactments_from({"laws": [{"rank": "law"}]})
    with pytest.raises(ValueError, match="decree"):
        enactments_from({"laws": [{"name": "某法", "rank": "decree"}]})


def test_basis_conditions_materials_and_limits_are_found() -> None:
    cited = {(str(one.path[0]), one.law) for one in citations(FOOD)}
    assert {("basis", "食品安全法"), ("conditions", "食品安全法"), ("clock", "行政许可法")} <= cited
    assert ("materials", "食品经营许可和备案管理办法") in cited


def test_running_text_cites_the_longest_name_and_the_articles_after_it() -> None:
    paid = changed({"promise.basis": "土地管理法实施条例第十二条；消防法第十五条"})
    known = ["土地管理法", "土地管理法实施条例", "消防法"]
    told = [(one.law, one.articles) for one in citations(paid, known) if one.path == ("promise", "basis")]
    assert told == [("土地管理法实施条例", ("第十二条",)), ("消防法", ("第十五条",))]


def test_abolishing_a_law_lists_items_fields_lists_and_forms() -> None:
    town = replace(FOOD, organ="11530524015241018J", organ_name="田园镇人民政府")
    found = effect("食品安全法", [FOOD, town, item("adoption")])
    (touched,) = found.items
    assert (touched.name, touched.lists) == (FOOD.name, (FOOD, town))
    assert found.fields == len(touched.fields) == len(set(touched.fields))
    assert (found.lists, found.forms) == (2, len(touched.forms))
    assert "经营场所设备布局图和操作流程图" in touched.forms


def test_one_article_touches_less_than_the_whole_law() -> None:
    whole, one = effect("食品安全法", [FOOD]), effect("食品安全法", [FOOD], article="第三十三条")
    assert 0 < one.fields < whole.fields
    assert ("basis", 0) not in one.items[0].fields  # 第三十五条


def test_the_platform_says_which_of_its_own_rules_apply_an_article() -> None:
    from onedoor.items.rules.lint import limits  # noqa: F401

    assert effect("行政许可法", [], article="第四十二条").functions


def test_a_field_is_named_in_words() -> None:
    table = queries.policies()
    assert part_label(("materials", 2, "by_law"), table) == "申请材料"
    assert part_label(("clock", "legal", "article"), table) == "法定办结时限"


def test_the_register_knows_every_law_that_the_county_cites() -> None:
    sources, _ = queries.read_folder(COUNTY)
    known = queries.enactments()
    strange = {one.law for source in sources for one in citations(source.item) if one.law not in known}
    assert sorted(strange) == [], "add them to items/data/laws.yaml; leave dates empty that nobody has verified"
