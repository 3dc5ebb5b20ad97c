"""The sample county passes its trial; each kind of failure is told by somebody to whom it happens."""

import time
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import Any

import pytest
from tests.items.samples import COUNTY, DATA, DAY, changed, item, tables

from onedoor.items.rules import Item, decode, encode
from onedoor.items.rules.paper import Stationery, stationery_from
from onedoor.items.rules.reading import text_of, tree_of
from onedoor.items.rules.trial import Trial, Trouble, trial
from onedoor.items.rules.trial.paths import MOST, Paths
from onedoor.items.rules.trial.process import fits, longest, why_no_end
from onedoor.kernel.clock import Limit, StartEvent, Unit
from onedoor.kernel.journey import Form
from onedoor.kernel.plan import Step, StepKind
from onedoor.kernel.workdays import Calendar

SLUGS = sorted(path.stem for path in COUNTY.glob("*.yaml"))


@cache
def calendar() -> Calendar:
    return tables().on(DAY).calendar


@cache
def stationery() -> Stationery:
    return stationery_from(tree_of(text_of((DATA / "paper.yaml").read_bytes())))


def tried(one: Item) -> Trial:
    return trial(one, on=DAY, calendar=calendar(), stationery=stationery())


def story(one: Item, trouble: Trouble, field: str) -> str:
    """What is told of this failure, which must be the only one of its kind at that place."""
    (found,) = [f for f in tried(one).failures if (f.trouble, f.field) == (trouble, field)]
    return found.story


@pytest.mark.parametrize("slug", SLUGS)
def test_nobody_gets_stuck_in_the_items_of_the_sample_county(slug: str) -> None:
    found = tried(item(slug))
    assert found.failures == ()
    assert found.left_out == ()


def test_a_trial_is_the_same_every_time() -> None:
    assert tried(item()) == tried(item())


def test_few_combinations_are_walked_all_many_by_pairs() -> None:
    assert tried(item("subsistence-allowance")).complete
    many = tried(item())
    assert not many.complete
    assert many.paths <= 2 * MOST


def test_every_pair_of_answers_that_can_be_given_together_is_given_together() -> None:
    paths = Paths(item())
    rows, complete, missed = paths.chosen()
    assert (complete, missed) == (False, 0)
    given = {pair for row in rows for pair in combinations(row.items(), 2)}
    wanted = [(("business", "canteen"), ("contracted", "yes")), (("contracted", "no"), ("rented", "yes"))]
    assert set(wanted) <= given
    assert (("business", "sales"), ("contracted", "yes")) not in given  # only a canteen is asked


def test_nobody_may_apply() -> None:
    assert "没有人可以申请" in story(changed({"audiences": []}), Trouble.NOBODY, "audiences")


def test_a_question_that_takes_no_answer_is_told_with_the_page() -> None:
    one = _question("place_size", minimum="100", maximum="10")
    told = story(one, Trouble.STUCK, _at("place_size"))
    assert "填到“店在哪里”这一页就填不下去了" in told
    assert told.startswith("李某")
    assert "不能大于10" in told


def test_a_pattern_without_an_example_holds_everybody_up() -> None:
    told = story(
        _question("contact_name", pattern="[a-z]{3}-[0-9]{9}", pattern_message="三个字母"),
        Trouble.STUCK,
        _at("contact_name"),
    )
    assert "没有能通过的例子" in told


def test_a_way_that_leads_back_never_ends() -> None:
    one = item()
    round_ = replace(one, form=Form((*one.form.pages, one.form.pages[0])))
    stuck = [failure for failure in tried(round_).failures if failure.trouble is Trouble.STUCK]
    assert "永远走不完" in stuck[0].story


@pytest.mark.parametrize(
    ("place", "value", "field", "name"),
    [
        ("situations.1.when", {"eq": ["$rented", "yes"]}, "situations[1]", "情形“食堂是不是承包给别人经营？”"),
        ("materials.3.when", {"eq": ["$rented", "maybe"]}, "materials[3]", "材料“保证食品安全的规章制度”"),
        ("plan.steps.1.when", {"gt": ["$seats", 9000]}, "plan.steps[1]", "环节“现场核查”"),
        ("form.pages.2.when", {"eq": ["$business", "vending"]}, "form.pages[2]", "“做哪些餐饮”这一页"),
    ],
)  # fmt: skip
def test_what_nobody_comes_to_is_named_with_its_condition(place: str, value: Any, field: str, name: str) -> None:
    told = story(changed({place: value}), Trouble.UNREACHABLE, field)
    assert told.startswith(f"没有一个申请人走得到{name}。它只在这种情形出现：")


def test_a_fee_that_nobody_pays_is_unreachable() -> None:
    fee = {"name": "工本费", "standard": "每证 10 元", "basis": "示例", "when": {"eq": ["$business", "none"]}}
    assert "收费“工本费”" in story(changed({"fees": [fee]}), Trouble.UNREACHABLE, "fees[0]")


def test_steps_that_wait_for_each_other_never_begin() -> None:
    told = story(changed({"plan.steps.0.after": ["check"]}), Trouble.ENDLESS, "plan.steps[0]")
    assert "等不到决定" in told
    assert "“材料审查”等“审核”" in told


def test_a_decision_that_only_some_get_is_told_by_one_who_gets_none() -> None:
    told = story(changed({"plan.steps.3.when": {"eq": ["$business", "sales"]}}), Trouble.ENDLESS, "plan.steps")
    assert "没有人作决定" in told
    assert "餐饮服务" in told


def test_a_step_that_the_decision_does_not_wait_for_is_told() -> None:
    told = story(changed({"plan.steps.2.after": ["papers"]}), Trouble.ENDLESS, "plan.steps[1]")
    assert "决定不等它的结果" in told


def test_the_longest_chain_must_fit_the_promise_of_whoever_needs_the_visit() -> None:
    told = story(changed({"plan.steps.1.limit.number": 9}), Trouble.TOO_LONG, "clock.promised")
    assert (
        "现场核查（9个工作日）→审核（1个工作日）→决定（1个工作日），一共要11个工作日，可是承诺的期限是5个工作日" in told
    )
    assert "食品销售" not in told  # no visit there


def test_a_shorter_promise_is_held_against_the_steps_of_its_own_situation() -> None:
    one = changed({"shorter_limits.0.limit.number": 1}, "food-business-renewal")
    told = story(one, Trouble.TOO_LONG, "shorter_limits[0].limit")
    assert "没有变化" in told
    assert "一共要2个工作日，可是承诺的期限是1个工作日" in told


def test_a_promise_and_a_reduction_that_nobody_comes_to_are_named() -> None:
    longer = changed({"shorter_limits.0.limit.number": 3}, "food-business-renewal")
    assert "承诺时限“3个工作日”" in story(longer, Trouble.UNREACHABLE, "shorter_limits[0]")
    never = {"eq": ["$reason", "lost"]}
    one = changed({"fees.0.reductions.0.when": never}, "id-card")
    assert "的减免“免收”" in story(one, Trouble.UNREACHABLE, "fees[0].reductions[0]")


def test_a_promise_beyond_the_law_does_not_hide_that_the_steps_exceed_it() -> None:
    one = changed({"plan.steps.1.limit.number": 9, "clock.promised.number": 30})
    assert "可是法定的期限是10个工作日" in story(one, Trouble.TOO_LONG, "clock.legal")


def test_what_is_brought_later_must_come_before_the_decision() -> None:
    told = story(changed({"materials.3.tolerated_days": 5}), Trouble.TOO_LATE, "materials[3].tolerated_days")
    assert "可以后补“保证食品安全的规章制度”，5个工作日内补齐" in told


def test_a_result_without_a_template_cannot_be_issued() -> None:
    told = story(changed({"result.template": "scroll"}), Trouble.PAPER, "result.template")
    assert "发不出“食品经营许可证”" in told


def test_the_trial_of_an_item_takes_little_time() -> None:
    """The whole county: 50 ms an item on the slowest machine that the tests run on is ten times what it takes."""
    items = [item(slug) for slug in SLUGS]
    tried(items[0])
    began = time.process_time()
    for one in items:
        tried(one)
    assert (time.process_time() - began) / len(items) < 0.05


def _limit(number: int, unit: Unit) -> Limit:
    return Limit(number, unit, StartEvent.ACCEPTED)


def test_limits_in_one_unit_are_added_up() -> None:
    days = [_limit(3, Unit.WORKDAY), _limit(2, Unit.WORKDAY)]
    assert fits(days, _limit(5, Unit.WORKDAY), calendar())
    assert not fits(days, _limit(5, Unit.WORKDAY), calendar(), early=True)
    assert not fits(days, _limit(4, Unit.WORKDAY), calendar())


def test_limits_in_several_units_are_held_against_the_calendar() -> None:
    assert fits([_limit(15, Unit.DAY), _limit(5, Unit.WORKDAY)], _limit(1, Unit.MONTH), calendar())
    assert not fits([_limit(20, Unit.DAY), _limit(10, Unit.WORKDAY)], _limit(1, Unit.MONTH), calendar())


def _step(key: str, *after: str, days: int = 1, kind: StepKind = StepKind.REVIEW) -> Step:
    return Step(key, key, kind, after=after, limit=_limit(days, Unit.WORKDAY))


def test_the_longest_way_is_not_the_one_with_the_most_steps() -> None:
    steps = [_step("a"), _step("b", "a"), _step("c", days=9), _step("d", "b", "c", kind=StepKind.DECISION)]
    assert [step.key for step in longest(steps)] == ["c", "d"]
    assert why_no_end(steps) == ("", "")


def test_two_decisions_are_one_too_many() -> None:
    steps = [_step("a", kind=StepKind.DECISION), _step("b", "a", kind=StepKind.DECISION)]
    assert why_no_end(steps)[0] == "b"


def _question(key: str, **values: Any) -> Item:
    tree = encode(item())
    for page in tree["form"]["pages"]:
        for question in page["questions"]:
            if question["key"] == key:
                question.update(values)
    return decode(Item, tree)


def _at(key: str) -> str:
    for number, page in enumerate(item().form.pages):
        for index, question in enumerate(page.questions):
            if question.key == key:
                return f"form.pages[{number}].questions[{index}]"
    raise KeyError(key)
