"""听证: asked for in time, held in time, told in time, by somebody who does not examine; the decision waits for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases.conftest import Now, fold, national_calendar, published, submitted

from onedoor.cases.rules import hearing as h
from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules.clocks import ClockKind, clocks, profile_of
from onedoor.cases.rules.public import public_until
from onedoor.cases.rules.tasks import tasks
from onedoor.cases.rules.values import Case, Outcome, Verdict
from onedoor.cases.rules.values.hearing import APPLICANT, Meeting
from onedoor.items.rules import ItemVersion
from onedoor.kernel.clock import CHINA, Ground, due
from onedoor.kernel.errors import Invalid, Refused
from onedoor.kernel.law import Article
from onedoor.kernel.workdays import Calendar, add_workdays

RECEIVED, TOLD, LAST_TO_ASK = date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 11)
ASKED, UNTIL = date(2026, 3, 9), date(2026, 4, 7)  # 20 working days, 清明 4–6 April is off
NEIGHBOUR = h.Newcomer("李四", "13800000001", "下游取水户")
DECIDE = {"outcome": Outcome.GRANTED, "reasons": "符合条件", "article": "《取水许可和水资源费征收管理条例》第十四条"}


@pytest.fixture(scope="module")
def water() -> ItemVersion:
    return published("取水许可")


def meeting(day: date, presider: str = "account:赵六") -> Meeting:
    return Meeting(datetime.combine(day, datetime.min.time(), CHINA).replace(hour=9), "政务大厅三楼", presider, "赵六")


class Story:
    """One water permit in review, act after act."""

    def __init__(self, water: ItemVersion, now: Now) -> None:
        self.item, self._now = water, now
        facts = {"works": "new", "project": "no", "source": "surface"}
        self.case: Case = fold(None, (submitted(water, RECEIVED, facts),), now(RECEIVED, "张三", water))
        self.do(RECEIVED, "收件员", law.accept)

    def do(self, on: date, who: str, act, *args: object, **given: object) -> Story:  # type: ignore[no-untyped-def]
        when = self._now(on, who, self.item)
        self.case = fold(self.case, act(self.case, when, *args, **given), when)
        return self

    def asked(self) -> Story:
        self.do(TOLD, "审查员", h.name_interested, NEIGHBOUR)
        self.do(TOLD, "审查员", h.tell_right, reason="影响下游灌溉")
        return self.do(ASKED, "李四", h.ask, seat="i1", reason="影响我家灌溉")

    def convened(self, day: date = date(2026, 3, 24)) -> Story:
        return self.asked().do(date(2026, 3, 10), "审查员", h.convene, meeting(day))

    def reviewed(self) -> Story:
        while steps := [s for s in law.open_steps(self.case, self.item) if s.key != "decide" and s.kind != "decision"]:
            words = {"step": steps[0].key, "verdict": Verdict.PASSED, "opinion": "查明", "officers": ("甲", "乙", "丙")}
            self.do(date(2026, 3, 24), "审查员", law.complete_step, **words)
        return self


@pytest.fixture
def story(water: ItemVersion, now: Now) -> Story:
    return Story(water, now)


def test_each_who_was_told_has_their_own_five_days(story: Story) -> None:
    story.do(TOLD, "审查员", h.tell_right, reason="影响下游灌溉")
    later = date(2026, 3, 6)
    story.do(later, "审查员", h.name_interested, NEIGHBOUR)
    story.do(later, "审查员", h.tell_right, reason="新列明的利害关系人")
    assert story.case.hearing is not None
    assert story.case.hearing.rights == {APPLICANT: LAST_TO_ASK, "i1": date(2026, 3, 13)}
    with pytest.raises(Refused, match="都已经告知"):
        story.do(later, "审查员", h.tell_right, reason="再告知一次")


def test_a_request_on_the_fifth_day_is_in_time_and_on_the_sixth_is_not(story: Story) -> None:
    story.do(TOLD, "审查员", h.tell_right, reason="影响下游灌溉")
    with pytest.raises(Refused, match="期限已过"):
        story.do(date(2026, 3, 12), "张三", h.ask, seat=APPLICANT, reason="")
    story.do(LAST_TO_ASK, "张三", h.ask, seat=APPLICANT, reason="")
    assert story.case.hearing is not None
    assert story.case.hearing.asked == {APPLICANT: LAST_TO_ASK}


def test_the_limits_stop_from_the_request_to_the_signed_record(story: Story, calendar: Calendar) -> None:
    def legal() -> date:
        return due(clocks(story.case, profile_of(story.case, story.item))[ClockKind.LEGAL], calendar).date

    before = legal()
    story.convened()
    (stop,) = story.case.exclusions
    assert (stop.ground, stop.started, stop.notified_end) == (Ground.HEARING, ASKED, UNTIL)
    held = date(2026, 3, 24)
    story.do(held, "审查员", h.record, attended="张三、李四", text="各方陈述")
    assert story.case.stopped is None
    days = sum(calendar.is_workday(ASKED + timedelta(days=n)) for n in range(1, (held - ASKED).days + 1))
    assert legal() == add_workdays(before, days, calendar).date


def test_what_overruns_the_twenty_days_counts_again(story: Story, calendar: Calendar) -> None:
    story.asked()
    clock = clocks(story.case, profile_of(story.case, story.item))[ClockKind.LEGAL]
    assert (clock.excluded(UNTIL), clock.excluded(UNTIL + timedelta(days=1))) == (story.case.exclusions[0], None)


@pytest.mark.parametrize(
    ("day", "wrong"),
    [(date(2026, 3, 18), "最早在 2026-03-19"), (date(2026, 4, 8), "2026-04-07 前举行")],
)
def test_a_hearing_is_told_seven_days_before_and_held_within_twenty(story: Story, day: date, wrong: str) -> None:
    story.asked()
    with pytest.raises(Invalid, match=wrong):
        story.do(date(2026, 3, 10), "审查员", h.convene, meeting(day))


@given(told=st.dates(ASKED, UNTIL), held=st.dates(ASKED, UNTIL + timedelta(days=20)))
def test_no_hearing_is_ever_convened_too_soon_or_too_late(told: date, held: date) -> None:
    calendar, water = national_calendar(), published("取水许可")
    assert water.clock.hearing == h.HearingLimits(5, 20, 7, Article("行政许可法", "47"))
    first, last = add_workdays(told, 7, calendar).date, add_workdays(ASKED, 20, calendar).date
    held_late = first > last
    assert (first <= held and (held <= last or held_late)) == _convenes(told, held, calendar=calendar, water=water)


def _convenes(told: date, held: date, *, calendar: Calendar, water: ItemVersion) -> bool:
    def now(on: date, by: str = "审查员", item: ItemVersion = water) -> law.Occasion:
        from tests.cases.conftest import officer

        return law.Occasion(item, calendar, datetime.combine(on, datetime.min.time(), CHINA), officer(by))

    story = Story(water, now).asked()
    try:
        story.do(told, "审查员", h.convene, meeting(held))
    except Invalid:
        return False
    return True


def test_whoever_examines_does_not_preside_and_whoever_presides_does_not_examine(story: Story) -> None:
    step = law.open_steps(story.case, story.item)[0]
    done = {"step": step.key, "verdict": Verdict.PASSED, "opinion": "查明", "officers": ("甲", "乙", "丙")}
    story.do(date(2026, 3, 3), "审查员", law.complete_step, **done)
    story.asked()
    with pytest.raises(Refused, match="以外的人"):
        story.do(date(2026, 3, 10), "审查员", h.convene, meeting(date(2026, 3, 24), "account:审查员"))
    story.do(date(2026, 3, 10), "审查员", h.convene, meeting(date(2026, 3, 24)))
    following = law.open_steps(story.case, story.item)[0]
    with pytest.raises(Refused, match="听证主持人"):
        story.do(date(2026, 3, 24), "赵六", law.complete_step, **done | {"step": following.key})


def test_the_decision_waits_for_the_days_to_ask_and_for_the_record_and_then_rests_on_it(story: Story) -> None:
    story.reviewed()
    story.do(date(2026, 3, 25), "审查员", h.tell_right, reason="影响下游灌溉")
    with pytest.raises(Refused, match="可以在 2026-04-01 前要求听证"):
        story.do(date(2026, 3, 26), "局长", law.decide, **DECIDE)
    story.do(date(2026, 3, 26), "张三", h.ask, seat=APPLICANT, reason="")
    with pytest.raises(Refused, match="根据听证笔录"):
        story.do(date(2026, 4, 10), "局长", law.decide, **DECIDE)
    story.do(date(2026, 3, 26), "审查员", h.convene, meeting(date(2026, 4, 20)))
    with pytest.raises(Refused, match="还没有举行"):
        story.do(date(2026, 4, 19), "审查员", h.record, attended="张三", text="各方陈述")
    story.do(date(2026, 4, 20), "审查员", h.record, attended="张三", text="各方陈述")
    story.do(date(2026, 4, 21), "局长", law.decide, **DECIDE)
    assert story.case.outcome is Outcome.GRANTED


def test_whoever_waives_frees_the_decision_at_once(story: Story) -> None:
    story.reviewed()
    story.do(date(2026, 3, 25), "审查员", h.tell_right, reason="影响下游灌溉")
    story.do(date(2026, 3, 25), "张三", h.waive, seat=APPLICANT)
    story.do(date(2026, 3, 25), "局长", law.decide, **DECIDE)
    assert story.case.outcome is Outcome.GRANTED


def test_where_the_law_demands_a_hearing_none_decides_without_one(water: ItemVersion, now: Now) -> None:
    assert water.clock.hearing is not None
    must = replace(water.clock.hearing, must=Article("取水许可和水资源费征收管理条例", "18"))
    story = Story(replace(water, clock=replace(water.clock, hearing=must)), now).reviewed()
    with pytest.raises(Refused, match="依法应当听证"):
        story.do(date(2026, 3, 25), "局长", law.decide, **DECIDE)
    story.do(date(2026, 3, 25), "审查员", h.announce, reason="涉及公共利益")
    assert public_until(story.case) == date(2026, 4, 23)
    with pytest.raises(Refused, match="不用再公告"):
        story.do(date(2026, 3, 25), "审查员", h.announce, reason="涉及公共利益")


def test_the_organ_owes_the_notice_in_time_then_the_record(story: Story, calendar: Calendar) -> None:
    def owed() -> dict[str, date | None]:
        return {task.key: task.due for task in tasks(story.case, story.item, calendar) if task.key in keys}

    keys = {h.CONVENE, h.RECORD}
    story.asked()
    assert owed() == {h.CONVENE: date(2026, 3, 26)}
    story.do(date(2026, 3, 10), "审查员", h.convene, meeting(date(2026, 3, 24)))
    assert owed() == {h.RECORD: date(2026, 3, 24)}
    assert public_until(story.case) == date(2026, 3, 24)
    story.do(date(2026, 3, 24), "审查员", h.record, attended="张三", text="各方陈述")
    assert (owed(), public_until(story.case)) == ({}, None)


@pytest.mark.parametrize(
    ("newcomer", "wrong"),
    [
        (replace(NEIGHBOUR, name=" "), "姓名"),
        (replace(NEIGHBOUR, mobile="12"), "手机"),
        (replace(NEIGHBOUR, concern=""), "利害关系"),
        (replace(NEIGHBOUR, party="person:1"), "已经是"),
    ],
)
def test_whoever_is_named_can_be_reached_and_is_not_the_applicant(
    story: Story, newcomer: h.Newcomer, wrong: str
) -> None:
    with pytest.raises(Invalid, match=wrong):
        story.do(TOLD, "审查员", h.name_interested, newcomer)


def test_an_overrun_special_procedure_is_owed_by_the_day_that_was_told(story: Story, calendar: Calendar) -> None:
    words = {"ground": Ground.EXPERT_REVIEW, "notified_end": date(2026, 3, 20), "reason": "需要专家论证"}
    story.do(TOLD, "审查员", law.start_special_procedure, **words)
    (task,) = (t for t in tasks(story.case, story.item, calendar) if t.key == "special")
    assert (task.name, task.due) == ("结束特别程序：专家评审", date(2026, 3, 20))


def test_a_procedure_beside_a_hearing_is_owed_and_ended_by_itself(story: Story, calendar: Calendar) -> None:
    review = {"ground": Ground.EXPERT_REVIEW, "notified_end": date(2026, 4, 20), "reason": "需要专家论证"}
    story.do(TOLD, "审查员", law.start_special_procedure, **review)
    story.asked()
    assert {h.CONVENE, "special"} <= {task.key for task in tasks(story.case, story.item, calendar)}
    with pytest.raises(Refused, match="进行中"):
        story.do(ASKED, "审查员", law.start_special_procedure, **review)
    story.do(date(2026, 3, 12), "审查员", law.end_special_procedure, result="专家意见已出具")
    assert {stop.ground: stop.ended for stop in story.case.exclusions} == {
        Ground.EXPERT_REVIEW: date(2026, 3, 12),
        Ground.HEARING: None,
    }
    with pytest.raises(Refused, match="笔录签字"):
        story.do(date(2026, 3, 12), "审查员", law.end_special_procedure, result="结束")
    story.do(date(2026, 3, 12), "审查员", law.start_special_procedure, **review)
    assert len(story.case.exclusions) == 3


def test_a_hearing_that_was_not_held_in_time_is_held_late_and_the_case_goes_on(story: Story) -> None:
    story.asked()
    late = date(2026, 4, 20)
    with pytest.raises(Invalid, match="最早在 2026-04-29"):
        story.do(late, "审查员", h.convene, meeting(date(2026, 4, 28)))
    story.do(late, "审查员", h.convene, meeting(date(2026, 4, 29)))
    story.do(date(2026, 4, 29), "审查员", h.record, attended="张三", text="各方陈述")
    assert story.case.hearing is not None
    assert not story.case.hearing.pending


def test_whoever_did_a_step_that_was_sent_back_does_not_preside(story: Story) -> None:
    step = law.open_steps(story.case, story.item)[0]
    done = {"step": step.key, "verdict": Verdict.PASSED, "opinion": "查明", "officers": ("甲", "乙", "丙")}
    story.do(date(2026, 3, 3), "赵六", law.complete_step, **done)
    story.do(date(2026, 3, 3), "局长", law.send_back, step=step.key, reason="材料有新情况")
    story.asked()
    with pytest.raises(Refused, match="以外的人"):
        story.do(date(2026, 3, 10), "审查员", h.convene, meeting(date(2026, 3, 24)))


def test_whoever_accepted_presides_only_where_nobody_else_can_and_it_is_flagged(story: Story) -> None:
    story.asked()
    acceptor = replace(story.case, acceptor="account:赵六")
    when, called = story._now(date(2026, 3, 10), "审查员", story.item), meeting(date(2026, 3, 24))
    assert h.may_preside(acceptor, ["account:赵六", "account:钱七"]) == {"account:钱七"}
    with pytest.raises(Refused, match="受理了这件"):
        h.convene(acceptor, when, called, able=["account:赵六", "account:钱七"])
    (alone,) = h.convene(acceptor, when, called, able=["account:赵六"])
    (free,) = h.convene(story.case, when, called, able=["account:赵六"])
    assert (alone.merged_duties, free.merged_duties) == (True, False)  # type: ignore[attr-defined]


def test_whoever_presides_or_applies_sends_nothing_back(story: Story) -> None:
    story.convened()
    with pytest.raises(Refused, match="听证主持人"):
        law.send_back(story.case, story._now(date(2026, 3, 11), "赵六", story.item), step="x", reason="再看")
    own = replace(story.case, agent="account:钱七")
    with pytest.raises(Refused, match="回避"):
        law.send_back(own, story._now(date(2026, 3, 11), "钱七", story.item), step="x", reason="再看")
