"""追加请求: the organ may ask for what it overlooked, at its own cost; the applicant owes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.cases.conftest import Now, fold
from tests.cases.rules.test_lifecycle import accepted, asked, brought

from onedoor.cases.rules import events as e
from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules.clocks import clocks, profile_of, settle
from onedoor.cases.rules.demands import not_resting_on_overlooked
from onedoor.cases.rules.events.promises import OwedReceived
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.overlooked import ask, askable, decline, leads
from onedoor.cases.rules.promising import awaited, hand_in
from onedoor.cases.rules.telling import told
from onedoor.cases.rules.values import Case, Outcome, State
from onedoor.items.rules import ItemVersion
from onedoor.kernel.actor import Act, Grant
from onedoor.kernel.errors import Forbidden, Invalid, Refused
from onedoor.kernel.workdays import Calendar

DAY = date(2026, 3, 17)
RULES = {"rules": "制度里没有写消毒"}


def leader(now: Now, item: ItemVersion, *acts: Act, by: str = "局长") -> Occasion:
    own = Grant("post:1", frozenset(acts or {Act.VIEW, Act.NOTIFY, Act.OVERSEE}), item.organ, "530524")
    plain = now(DAY, by)
    return replace(plain, by=replace(plain.by, grants=(own,)))


@pytest.fixture
def came(case: Case, now: Now) -> Case:
    """Asked once for the layout, which has come."""
    return brought(asked(case, now), now, date(2026, 3, 16))


def test_only_a_leader_who_has_not_handled_the_case_asks_and_says_why(came: Case, now: Now, food: ItemVersion) -> None:
    with pytest.raises(Forbidden, match="本机关负责人"):
        ask(came, leader(now, food, Act.VIEW, Act.NOTIFY), materials=RULES, reason="漏看")
    with pytest.raises(Forbidden):  # the county's overseer leads no organ
        ask(came, leader(now, food, Act.VIEW, Act.OVERSEE), materials=RULES, reason="漏看")
    with pytest.raises(Refused, match="没有经办"):
        ask(came, leader(now, food, by="收件员"), materials=RULES, reason="漏看")
    with pytest.raises(Invalid):
        ask(came, leader(now, food), materials=RULES, reason=" ")
    assert leads(came, leader(now, food).by)
    (event,) = ask(came, leader(now, food), materials=RULES, reason="初审时没有看到第三页")
    assert (event.materials, event.officer) == (RULES, "局长")


def test_before_the_one_notice_and_for_what_it_named_there_are_notices_and_no_requests(
    case: Case, came: Case, now: Now, food: ItemVersion
) -> None:
    assert askable(case, food) == askable(asked(case, now), food) == frozenset()
    with pytest.raises(Refused, match="一次性告知"):
        ask(case, leader(now, food), materials=RULES, reason="漏看")
    with pytest.raises(Invalid, match="重新选"):
        ask(came, leader(now, food), materials={"layout": "看不清"}, reason="漏看")
    with pytest.raises(Refused, match="追加请求"):  # the second notice names this way
        law.request_supplement(came, now(DAY), materials=RULES)
    with pytest.raises(Refused, match="追加请求"):
        law.request_supplement(accepted(case, now), now(DAY), materials=RULES)


def test_no_clock_stops_and_silence_accepts_as_before(
    came: Case, now: Now, food: ItemVersion, calendar: Calendar
) -> None:
    late = fold(came, ask(came, leader(now, food), materials=RULES, reason="漏看"), now(DAY))
    assert late.state is State.SUBMITTED
    assert clocks(late, food.clock) == clocks(came, food.clock)
    on = date(2026, 3, 24)
    assert settle(late, food.clock, calendar=calendar, on=on) == settle(came, food.clock, calendar=calendar, on=on)
    running = accepted(case=came, now=now, on=DAY)
    in_review = fold(running, ask(running, leader(now, food), materials=RULES, reason="漏看"), now(DAY))
    assert clocks(in_review, profile_of(in_review, food)) == clocks(running, profile_of(running, food))


def test_the_applicant_brings_it_or_says_no_and_is_not_asked_twice(came: Case, now: Now, food: ItemVersion) -> None:
    late = fold(came, ask(came, leader(now, food), materials=RULES, reason="漏看"), now(DAY))
    message = told(e.OverlookedAsked.kind, late, None)
    assert message is not None
    assert (message.template, message.values["count"]) == ("overlooked", "1")
    assert awaited(late) == {"rules"}
    assert "rules" not in askable(late, food)
    file = fold(late, hand_in(late, OwedReceived(DAY, {"rules": ("f9",)})), now(DAY, "张三"))
    assert (file.overlooked, file.materials["rules"]) == ({}, ("f9",))
    no = fold(late, decline(late, now(DAY, "张三")), now(DAY, "张三"))
    assert awaited(no) == frozenset()
    assert told(e.OverlookedAsked.kind, no, None) is None
    with pytest.raises(Refused):
        decline(no, now(DAY, "张三"))


def test_no_refusal_rests_on_what_was_asked_for_too_late(came: Case, now: Now, food: ItemVersion) -> None:
    late = fold(came, ask(came, leader(now, food), materials=RULES, reason="漏看"), now(DAY))
    no = fold(late, decline(late, now(DAY, "张三")), now(DAY, "张三"))
    name = food.material("rules").name
    for case in (late, no):
        with pytest.raises(Refused, match="追加请求"):
            not_resting_on_overlooked(case, food, Outcome.DENIED, reasons=f"没有提交{name}")
    not_resting_on_overlooked(late, food, Outcome.DENIED, reasons="操作间与厕所相邻，不符合卫生要求")
    not_resting_on_overlooked(late, food, Outcome.GRANTED, reasons=f"{name}齐全")
