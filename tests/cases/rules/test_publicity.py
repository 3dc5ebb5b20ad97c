"""公示: as long as the plan says, each objection answered once, the clock running all the while."""

from __future__ import annotations

from datetime import date

import pytest
from tests.cases.conftest import Now, catalogue, fold, submitted

from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules import publicity as p
from onedoor.cases.rules.events.publicity import ObjectionAnswered, ObjectionRecorded
from onedoor.cases.rules.public import public_until
from onedoor.cases.rules.values import Case, Verdict
from onedoor.items.rules import ItemVersion
from onedoor.kernel.errors import Invalid, Refused

START, LAST, AFTER = date(2026, 3, 3), date(2026, 3, 9), date(2026, 3, 10)  # 5 日 end on Sunday: until Monday
NOTICE = {"step": "notice", "notice": "拟批准某项目环境影响报告表。"}
DONE = {"step": "notice", "verdict": Verdict.PASSED, "opinion": "公示期满。"}


@pytest.fixture(scope="module")
def report() -> ItemVersion:
    return _with_notice()


def _with_notice() -> ItemVersion:
    return next(one for one in catalogue() if any(step.key == "notice" and not step.after for step in one.plan.steps))


@pytest.fixture
def shown(report: ItemVersion, now: Now) -> Case:
    case = fold(None, (submitted(report, START, {}),), now(START, "张三", report))
    case = fold(case, law.accept(case, now(START, "收件员", report)), now(START, "收件员", report))
    when = now(START, "审查员", report)
    return fold(case, p.start_publicity(case, when, **NOTICE), when)


def test_it_runs_as_long_as_the_plan_says_and_stops_no_clock(shown: Case, report: ItemVersion, now: Now) -> None:
    assert (shown.publicity["notice"].until, public_until(shown), shown.exclusions) == (LAST, LAST, ())
    with pytest.raises(Refused, match="才期满"):
        law.complete_step(shown, now(LAST, "审查员", report), **DONE)  # type: ignore[arg-type]
    assert law.complete_step(shown, now(AFTER, "审查员", report), **DONE)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="已经在公示"):
        p.start_publicity(shown, now(START, "审查员", report), **NOTICE)


def test_each_objection_is_answered_once_before_the_step_is_done(shown: Case, report: ItemVersion, now: Now) -> None:
    when = now(LAST, "审查员", report)
    case = fold(
        shown, p.record_objection(shown, when, step="notice", who="李四", objection="离水源太近", known=0), when
    )
    later = now(AFTER, "审查员", report)
    with pytest.raises(Refused, match="还没有答复"):
        law.complete_step(case, later, **DONE)  # type: ignore[arg-type]
    words = {"step": "notice", "answer": "距水源地 2 公里，符合要求。"}
    case = fold(case, p.answer_objections(case, later, keys=["notice-1"], **words), later)
    with pytest.raises(Refused, match="没有待答复"):
        p.answer_objections(case, later, keys=["notice-1"], **words)
    assert law.complete_step(case, later, **DONE)  # type: ignore[arg-type]


def test_an_objection_after_the_period_or_without_words_is_not_taken(
    shown: Case, report: ItemVersion, now: Now
) -> None:
    with pytest.raises(Refused, match="已经期满"):
        p.record_objection(shown, now(AFTER, "审查员", report), step="notice", who="李四", objection="晚了", known=0)
    with pytest.raises(Invalid):
        p.record_objection(shown, now(LAST, "审查员", report), step="notice", who="", objection="没写名字", known=0)


def test_sent_back_it_is_shown_anew(shown: Case, report: ItemVersion, now: Now) -> None:
    later = now(AFTER, "审查员", report)
    case = fold(shown, law.complete_step(shown, later, **DONE), later)  # type: ignore[arg-type]
    case = fold(case, law.send_back(case, later, step="notice", reason="内容有误"), later)
    assert (case.publicity, public_until(case)) == ({}, None)
    assert p.start_publicity(case, later, **NOTICE)


def test_anybody_may_object_online_with_a_name_and_a_telephone(shown: Case, report: ItemVersion, now: Now) -> None:
    when, someone = now(LAST, "公众", report), p.Objector("李四", "0875-7120001")
    said = {"step": "notice", "objector": someone, "objection": "离水源太近", "known": 0}
    (came,) = p.object_online(shown, when, **said)  # type: ignore[arg-type]
    assert p.receipts((came,)) == (f"{shown.number}-异议-1",)
    case = fold(shown, (came,), when)
    (second,) = p.record_objection(case, when, step="notice", who="王五", objection="噪声", known=1)
    assert p.receipts((second,)) == (f"{shown.number}-异议-2",)
    with pytest.raises(Invalid, match="电话号码格式不对"):
        p.object_online(shown, when, **said | {"objector": p.Objector("李四", "不告诉你")})  # type: ignore[arg-type]
    with pytest.raises(Refused, match="期满"):
        p.object_online(shown, now(AFTER, "公众", report), **said)  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="姓名"):
        p.object_online(shown, when, **said | {"objector": p.Objector(" ", "0875-7120001")})  # type: ignore[arg-type]


def test_one_answer_may_be_given_to_several_and_each_has_its_own_record(
    shown: Case, report: ItemVersion, now: Now
) -> None:
    when, case = now(LAST, "审查员", report), shown
    for known in range(3):
        said = p.record_objection(case, when, step="notice", who=f"住户{known}", objection="噪声", known=known)
        case = fold(case, said, when)
    with pytest.raises(Invalid, match="勾选"):
        p.answer_objections(case, when, step="notice", keys=[], answer="已核实")
    twice = ["notice-1", "notice-3", "notice-1"]
    events = p.answer_objections(case, when, step="notice", keys=twice, answer="已核实")
    assert [(one.key, one.answer) for one in events if isinstance(one, ObjectionAnswered)] == [
        ("notice-1", "已核实"),
        ("notice-3", "已核实"),
    ]
    case = fold(case, events, when)
    assert case.publicity["notice"].objections == {"notice-1": True, "notice-2": False, "notice-3": True}
    with pytest.raises(Refused, match="没有待答复"):
        p.answer_objections(case, when, step="notice", keys=["notice-2", "notice-3"], answer="已核实")


def test_shown_anew_no_objection_bears_the_number_of_an_earlier_one(shown: Case, report: ItemVersion, now: Now) -> None:
    when, later = now(LAST, "审查员", report), now(AFTER, "审查员", report)
    said = {"step": "notice", "who": "李四", "objection": "离水源太近"}
    (first,) = p.record_objection(shown, when, known=0, **said)  # type: ignore[arg-type]
    case = fold(shown, (first,), when)
    case = fold(case, p.answer_objections(case, when, step="notice", keys=["notice-1"], answer="不近"), when)
    case = fold(case, law.complete_step(case, later, **DONE), later)  # type: ignore[arg-type]
    case = fold(case, law.send_back(case, later, step="notice", reason="内容有误"), later)
    case = fold(case, p.start_publicity(case, later, **NOTICE), later)
    (second,) = p.record_objection(case, later, known=1, **said)  # type: ignore[arg-type]
    assert isinstance(second, ObjectionRecorded)
    assert (second.key, p.receipts((second,))) == ("notice-2", (f"{case.number}-异议-2",))
