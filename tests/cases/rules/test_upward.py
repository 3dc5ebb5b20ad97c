"""转报: reviewed here in the law's own days, sent up whole, waiting there on its own clock, answered by its paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.cases.bundled import OFFICE, Done, Life
from tests.cases.bundled import Act as Doing
from tests.cases.conftest import Now, fold, officer, published, submitted

from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules import upward
from onedoor.cases.rules.attribution import Holder, Party, _holders, attribution
from onedoor.cases.rules.clocks import ClockKind, clocks, profile_of, step_clock
from onedoor.cases.rules.ending import end_result
from onedoor.cases.rules.ledgers import ledgers
from onedoor.cases.rules.moving import standing
from onedoor.cases.rules.reminders import LATE_ABOVE, alarmed
from onedoor.cases.rules.tasks import ANSWER, RECALL, target_of, tasks
from onedoor.cases.rules.telling import told
from onedoor.cases.rules.values import Case, Ending, Outcome, State, Verdict
from onedoor.items.rules import ItemVersion
from onedoor.kernel.actor import Act
from onedoor.kernel.clock import CHINA, Approver, ProfileKind, due
from onedoor.kernel.errors import Invalid, Refused
from onedoor.kernel.workdays import Calendar

RECEIVED, SENT, DECIDED = date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 12)
UPPER = "保山市民族宗教事务局"
GOES_UP = {"verdict": Verdict.PASSED, "opinion": "亲子关系清楚，符合条件。", "way": "机要交换", "answers": {}}
ANSWERED = {
    "outcome": Outcome.GRANTED,
    "decided_on": DECIDED,
    "number": "保民宗批〔2026〕8号",
    "reasons": "",
    "files": {"f9": "ab"},
}
RETURNED = date(2026, 3, 11)
BACK = {"step": "papers", "returned_on": date(2026, 3, 10), "reason": "请核对祖父的民族", "files": {"f8": "cd"}}


@pytest.fixture(scope="module")
def nation() -> ItemVersion:
    return published("公民变更民族成份审批（县级初审）")


@pytest.fixture
def reviewed(nation: ItemVersion, now: Now) -> Case:
    case = fold(None, (submitted(nation, RECEIVED, {}),), now(RECEIVED, "张三", nation))
    when = now(RECEIVED, "收件员", nation)
    case = fold(case, law.accept(case, when), when)
    done = law.complete_step(
        case, now(SENT, "审查员", nation), step="papers", verdict=Verdict.PASSED, opinion="与户籍信息一致"
    )
    return fold(case, done, now(SENT, "审查员", nation))


@pytest.fixture
def above(reviewed: Case, nation: ItemVersion, now: Now) -> Case:
    when = now(SENT, "局长", nation)
    return fold(reviewed, upward.report_upward(reviewed, when, **GOES_UP), when)  # type: ignore[arg-type]


@pytest.fixture
def returned(above: Case, nation: ItemVersion, now: Now) -> Case:
    when = now(RETURNED, "审查员", nation)
    return fold(above, upward.record_return(above, when, **BACK), when)  # type: ignore[arg-type]


def test_it_goes_up_with_the_opinion_once_all_before_it_is_done(
    reviewed: Case, above: Case, nation: ItemVersion, now: Now
) -> None:
    early = replace(reviewed, results={})
    with pytest.raises(Refused, match="还不能报上级"):
        upward.report_upward(early, now(SENT, "局长", nation), **GOES_UP)  # type: ignore[arg-type]
    (sent,) = upward.report_upward(reviewed, now(SENT, "局长", nation), **GOES_UP)  # type: ignore[arg-type]
    assert (above.above and above.above.organ, above.state) == (UPPER, State.ACCEPTED)
    assert (sent.document, "household" in sent.materials) == (f"{above.number}-转报-1", True)  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="不用再报"):
        upward.report_upward(above, now(SENT, "局长", nation), **GOES_UP)  # type: ignore[arg-type]
    for lacking in ("opinion", "way"):
        with pytest.raises(Invalid):
            upward.report_upward(reviewed, now(SENT, "局长", nation), **{**GOES_UP, lacking: " "})  # type: ignore[arg-type]


def test_each_level_has_its_own_clock(
    reviewed: Case, above: Case, nation: ItemVersion, calendar: Calendar, now: Now
) -> None:
    """民族成份登记管理办法 §11: ten working days here from acceptance, ten above from receipt, ten to tell after."""
    profile = profile_of(above, nation)
    assert due(clocks(reviewed, profile)[ClockKind.LEGAL], calendar).date == date(2026, 3, 16)
    running = clocks(above, profile)
    assert {kind: due(clock, calendar).date for kind, clock in running.items()} == {ClockKind.UPPER: date(2026, 3, 18)}
    assert step_clock(above, nation.plan.step("decide")) is None
    came = date(2026, 3, 20)
    when = now(came, "审查员", nation)
    answered = fold(above, upward.record_answer(above, when, **ANSWERED)[:-1], when)  # type: ignore[arg-type]
    assert due(clocks(answered, profile)[ClockKind.DELIVERY], calendar).date == date(2026, 4, 3)


def test_the_answer_is_waited_for_and_urged(above: Case, nation: ItemVersion, calendar: Calendar) -> None:
    (task,) = tasks(above, nation, calendar)
    assert (task.key, task.act, task.due, task.clock) == (ANSWER, Act.REVIEW, date(2026, 3, 18), ClockKind.UPPER)
    assert target_of(above, ANSWER).organs == {nation.organ}
    late = {one.key: one for one in alarmed(above, nation, calendar=calendar, on=date(2026, 3, 19))}
    assert late.keys() == {f"task:{ANSWER}", "clock:upper", LATE_ABOVE}
    told = late[LATE_ABOVE]
    assert (told.holder, told.template, told.what, told.due) == ("person:1", "upper_late", UPPER, date(2026, 3, 18))
    assert {one.key for one in alarmed(above, nation, calendar=calendar, on=date(2026, 3, 18))} < late.keys()
    assert alarmed(above, nation, calendar=calendar, on=SENT) == ()


def test_its_time_is_that_of_the_upper_level(above: Case, nation: ItemVersion, now: Now) -> None:
    at = now(date(2026, 3, 10), item=nation).at
    assert _holders(above, nation, at=at) == (Holder(Party.UPPER, UPPER, "decide"),)


def test_the_review_here_is_over(above: Case, nation: ItemVersion, now: Now) -> None:
    when = now(date(2026, 3, 5), "局长", nation)
    with pytest.raises(Refused, match="已经报"):
        law.send_back(above, when, step="papers", reason="再看看")
    with pytest.raises(Refused, match="已经报"):
        law.extend(above, when, approver=Approver.ORGAN_HEAD, reason="再看看")
    with pytest.raises(Refused, match="已经报"):
        law.decide(above, when, outcome=Outcome.DENIED, reasons="不符合", article="第十一条")
    with pytest.raises(Refused, match="受理前"):
        law.request_supplement(above, when, materials={"application": "再交一份"})
    assert "decide" in standing(above).done  # a newer version must have the same step, or the case stays


def test_of_a_permit_the_lower_level_decides_nothing_of_others_it_sends_back_what_does_not_qualify(
    reviewed: Case, nation: ItemVersion, now: Now
) -> None:
    words = {"reasons": "已满二十周岁", "article": "第七条"}
    with pytest.raises(Refused, match="不能准予"):
        law.decide(reviewed, now(SENT, "局长", nation), outcome=Outcome.GRANTED, **words)
    (refused,) = law.decide(reviewed, now(SENT, "局长", nation), outcome=Outcome.DENIED, **words)
    assert refused.outcome is Outcome.DENIED  # type: ignore[attr-defined]
    permit = replace(nation, clock=replace(nation.clock, kind=ProfileKind.PERMIT))
    with pytest.raises(Refused, match="不能作出决定"):
        law.decide(reviewed, now(SENT, "局长", permit), outcome=Outcome.DENIED, **words)
    against = {**GOES_UP, "verdict": Verdict.FAILED}
    assert upward.report_upward(reviewed, now(SENT, "局长", permit), **against)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lacking", "field"),
    [
        ({"files": {}}, "photos"),
        ({"number": " "}, "document"),
        ({"decided_on": date(2026, 3, 3)}, "dated"),
        ({"decided_on": date(2026, 3, 14)}, "dated"),
        ({"outcome": Outcome.WITHDRAWN}, "outcome"),
        ({"outcome": Outcome.DENIED}, "reasons"),
    ],
)
def test_an_answer_needs_its_paper_number_and_day(
    above: Case, nation: ItemVersion, now: Now, lacking: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        upward.record_answer(above, now(date(2026, 3, 13), "审查员", nation), **{**ANSWERED, **lacking})  # type: ignore[arg-type]
    assert [error.field for error in wrong.value.errors] == [field]


def test_the_answer_decides_and_closes_in_the_name_of_the_upper_level(
    above: Case, nation: ItemVersion, now: Now
) -> None:
    when = now(date(2026, 3, 13), "审查员", nation)
    case = fold(above, upward.record_answer(above, when, **ANSWERED), when)  # type: ignore[arg-type]
    assert case.decision
    assert (case.state, case.outcome, case.decision.name) == (State.CLOSED, Outcome.GRANTED, UPPER)
    assert (case.decision.document, case.decision.on) == ("保民宗批〔2026〕8号", DECIDED)
    assert (case.files["above"], case.above and case.above.came) == (("f9",), date(2026, 3, 13))
    with pytest.raises(Refused, match="没有报上级"):
        upward.record_answer(case, when, **ANSWERED)  # type: ignore[arg-type]


def test_what_the_upper_level_granted_is_not_ended_here(above: Case, nation: ItemVersion, now: Now) -> None:
    """行政许可法 §69: revoked by the organ that decided, or by the one above it."""
    when = now(date(2026, 3, 13), "局长", nation)
    case = fold(above, upward.record_answer(above, when, **ANSWERED), when)  # type: ignore[arg-type]
    for ending in Ending:
        with pytest.raises(Refused, match=f"请报告{UPPER}"):
            end_result(case, when, ending=ending, reasons="隐瞒情况", article="第六十九条")


def test_what_is_returned_is_reviewed_again_and_sent_up_again(
    returned: Case, nation: ItemVersion, calendar: Calendar, now: Now
) -> None:
    """Of ten working days two were used, the sixth to the eleventh are the city's: 12 to 13 (4), 16 to 20 (9), 23."""
    assert (returned.above, returned.files["above-1"]) == (None, ("f8",))
    assert [task.key for task in tasks(returned, nation, calendar)] == ["papers"]
    running = clocks(returned, profile_of(returned, nation))
    assert due(running[ClockKind.LEGAL], calendar).date == date(2026, 3, 23)
    own = step_clock(returned, nation.plan.step("papers"))
    assert own
    assert own.started == RETURNED
    with pytest.raises(Refused, match="没有报上级"):
        upward.record_return(returned, now(RETURNED, "审查员", nation), **BACK)  # type: ignore[arg-type]
    when = now(date(2026, 3, 13), "审查员", nation)
    done = law.complete_step(returned, when, step="papers", verdict=Verdict.PASSED, opinion="补查了户籍档案")
    case = fold(returned, done, when)
    (sent,) = upward.report_upward(case, when, **GOES_UP)  # type: ignore[arg-type]
    case = fold(case, (sent,), when)
    assert sent.document == f"{case.number}-转报-2"  # type: ignore[attr-defined]
    assert (case.above and case.above.on, len(case.returned)) == (date(2026, 3, 13), 1)
    assert due(clocks(case, profile_of(case, nation))[ClockKind.UPPER], calendar).date == date(2026, 3, 27)


def test_where_nothing_comes_before_the_sending_it_is_sent_up_anew(above: Case, nation: ItemVersion, now: Now) -> None:
    when = now(RETURNED, "审查员", nation)
    alone = replace(above, steps=("decide",), results={})
    case = fold(alone, upward.record_return(alone, when, **{**BACK, "step": ""}), when)  # type: ignore[arg-type]
    assert (case.above, case.reopened) == (None, {"decide": RETURNED})
    assert upward.report_upward(case, when, **GOES_UP)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lacking", "field"),
    [
        ({"files": {}}, "photos"),
        ({"returned_on": date(2026, 3, 3)}, "dated"),
        ({"returned_on": date(2026, 3, 12)}, "dated"),
        ({"reason": " "}, "reason"),
    ],
)
def test_a_return_needs_its_paper_its_day_and_what_is_wanted(
    above: Case, nation: ItemVersion, now: Now, lacking: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        upward.record_return(above, now(RETURNED, "审查员", nation), **{**BACK, **lacking})  # type: ignore[arg-type]
    assert [error.field for error in wrong.value.errors] == [field]


def test_each_minute_is_charged_to_the_level_that_had_it(nation: ItemVersion) -> None:
    """Six hours a day: an hour at each task here, Monday afternoon and Tuesday morning with the city, and again."""

    def at(day: int, hour: float) -> datetime:
        return datetime(2026, 3, day, 0, tzinfo=CHINA) + timedelta(hours=hour)

    life = Life(nation, submitted(nation, RECEIVED, {}), at(2, 8.5))
    review = {"step": "papers", "verdict": Verdict.PASSED, "opinion": "一致"}
    acts: list[tuple[Doing, str, datetime, dict[str, object]]] = [
        (law.accept, "收件员", at(2, 9.5), {}),
        (law.complete_step, "审查员", at(2, 10.5), review),
        (upward.report_upward, "局长", at(2, 11.5), GOES_UP),
        (upward.record_return, "审查员", at(3, 11.5), {**BACK, "returned_on": date(2026, 3, 3)}),
        (law.complete_step, "审查员", at(3, 15.5), review),
        (upward.report_upward, "局长", at(3, 16.5), GOES_UP),
        (upward.record_answer, "审查员", at(4, 11.5), {**ANSWERED, "decided_on": date(2026, 3, 4)}),
    ]
    for act, who, when, words in acts:
        life.do(Done(act, officer(who), when, words))
    charged = attribution(life.facts, {nation.id: nation}, office=OFFICE, until=at(9, 10))
    assert {(share.holder.party, share.holder.work): share.minutes for share in charged.shares} == {
        (Party.ORGAN, "accept"): 60,
        (Party.ORGAN, "papers"): 120,
        (Party.ORGAN, "decide"): 120,
        (Party.UPPER, "decide"): 360 + 60 + 180,
    }
    assert (charged.minutes, charged.running) == (900, False)


def test_whoever_withdraws_while_it_is_above_leaves_the_organ_to_tell_it_there(
    above: Case, nation: ItemVersion, calendar: Calendar, now: Now
) -> None:
    day = date(2026, 3, 10)
    when = now(day, "张三", nation)
    case = fold(above, law.withdraw(above, when, reason=""), when)
    (task,) = tasks(case, nation, calendar)
    assert (task.key, task.name, task.act, task.due) == (RECALL, f"告知上级撤回：{UPPER}", Act.REVIEW, None)
    assert target_of(case, RECALL).organs == {task.organ} == {nation.organ}
    when = now(date(2026, 3, 11), "审查员", nation)
    for wrong in ({"on": date(2026, 3, 9)}, {"on": date(2026, 3, 12)}, {"way": " "}):
        with pytest.raises(Invalid):
            upward.tell_of_withdrawal(case, when, **{"on": day, "way": "电话告知李某", **wrong})  # type: ignore[arg-type]
    told = upward.tell_of_withdrawal(case, when, on=day, way="电话告知李某")
    case = fold(case, told, when)
    assert (tasks(case, nation, calendar), case.above and case.above.recalled) == ((), day)
    with pytest.raises(Refused, match="已经登记过"):
        upward.tell_of_withdrawal(case, when, on=day, way="电话告知李某")


def test_a_decision_that_comes_after_a_withdrawal_is_kept_and_binds_nobody(
    above: Case, nation: ItemVersion, calendar: Calendar, now: Now
) -> None:
    when = now(date(2026, 3, 10), "张三", nation)
    withdrawn = fold(above, law.withdraw(above, when, reason=""), when)
    when = now(date(2026, 3, 13), "审查员", nation)
    with pytest.raises(Invalid):
        upward.record_answer(withdrawn, when, **{**ANSWERED, "files": {}})  # type: ignore[arg-type]
    case = fold(withdrawn, upward.record_answer(withdrawn, when, **ANSWERED), when)  # type: ignore[arg-type]
    assert (case.state, case.outcome, case.decision) == (State.CLOSED, Outcome.WITHDRAWN, None)
    assert (case.files["above"], clocks(case, profile_of(case, nation))) == (("f9",), {})
    assert [task.key for task in tasks(case, nation, calendar)] == [RECALL]
    heard = told("case_upper_decided_after_withdrawal", case, None)
    assert heard
    assert (heard.template, heard.values["organ"]) == ("upper_after_withdrawal", UPPER)
    with pytest.raises(Refused, match="没有报上级"):
        upward.record_answer(case, when, **ANSWERED)  # type: ignore[arg-type]


def test_nobody_is_told_of_what_was_withdrawn_here(
    reviewed: Case, returned: Case, nation: ItemVersion, calendar: Calendar, now: Now
) -> None:
    for held in (reviewed, returned):
        when = now(RETURNED, "张三", nation)
        case = fold(held, law.withdraw(held, when, reason=""), when)
        assert tasks(case, nation, calendar) == ()


def test_the_applicant_is_told_at_each_turn(above: Case, returned: Case) -> None:
    sent = told("case_reported_upward", above, None)
    assert sent
    assert (sent.template, sent.values["organ"]) == ("reported_upward", UPPER)
    back = told("case_upper_returned", returned, None)
    assert back
    assert (back.template, back.values["organ"]) == ("upper_returned", UPPER)
    denied = replace(above, outcome=Outcome.DENIED)
    answer = told("case_upper_decided", denied, None)
    assert answer
    assert answer.template == "upper_denied"


def test_the_limit_for_sending_up_waits_for_the_review_that_is_done_again(nation: ItemVersion) -> None:
    """One fact: between the return and the review no other limit ran, were it for no time at all."""
    life = Life(nation, submitted(nation, RECEIVED, {}), datetime(2026, 3, 2, 9, tzinfo=CHINA))
    acts: list[tuple[Doing, dict[str, object]]] = [
        (law.accept, {}),
        (law.complete_step, {"step": "papers", "verdict": Verdict.PASSED, "opinion": "一致"}),
        (upward.report_upward, GOES_UP),
        (upward.record_return, BACK),
    ]
    for (act, words), day in zip(acts, (2, 3, 4, 11), strict=True):
        life.do(Done(act, officer("局长"), datetime(2026, 3, day, 10, tzinfo=CHINA), words))
    found = [one for one in ledgers(life.facts, nation) if one.kind is ClockKind.STEP]
    assert [(one.step, one.started.day, one.ended and one.ended.day) for one in found] == [
        ("papers", 2, 3),
        ("decide", 3, 4),
        ("papers", 11, None),
    ]
