"""转报: reviewed here in the law's own days, sent up whole, waiting there on its own clock, answered by its paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.cases.conftest import Now, fold, published, submitted

from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules import upward
from onedoor.cases.rules.attribution import Holder, Party, _holders
from onedoor.cases.rules.clocks import ClockKind, clocks, profile_of, step_clock
from onedoor.cases.rules.ending import end_result
from onedoor.cases.rules.moving import standing
from onedoor.cases.rules.reminders import alarmed
from onedoor.cases.rules.tasks import ANSWER, target_of, tasks
from onedoor.cases.rules.telling import told
from onedoor.cases.rules.values import Case, Ending, Outcome, State, Verdict
from onedoor.items.rules import ItemVersion
from onedoor.kernel.actor import Act
from onedoor.kernel.clock import Approver, ProfileKind, due
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
    late = {one.key for one in alarmed(above, nation, calendar=calendar, on=date(2026, 3, 19))}
    assert late == {f"task:{ANSWER}", "clock:upper"}
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
        ({"decided_on": date(2026, 3, 3)}, "decided_on"),
        ({"decided_on": date(2026, 3, 14)}, "decided_on"),
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


def test_the_applicant_is_told_at_each_turn(above: Case, nation: ItemVersion, now: Now) -> None:
    sent = told("case_reported_upward", above, None)
    assert sent
    assert (sent.template, sent.values["organ"]) == ("reported_upward", UPPER)
    denied = replace(above, outcome=Outcome.DENIED)
    answer = told("case_upper_decided", denied, None)
    assert answer
    assert answer.template == "upper_denied"
