"""自动核验: in favour only, by a published rule; what it does not settle is people's, and nobody's before that."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from tests.cases.conftest import Now, fold, published, submitted

from onedoor.cases.rules import automatic
from onedoor.cases.rules import events as e
from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules.attribution import Party, attribution
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.standing import standing_of
from onedoor.cases.rules.tasks import tasks
from onedoor.cases.rules.values import Case, State, Verdict
from onedoor.items.rules import ItemVersion
from onedoor.kernel.errors import Refused
from onedoor.kernel.expr import Value
from onedoor.kernel.hours import Hours, Office
from onedoor.kernel.plan import Plan
from onedoor.kernel.workdays import Calendar

DAY = date(2026, 3, 3)
NAME, KEY = "八十周岁以上老年人高龄津贴给付", "registered"
HOURS = (Hours(date(2004, 1, 1), ((time(8, 30), time(11, 30)), (time(14, 30), time(17, 30))), "示例"),)
OLD: dict[str, Value] = {"age": 85, "sex": "2", "resident": True}
BY_HAND = {"step": KEY, "verdict": Verdict.PASSED, "opinion": "查户口簿，年满八十周岁。"}


@pytest.fixture(scope="module")
def allowance() -> ItemVersion:
    return published(NAME)


@pytest.fixture
def case(allowance: ItemVersion, now: Now) -> Case:
    case = fold(None, (submitted(allowance, DAY, {"age": "a80", "who": "self"}),), now(DAY, "张三", allowance))
    return fold(case, law.accept(case, now(DAY, "收件员", allowance)), now(DAY, "收件员", allowance))


def looked_up(case: Case, when: object, *, known: dict[str, Value]) -> tuple[e.Event, ...]:
    step = when.item.plan.step(KEY)  # type: ignore[attr-defined]
    return automatic.check_register(case, when, step, answers={"age": "a80"}, known=known)  # type: ignore[arg-type]


def test_what_the_register_confirms_is_done_by_the_platform_once(
    case: Case, allowance: ItemVersion, now: Now, calendar: Calendar
) -> None:
    when = now(DAY, "平台", allowance)
    assert KEY not in {task.key for task in tasks(case, allowance, calendar)}
    assert standing_of(case, allowance, calendar).automatic == {KEY}
    checked, done = looked_up(case, when, known=OLD)
    assert isinstance(checked, e.RegisterChecked)
    assert (checked.met, checked.asked, checked.missing) == (True, ("age", "resident"), ())
    assert checked.found == "人口库查到：年龄 85 周岁，户籍在本县：是。"
    assert "性别" not in checked.found, "what the rule does not use is not told"
    assert e.to_body(checked)[1] == {"found": checked.found}, "what a register says of a person can be erased"
    assert isinstance(done, e.StepCompleted)
    case = fold(case, (checked, done), when)
    assert case.results[KEY].verdict is Verdict.PASSED
    assert standing_of(case, allowance, calendar).automatic == frozenset()
    assert looked_up(replace(case, by_hand={KEY: DAY}), when, known=OLD) == ()


@pytest.mark.parametrize(
    ("known", "missing"),
    [
        ({**OLD, "age": 79}, ()),
        ({**OLD, "resident": False}, ()),
        ({"sex": "2"}, ("age", "resident")),
        ({}, ("age", "resident")),
    ],
)
def test_what_it_does_not_confirm_goes_to_people_and_is_never_refused(
    case: Case, allowance: ItemVersion, now: Now, calendar: Calendar, known: dict[str, Value], missing: tuple[str, ...]
) -> None:
    """The application says a80 of its own: it never stands for what the register did not say."""
    when, officer = now(DAY, "平台", allowance), now(DAY, "审查员", allowance)
    with pytest.raises(Refused, match="正在自动核验"):
        law.complete_step(case, officer, **BY_HAND)  # type: ignore[arg-type]
    (checked,) = looked_up(case, when, known=known)
    assert isinstance(checked, e.RegisterChecked)
    assert (checked.met, checked.missing) == (False, missing)
    case = fold(case, (checked,), when)
    task = next(task for task in tasks(case, allowance, calendar) if task.key == KEY)
    assert (task.name, task.organ) == ("人工核对：人口库核对年龄和户籍", allowance.organ)
    assert looked_up(case, when, known=OLD) == (), "it is asked once"
    case = fold(case, law.complete_step(case, officer, **BY_HAND), officer)  # type: ignore[arg-type]
    assert case.results[KEY].by == officer.by.ref


def test_sent_back_it_is_held_against_the_register_anew(case: Case, allowance: ItemVersion, now: Now) -> None:
    when = now(DAY, "平台", allowance)
    case = fold(case, looked_up(case, when, known={}), when)
    case = fold(case, law.complete_step(case, now(DAY, "审查员", allowance), **BY_HAND), when)  # type: ignore[arg-type]
    case = fold(case, law.send_back(case, when, step=KEY, reason="再核"), when)
    assert (case.by_hand, KEY in case.results) == ({}, False)
    assert len(looked_up(case, when, known=OLD)) == 2


def test_until_then_the_minutes_are_the_platform_s_and_afterwards_the_organ_s(
    allowance: ItemVersion, case: Case, now: Now, calendar: Calendar
) -> None:
    plan = Plan((replace(allowance.plan.step(KEY), after=()), replace(allowance.plan.steps[-1], after=(KEY,))))
    item, at = replace(allowance, plan=plan), now(DAY, "平台", allowance).at
    begun = (
        submitted(item, DAY, {"age": "a80", "who": "self"}),
        *law.accept(replace(case, state=State.SUBMITTED), now(DAY, "收件员", item)),
    )
    (checked,) = looked_up(case, now(DAY, "平台", allowance), known={})
    told = (submitted(item, DAY, {"age": "a80", "who": "self"}), *begun)
    facts = [Fact(seq, at, "x", "web", event) for seq, event in enumerate(told, 1)]
    facts.append(Fact(3, at + timedelta(minutes=30), "x", "web", checked))
    found = attribution(facts, {item.id: item}, office=Office(calendar, HOURS), until=at + timedelta(minutes=60))
    assert [(share.holder.party, share.holder.work, share.minutes) for share in found.shares] == [
        (Party.PLATFORM, KEY, 30),
        (Party.ORGAN, KEY, 30),
    ]
