"""What a condition leaves open: nothing is ruled out before its facts are known."""

import re
from pathlib import Path

import pytest
from tests.cases.conftest import published

from onedoor.items.rules.facts import may_apply
from onedoor.kernel.expr import parse
from onedoor.portal.find.guide import guide_of

CANTEEN = {"eq": ["$business", "canteen"]}
CONTRACTED = {"eq": ["$contracted", "yes"]}


@pytest.mark.parametrize(
    ("tree", "answers", "open_"),
    [
        (CANTEEN, {}, True),
        (CANTEEN, {"business": "canteen"}, True),
        (CANTEEN, {"business": "sales"}, False),
        ({"all": [CANTEEN, CONTRACTED]}, {"business": "sales"}, False),
        ({"all": [CANTEEN, CONTRACTED]}, {"business": "canteen"}, True),
        ({"any": [CANTEEN, CONTRACTED]}, {"business": "sales"}, True),
        ({"any": [CANTEEN, CONTRACTED]}, {"business": "sales", "contracted": "no"}, False),
        ({"not": CANTEEN}, {}, True),
        ({"not": CANTEEN}, {"business": "canteen"}, False),
        ({"not": {"any": [CANTEEN, CONTRACTED]}}, {"contracted": "yes"}, False),
        ({"not": {"all": [CANTEEN, CONTRACTED]}}, {"contracted": "yes"}, True),
    ],
)
def test_only_known_facts_rule_something_out(tree: object, answers: dict[str, str], open_: bool) -> None:
    assert may_apply(parse(tree), answers) is open_


def test_without_a_condition_it_is_always_needed() -> None:
    assert may_apply(None, {})


@pytest.mark.parametrize(
    ("chosen", "conditions"), [({}, (True, True)), ({"reason": "lost"}, (False,)), ({"reason": "first"}, ())]
)
def test_a_fee_is_shown_where_the_situation_calls_for_it_or_may(
    chosen: dict[str, str], conditions: tuple[bool, ...]
) -> None:
    item = published("居民身份证申领、换领、补领")
    assert tuple(bool(row.condition) for row in guide_of(item, chosen).fees) == conditions


@pytest.mark.parametrize(
    ("chosen", "headline", "open_"),
    [
        ({}, "3 个工作日", True),
        ({"conditions": "same"}, "2 个工作日", True),
        ({"conditions": "changed"}, "3 个工作日", False),
    ],
)
def test_the_limit_is_that_of_the_situation_and_what_may_apply_is_told(
    chosen: dict[str, str], headline: str, open_: bool
) -> None:
    guide = guide_of(published("食品经营许可（延续）"), chosen)
    assert guide.clock.headline == headline
    assert any("没有变化" in str(fact.name) and "2 个工作日" in str(fact.value) for fact in guide.limits) is open_


@pytest.mark.parametrize(
    ("chosen", "told"),
    [({}, "有的情形我们去看现场"), ({"business": "catering"}, "我们去看现场"), ({"business": "sales"}, "")],
)
def test_whoever_need_not_come_is_told_where_somebody_comes_to_them(chosen: dict[str, str], told: str) -> None:
    guide = guide_of(published("食品经营许可"), chosen)
    tags = [tag.text for tag in guide.tags]
    assert "不用您跑" in tags
    assert [text for text in tags if "现场" in text] == [told] * bool(told)
    (visits,) = [fact.value for fact in guide.services if "跑几次" in fact.name]
    assert visits.startswith("0 次")
    assert ("请您或者您委托的人在场" in visits) is bool(told)


def test_nobody_is_told_to_stay_at_home_where_the_fee_is_paid_at_the_window() -> None:
    guide = guide_of(published("不动产登记（国有建设用地使用权及房屋所有权转移登记）"), {})
    tags = [tag.text for tag in guide.tags]
    assert ("缴费要跑一趟" in tags, "可网上申请" in tags) == (True, True)
    assert not {"不用您跑", "可全程网办"} & set(tags)
    (visits,) = [fact.value for fact in guide.services if "跑几次" in fact.name]
    assert "缴费另要跑一趟" in visits


@pytest.mark.parametrize(
    ("chosen", "reduced", "open_"),
    [
        ({"reason": "expired"}, False, True),
        ({"reason": "expired", "hardship": "yes"}, True, False),
        ({"reason": "expired", "hardship": "no"}, False, False),
    ],
)
def test_a_reduction_is_given_where_the_situation_says_so_and_told_where_it_may(
    chosen: dict[str, str], reduced: bool, open_: bool
) -> None:
    (row,) = guide_of(published("居民身份证申领、换领、补领"), chosen).fees
    assert bool(row.reduction) is reduced
    assert bool(row.reductions) is open_


def test_steps_that_run_beside_one_another_are_told_as_one_stage_and_no_inner_limit_is_added_up() -> None:
    guide = guide_of(published("食品经营许可"), {"business": "catering"})
    assert [[step.name for step in stage] for stage in guide.stages] == [["材料审查", "现场核查"], ["审核"], ["决定"]]
    assert not any("工作日" in step.value for stage in guide.stages for step in stage)
    assert "一共不超过 5 个工作日" in guide.within


@pytest.mark.parametrize("name", ["取水许可", "建筑工程施工许可", "最低生活保障对象认定和给付"])
def test_all_stages_together_take_what_is_promised(name: str) -> None:
    guide = guide_of(published(name), {})
    assert guide.clock.headline in guide.within


def test_no_page_of_the_portal_has_a_table_that_a_telephone_would_scroll_sideways() -> None:
    templates = Path(guide_of.__code__.co_filename).parents[1] / "templates"
    wide = [
        path.name for path in templates.rglob("*.html") if re.search(r"<table|class=\"scroll", path.read_text("utf-8"))
    ]
    assert wide == []
