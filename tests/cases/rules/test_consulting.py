"""征求意见: silence as the plan says, once; late opinions weighed until signing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.cases.conftest import Now, fold, published, submitted

from onedoor.cases.rules import events as e
from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules.consulting import answer_late_opinion, ends, fallen_silent, give_late_opinion, overview
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.fold import replay
from onedoor.cases.rules.tasks import tasks
from onedoor.cases.rules.values import Case, Outcome, Verdict
from onedoor.items.rules import ItemVersion
from onedoor.kernel.actor import system
from onedoor.kernel.errors import Invalid, Refused
from onedoor.kernel.plan import Silence
from onedoor.kernel.workdays import Calendar

RECEIVED, ACCEPTED, LAST, AFTER = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 6), date(2026, 3, 9)
FACTS = {"what": "fixed", "road": "yes", "carrier": "roof"}


@pytest.fixture(scope="module")
def advert() -> ItemVersion:
    return published("设置大型户外广告及在城市建筑物、设施上悬挂、张贴宣传品审批")


@pytest.fixture
def asked(advert: ItemVersion, now: Now) -> Case:
    """Accepted on Tuesday; police and fire brigade have three working days, until Friday."""
    case = fold(None, (submitted(advert, RECEIVED, FACTS),), now(RECEIVED, "张三", advert))
    return fold(case, law.accept(case, now(ACCEPTED, "收件员", advert)), now(ACCEPTED, "收件员", advert))


def with_effect(item: ItemVersion, effect: Silence) -> ItemVersion:
    steps = tuple(replace(s, silence=effect) if s.key == "fire" else s for s in item.plan.steps)
    return replace(item, plan=replace(item.plan, steps=steps))


def settled(case: Case, item: ItemVersion, now: Now, calendar: Calendar, on: date = AFTER) -> Case:
    events = fallen_silent(case, item, calendar=calendar, on=on)
    return fold(case, events, replace(now(on, item=item), by=system("platform")))


def test_until_the_end_of_its_last_day_an_opinion_is_waited_for(
    asked: Case, advert: ItemVersion, calendar: Calendar
) -> None:
    assert set(ends(asked, advert, calendar)) == {LAST}
    assert fallen_silent(asked, advert, calendar=calendar, on=LAST) == ()
    assert {event.step for event in fallen_silent(asked, advert, calendar=calendar, on=AFTER)} == {"traffic", "fire"}


@pytest.mark.parametrize(
    ("effect", "verdict"),
    [(Silence.DEEMED, Verdict.SILENT), (Silence.LEAD_DECIDES, Verdict.SILENT), (Silence.ESCALATE, None)],
)
def test_silence_has_the_effect_that_the_plan_says_once(
    asked: Case, advert: ItemVersion, now: Now, calendar: Calendar, effect: Silence, verdict: Verdict | None
) -> None:
    item = with_effect(advert, effect)
    case = settled(asked, item, now, calendar)
    result = case.results.get("fire")
    assert (result.verdict if result else None) == verdict
    assert case.silent["fire"] == LAST
    assert fallen_silent(case, item, calendar=calendar, on=date(2026, 3, 20)) == ()
    assert ("fire" in {task.key for task in tasks(case, item, calendar)}) == (effect is Silence.ESCALATE)


def test_an_escalated_opinion_is_still_waited_for_and_may_be_given(
    asked: Case, advert: ItemVersion, now: Now, calendar: Calendar
) -> None:
    item = with_effect(advert, Silence.ESCALATE)
    case, when = settled(asked, item, now, calendar), now(AFTER, "消防", item)
    case = fold(case, law.complete_step(case, when, step="fire", verdict=Verdict.PASSED, opinion="同意"), when)
    assert case.results["fire"].verdict is Verdict.PASSED
    assert case.late == {}


def test_nobody_can_fill_in_silence(asked: Case, advert: ItemVersion, now: Now) -> None:
    with pytest.raises(Invalid):
        law.complete_step(asked, now(ACCEPTED, item=advert), step="fire", verdict=Verdict.SILENT, opinion="无")


def test_what_was_sent_back_is_asked_anew_with_its_whole_limit(
    asked: Case, advert: ItemVersion, now: Now, calendar: Calendar
) -> None:
    case, when = settled(asked, advert, now, calendar), now(AFTER, item=advert)
    case = fold(case, law.send_back(case, when, step="fire", reason="材料更换，重新征求"), when)
    assert (case.silent, case.results) == ({"traffic": LAST}, {"traffic": case.results["traffic"]})
    assert ends(case, advert, calendar) == (date(2026, 3, 12),)
    assert fallen_silent(case, advert, calendar=calendar, on=date(2026, 3, 12)) == ()


def reviewed(case: Case, item: ItemVersion, now: Now) -> Case:
    when = now(AFTER, "审查员", item)
    while steps := [s for s in law.open_steps(case, item) if s.key != "decide"]:
        words = {"step": steps[0].key, "verdict": Verdict.PASSED, "opinion": "查明", "officers": ("甲", "乙")}
        case = fold(case, law.complete_step(case, when, **words), when)  # type: ignore[arg-type]
    return case


@pytest.mark.parametrize(
    ("verdict", "taken", "refused"),
    [
        (Verdict.PASSED, True, False),
        (Verdict.FAILED, False, False),
        (Verdict.FAILED, True, True),
    ],
)
def test_a_late_opinion_is_answered_before_signing_and_one_followed_counts_as_given(
    asked: Case, advert: ItemVersion, now: Now, calendar: Calendar, verdict: Verdict, taken: bool, refused: bool
) -> None:
    case = reviewed(settled(asked, advert, now, calendar), advert, now)
    fire, chief = now(date(2026, 3, 10), "消防", advert), now(date(2026, 3, 10), "局长", advert)
    case = fold(case, give_late_opinion(case, fire, step="fire", verdict=verdict, opinion="补来的意见"), fire)
    granting = {"outcome": Outcome.GRANTED, "reasons": "符合条件", "article": "第十一条"}
    with pytest.raises(Refused, match="采纳或者不采纳"):
        law.decide(case, chief, **granting)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        give_late_opinion(case, fire, step="fire", verdict=verdict, opinion="再补")
    with pytest.raises(Invalid):
        answer_late_opinion(case, chief, step="fire", taken=taken, reason="")
    case = fold(case, answer_late_opinion(case, chief, step="fire", taken=taken, reason="已核实"), chief)
    with pytest.raises(Refused):
        answer_late_opinion(case, chief, step="fire", taken=taken, reason="再答")
    if refused:
        with pytest.raises(Refused, match="不符合"):
            law.decide(case, chief, **granting)  # type: ignore[arg-type]
    else:
        assert law.decide(case, chief, **granting)  # type: ignore[arg-type]


def test_an_opinion_still_waited_for_comes_by_its_step_and_not_late(asked: Case, advert: ItemVersion, now: Now) -> None:
    with pytest.raises(Refused):
        give_late_opinion(asked, now(ACCEPTED, "消防", advert), step="fire", verdict=Verdict.PASSED, opinion="同意")


def test_the_lead_sees_who_answered_what_when_and_who_is_late(
    advert: ItemVersion, now: Now, calendar: Calendar
) -> None:
    facts: list[Fact] = []

    def take(events: tuple[e.Event, ...], on: date, by: str) -> Case:
        when = now(on, by, advert)
        facts.extend(Fact(len(facts) + n, when.at, when.by.ref, "web", event) for n, event in enumerate(events, 1))
        return replay(facts)

    case = take((submitted(advert, RECEIVED, FACTS),), RECEIVED, "张三")
    assert [one.begun for one in overview(case, advert, facts, calendar=calendar, on=RECEIVED)] == [False, False]
    case = take(law.accept(case, now(ACCEPTED, item=advert)), ACCEPTED, "收件员")
    words = {"step": "traffic", "verdict": Verdict.PASSED, "opinion": "不影响视线"}
    case = take(law.complete_step(case, now(LAST, "交警", advert), **words), LAST, "交警")  # type: ignore[arg-type]
    traffic, fire = overview(case, advert, facts, calendar=calendar, on=AFTER)
    assert (traffic.answered, traffic.late, traffic.opinion, traffic.due) == (True, False, "不影响视线", LAST)
    assert (fire.answered, fire.late, fire.begun) == (False, True, True)
    case = take(fallen_silent(case, advert, calendar=calendar, on=AFTER), AFTER, "平台")
    silent = overview(case, advert, facts, calendar=calendar, on=AFTER)[1]
    assert (silent.answered, silent.late, silent.opinion) == (False, True, None)
    when = now(AFTER, "消防", advert)
    case = take(give_late_opinion(case, when, step="fire", verdict=Verdict.FAILED, opinion="遮挡窗口"), AFTER, "消防")
    late = overview(case, advert, facts, calendar=calendar, on=AFTER)[1]
    assert (late.answered, late.late, late.opinion, late.answer) == (True, True, "遮挡窗口", None)
