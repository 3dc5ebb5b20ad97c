"""缴费: asked for by the published list, recorded by its receipt, never asked for twice; no clock stops for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

import pytest
from tests.cases.conftest import Now, fold, submitted
from tests.cases.rules.test_automatic import HOURS

from onedoor.cases.rules import events as e
from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules import paying
from onedoor.cases.rules.attribution import Party, attribution
from onedoor.cases.rules.clocks import ClockKind, clocks, profile_of, step_clock
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.papers import issued, sends
from onedoor.cases.rules.reminders import alarmed
from onedoor.cases.rules.standing import standing_of
from onedoor.cases.rules.tasks import RELIEF, tasks
from onedoor.cases.rules.telling import told
from onedoor.cases.rules.values import Case, Outcome, State, Verdict
from onedoor.items.rules import Fee, Item, ItemVersion
from onedoor.items.rules.values import Reduction
from onedoor.kernel.actor import Act
from onedoor.kernel.clock import Limit, StartEvent, Unit
from onedoor.kernel.errors import Invalid, Refused
from onedoor.kernel.expr import parse
from onedoor.kernel.hours import Office
from onedoor.kernel.plan import Plan, Step, StepKind, problems
from onedoor.kernel.workdays import Calendar

DAY, KEY = date(2026, 3, 2), "pay"
TERM = Limit(5, Unit.WORKDAY, StartEvent.DECIDED, note="示例")
LAST = date(2026, 3, 9)
HOME = Fee(
    "不动产登记费",
    "80元/件",
    "民法典第二百二十三条；发改价格规〔2016〕2559号",
    8000,
    reducible=True,
    reduction_basis="财税〔2016〕79号",
)
SMALL = Reduction(parse({"eq": ["$business", "sales"]}), "免收", "财税〔2016〕79号：小微企业免收", 0)
BY_AREA = Fee("挖掘修复费", "按面积计算", "城市道路管理条例第三十七条")
RECEIPT = "0123456789"
Listed = TypeVar("Listed", bound=Item)
CATERING, SALES = {"business": "catering"}, {"business": "sales"}


def of(item: Listed, *fees: Fee) -> Listed:
    """This item with one step of review, what is to be paid after it, and the decision after that."""
    first, *_, last = item.plan.steps
    pay = Step(KEY, "缴纳登记费", StepKind.PAYMENT, after=(first.key,), limit=TERM)
    plan = Plan((replace(first, after=(), when=None), pay, replace(last, after=(KEY,))))
    assert problems(plan) == ()
    return replace(item, fees=fees, plan=plan)


@pytest.fixture
def home(food: ItemVersion) -> ItemVersion:
    return of(food, HOME)


@pytest.fixture
def dug(food: ItemVersion) -> ItemVersion:
    return of(food, HOME, BY_AREA)


def ready(item: ItemVersion, now: Now, facts: dict[str, str] = CATERING) -> Case:
    """Accepted and reviewed, so that the fee is next."""
    case = fold(None, (submitted(item, DAY, dict(facts)),), now(DAY, "张三", item))
    case = fold(case, law.accept(case, now(DAY, "收件员", item)), now(DAY, "收件员", item))
    return reviewed(case, item, now)


def reviewed(case: Case, item: ItemVersion, now: Now, *, on: date = DAY) -> Case:
    when = now(on, "审查员", item)
    words = {"step": item.plan.steps[0].key, "verdict": Verdict.PASSED, "opinion": "查明", "officers": ("甲", "乙")}
    return fold(case, law.complete_step(case, when, **words), when)  # type: ignore[arg-type]


def asked(case: Case, item: ItemVersion, now: Now, *, on: date = DAY, facts: dict[str, str] | None = CATERING) -> Case:
    when = now(on, "平台", item)
    return fold(case, paying.ask(case, when, item.plan.step(KEY), answers=facts), when)


def paid(case: Case, item: ItemVersion, now: Now, *, on: date = DAY) -> Case:
    when = now(on, "窗口", item)
    return fold(case, paying.record_payment(case, when, step=KEY, receipt=RECEIPT, cents=8000, paid_on=on), when)


def test_what_is_fixed_is_asked_for_by_the_platform_once(home: ItemVersion, now: Now, calendar: Calendar) -> None:
    case = ready(home, now)
    assert standing_of(case, home, calendar).automatic == {KEY}
    assert KEY not in {task.key for task in tasks(case, home, calendar)}
    with pytest.raises(Refused, match="正在核定"):
        law.complete_step(case, now(DAY, "审查员", home), step=KEY, verdict=Verdict.PASSED, opinion="查明")
    case = asked(case, home, now)
    held = case.payments[KEY]
    assert (held.cents, held.until, held.document) == (8000, LAST, f"{case.number}-缴费-1")
    assert [charge.basis for charge in held.charges] == [HOME.basis]
    assert standing_of(case, home, calendar).automatic == frozenset()
    assert paying.ask(case, now(DAY, "平台", home), home.plan.step(KEY), answers=CATERING) == ()
    (task,) = [task for task in tasks(case, home, calendar) if task.key == KEY]
    assert (task.name, task.due) == ("登记缴费：缴纳登记费", LAST)
    message = told(e.PaymentAsked.kind, case, None)
    assert message is not None
    assert message.template == "payment_asked"
    assert (message.values["amount"], message.values["due"]) == ("80元", "2026年3月9日")


def test_the_notice_is_a_paper_of_the_case(home: ItemVersion, now: Now) -> None:
    case, when = ready(home, now), now(DAY, "平台", home)
    (notice,) = paying.ask(case, when, home.plan.step(KEY), answers=CATERING)
    fact = Fact(4, when.at, "system:platform", "system", notice)
    assert [paper.value for paper in sends(fact)] == ["payment"]
    assert issued((fact,))[0].number == f"{case.number}-缴费-1"
    assert e.from_body(notice.kind, *e.to_body(notice)) == notice


def test_nothing_to_pay_is_done_at_once_with_its_basis(food: ItemVersion, now: Now) -> None:
    item = of(food, replace(HOME, reductions=(SMALL,)))
    case = asked(ready(item, now, SALES), item, now, facts=SALES)
    assert (case.results[KEY].verdict, case.payments[KEY].cents) == (Verdict.PASSED, 0)
    assert "财税〔2016〕79号：小微企业免收" in case.payments[KEY].exempt
    nothing = of(food, replace(HOME, when=SMALL.when))
    assert asked(ready(nothing, now), nothing, now).payments[KEY].exempt == paying.NOTHING_DUE


def test_a_tariff_is_reckoned_by_an_officer_in_words(dug: ItemVersion, now: Now, calendar: Calendar) -> None:
    case, when = asked(ready(dug, now), dug, now), now(DAY, "审查员", dug)
    assert (case.by_hand, case.payments) == ({KEY: DAY}, {})
    assert "核定应缴金额：缴纳登记费" in {task.name for task in tasks(case, dug, calendar)}
    fees = paying.due_fees(dug, CATERING)
    words: dict[str, object] = {"step": KEY, "fees": fees, "computation": "沥青路面 12 平方米 × 300 元"}
    for amounts in ({}, {BY_AREA.name: -1}):
        with pytest.raises(Invalid, match="挖掘修复费"):
            paying.set_charges(case, when, amounts=amounts, **words)  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="怎么算"):
        paying.set_charges(case, when, amounts={BY_AREA.name: 360000}, **words | {"computation": ""})  # type: ignore[arg-type]
    case = fold(case, paying.set_charges(case, when, amounts={BY_AREA.name: 360000}, **words), when)  # type: ignore[arg-type]
    assert (case.payments[KEY].cents, case.payments[KEY].notice) == (368000, 1)
    again = paying.set_charges(case, when, amounts={BY_AREA.name: 300000}, **words)  # type: ignore[arg-type]
    case = fold(case, again, when)
    assert (case.payments[KEY].cents, case.payments[KEY].notice) == (308000, 2)
    with pytest.raises(Invalid, match="应缴 3080元"):
        paid(case, dug, now)


def test_whose_answers_were_erased_is_reckoned_by_people(home: ItemVersion, now: Now) -> None:
    assert asked(ready(home, now), home, now, facts=None).by_hand == {KEY: DAY}


def test_a_fixed_amount_is_nobody_s_to_change(home: ItemVersion, now: Now) -> None:
    case = asked(ready(home, now), home, now)
    with pytest.raises(Refused, match="固定标准"):
        paying.set_charges(case, now(DAY, "审查员", home), step=KEY, fees=(), amounts={}, computation="少收")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"cents": 7000}, "应缴 80元，填写的是 70元"),
        ({"paid_on": date(2026, 3, 1)}, "缴费通知之日"),
        ({"paid_on": date(2026, 3, 5)}, "不晚于今天"),
        ({"receipt": " "}, "票据号"),
        ({"receipt": "票据一"}, "票据号"),
    ],
)
def test_a_receipt_that_cannot_be_is_refused_with_what_is_right(
    home: ItemVersion, now: Now, changed: dict[str, object], said: str
) -> None:
    case = asked(ready(home, now), home, now)
    words = {"receipt": RECEIPT, "cents": 8000, "paid_on": date(2026, 3, 3)} | changed
    with pytest.raises(Invalid, match=said):
        paying.record_payment(case, now(date(2026, 3, 4), "窗口", home), step=KEY, **words)  # type: ignore[arg-type]


def test_paid_it_is_done_and_the_decision_may_follow(home: ItemVersion, now: Now) -> None:
    case, when = asked(ready(home, now), home, now), now(DAY, "局长", home)
    words = {"outcome": Outcome.GRANTED, "reasons": "符合", "article": "第五条"}
    with pytest.raises(Refused, match="前面的环节还没有办完"):
        law.decide(case, when, **words)  # type: ignore[arg-type]
    case = paid(case, home, now)
    assert case.results[KEY].verdict is Verdict.PASSED
    assert (case.payments[KEY].receipt.number, case.payments[KEY].receipt.paid_on) == (RECEIPT, DAY)  # type: ignore[union-attr]
    with pytest.raises(Refused, match="可能已经登记过"):
        paid(case, home, now)
    assert not law.merges(case, "account:窗口", deciding=True), "who writes down a receipt has examined nothing"
    assert fold(case, law.decide(case, when, **words), when).outcome is Outcome.GRANTED  # type: ignore[arg-type]


def test_money_once_paid_is_not_asked_for_again(home: ItemVersion, now: Now, calendar: Calendar) -> None:
    case, when = paid(asked(ready(home, now), home, now), home, now), now(DAY, "局长", home)
    with pytest.raises(Refused, match="不能退回重缴"):
        law.send_back(case, when, step=KEY, reason="再缴")
    case = fold(case, law.send_back(case, when, step=home.plan.steps[0].key, reason="再核"), when)
    assert KEY not in {step.key for step in law.open_steps(case, home)}
    case = asked(reviewed(case, home, now), home, now)
    assert case.results[KEY].verdict is Verdict.PASSED
    assert (case.payments[KEY].notice, RECEIPT in case.payments[KEY].receipt.number) == (1, True)  # type: ignore[union-attr]
    assert {task.key for task in tasks(case, home, calendar)} == {"decide"}


def test_what_comes_while_an_earlier_step_is_done_again_counts_when_its_turn_comes(home: ItemVersion, now: Now) -> None:
    case, when = asked(ready(home, now), home, now), now(DAY, "局长", home)
    case = fold(case, law.send_back(case, when, step=home.plan.steps[0].key, reason="再核"), when)
    case = paid(case, home, now)
    assert (KEY in case.results, case.payments[KEY].settled) == (False, True)
    assert asked(reviewed(case, home, now), home, now).results[KEY].verdict is Verdict.PASSED


def test_the_legal_limit_runs_on_while_it_is_waited_for(home: ItemVersion, now: Now) -> None:
    before = ready(home, now)
    case = asked(before, home, now)
    assert clocks(case, profile_of(case, home)) == clocks(before, profile_of(before, home))
    assert ClockKind.LEGAL in clocks(case, profile_of(case, home))
    own = step_clock(case, home.plan.step(KEY))
    assert own is not None
    assert (own.limit, own.started) == (TERM, DAY)


def test_until_its_last_day_the_minutes_are_the_applicant_s_then_the_organ_s(
    home: ItemVersion, now: Now, calendar: Calendar
) -> None:
    first = submitted(home, DAY, dict(CATERING))
    case = ready(home, now)
    told_ = [first]
    start, words = now(DAY, "平台", home), {"verdict": Verdict.PASSED, "opinion": "查明", "officers": ("甲", "乙")}
    accepted = fold(None, (first,), start)
    told_ += law.accept(accepted, start)  # type: ignore[arg-type]
    accepted = fold(accepted, told_[1:], start)  # type: ignore[arg-type]
    told_ += law.complete_step(accepted, start, step=home.plan.steps[0].key, **words)  # type: ignore[arg-type]
    facts = [Fact(seq, start.at, "x", "web", event) for seq, event in enumerate(told_, 1)]
    (notice,) = paying.ask(case, start, home.plan.step(KEY), answers=CATERING)
    facts.append(Fact(len(facts) + 1, start.at + timedelta(minutes=10), "x", "system", notice))
    found = attribution(
        facts, {home.id: home}, office=Office(calendar, HOURS), until=now(LAST + timedelta(days=1), item=home).at
    )
    shares = {(share.holder.party, share.holder.work): share.minutes for share in found.shares}
    assert shares[Party.PLATFORM, KEY] == 10
    assert shares[Party.APPLICANT, KEY] == 80 + 180 + 5 * 360
    assert shares[Party.ORGAN, KEY] == 90, "after its last day it is the organ's to go on"
    assert sum(shares.values()) == found.minutes


def test_before_its_last_day_the_applicant_is_reminded_and_after_it_an_officer(
    home: ItemVersion, now: Now, calendar: Calendar
) -> None:
    case = asked(ready(home, now), home, now)
    assert LAST in standing_of(case, home, calendar).days

    def about(on: date) -> list[tuple[str, str, Act | None]]:
        keys = {f"{about}:{KEY}" for about in ("payment", "pay", "task")}
        found = (one for one in alarmed(case, home, calendar=calendar, on=on) if one.key in keys)
        return [(one.holder, one.template, one.act) for one in found]

    assert about(date(2026, 3, 4)) == []
    assert about(date(2026, 3, 6)) == [("person:1", "payment_soon", None)]
    assert about(date(2026, 3, 10)) == [("", "", Act.REVIEW), ("person:1", "payment_late", None)]


def test_what_did_not_come_is_weighed_by_the_decider_and_asked_for_anew_where_sent_back(
    home: ItemVersion, now: Now
) -> None:
    case, late = asked(ready(home, now), home, now), LAST + timedelta(days=1)
    words = {"step": KEY, "reason": "电话催过两次"}
    with pytest.raises(Refused, match="才满"):
        paying.give_up(case, now(LAST, "审查员", home), **words)
    officer, leader = now(late, "审查员", home), now(late, "局长", home)
    case = fold(case, paying.give_up(case, officer, **words), officer)
    assert (case.results[KEY].verdict, case.payments[KEY].waits) == (Verdict.FAILED, False)
    words = {"reasons": "没有缴费", "article": "第五条"}
    with pytest.raises(Refused, match="不能准予"):
        law.decide(case, leader, outcome=Outcome.GRANTED, **words)
    assert law.decide(case, leader, outcome=Outcome.DENIED, **words)
    case = fold(case, law.send_back(case, leader, step=KEY, reason="申请人来缴了"), leader)
    case = asked(case, home, now, on=late)
    assert (case.payments[KEY].notice, case.payments[KEY].waits) == (2, True)
    assert case.payments[KEY].document.endswith("-缴费-2")


def test_withdrawn_nothing_is_to_be_paid_any_more(home: ItemVersion, now: Now) -> None:
    case, when = asked(ready(home, now), home, now), now(DAY, "张三", home)
    assert set(paying.asked_of(case)) == {KEY}
    gone = fold(case, law.withdraw(case, when, reason=""), when)
    assert paying.asked_of(gone) == {}
    with pytest.raises(Refused, match="作废"):
        paid(gone, home, now)
    assert fold(paid(case, home, now), law.withdraw(case, when, reason=""), when).payments[KEY].receipt is not None


def relief(case: Case, item: ItemVersion, now: Now, *, cents: int) -> Case:
    when = now(DAY, "审查员", item)
    words = {"basis": "财税〔2016〕79号", "reason": "小微企业"}
    return fold(case, paying.propose_relief(case, when, step=KEY, cents=cents, **words), when)


@pytest.mark.parametrize(("cents", "exempt"), [(0, "财税〔2016〕79号"), (2000, "")])
def test_a_relief_is_proposed_by_one_and_approved_by_another(
    home: ItemVersion, now: Now, calendar: Calendar, cents: int, exempt: str
) -> None:
    case = relief(asked(ready(home, now), home, now), home, now, cents=cents)
    (task,) = [task for task in tasks(case, home, calendar) if task.act is Act.EXTEND]
    assert (task.key, task.organ) == (f"{RELIEF}{KEY}", case.owners[KEY])
    with pytest.raises(Refused, match="您自己提出的"):
        paying.decide_relief(case, now(DAY, "审查员", home), step=KEY, granted=True, reason="同意")
    leader = now(DAY, "局长", home)
    case = fold(case, paying.decide_relief(case, leader, step=KEY, granted=True, reason="同意"), leader)
    held = case.payments[KEY]
    assert (held.exempt, KEY in case.results, held.cents) == (exempt, bool(exempt), cents)
    assert exempt or held.reduced == "财税〔2016〕79号"
    assert (held.waits, held.notice) == ((False, 1) if exempt else (True, 2))


def test_what_a_leader_reduced_is_not_reckoned_anew(food: ItemVersion, now: Now) -> None:
    item = of(food, replace(HOME, cents=None))
    case, officer, leader = asked(ready(item, now), item, now), now(DAY, "审查员", item), now(DAY, "局长", item)
    words = {"step": KEY, "fees": paying.due_fees(item, CATERING), "amounts": {HOME.name: 8000}, "computation": "查明"}
    case = relief(fold(case, paying.set_charges(case, officer, **words), officer), item, now, cents=1000)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="不能再改金额"):
        paying.set_charges(case, officer, **words)  # type: ignore[arg-type]
    case = fold(case, paying.decide_relief(case, leader, step=KEY, granted=True, reason="同意"), leader)
    with pytest.raises(Refused, match="不能再改金额"):
        paying.set_charges(case, officer, **words)  # type: ignore[arg-type]


def test_a_relief_that_is_refused_leaves_what_was_asked(home: ItemVersion, now: Now) -> None:
    before = asked(ready(home, now), home, now)
    case, leader = relief(before, home, now, cents=0), now(DAY, "局长", home)
    case = fold(case, paying.decide_relief(case, leader, step=KEY, granted=False, reason="不符合"), leader)
    assert case.payments == before.payments
    with pytest.raises(Refused, match="没有等批准的减免"):
        paying.decide_relief(case, leader, step=KEY, granted=True, reason="同意")


def test_a_relief_needs_a_list_that_allows_it_and_less_than_is_asked(
    food: ItemVersion, home: ItemVersion, now: Now
) -> None:
    full = of(food, replace(HOME, reducible=False))
    with pytest.raises(Refused, match="没有写这项收费可以减免"):
        relief(asked(ready(full, now), full, now), full, now, cents=0)
    case = asked(ready(home, now), home, now)
    for cents in (8000, -1):
        with pytest.raises(Invalid, match="少于 80元"):
            relief(case, home, now, cents=cents)
    with pytest.raises(Refused, match="等本机关负责人批准"):
        relief(relief(case, home, now, cents=0), home, now, cents=0)


@pytest.mark.parametrize(
    ("outcome", "back"),
    [(Outcome.GRANTED, False), (Outcome.PARTLY, False), (Outcome.DENIED, True), (Outcome.WITHDRAWN, True)],
)
def test_money_is_asked_back_where_nothing_came_of_it_whether_or_not_a_licence_is_the_result(
    home: ItemVersion, now: Now, *, outcome: Outcome, back: bool
) -> None:
    case = replace(paid(asked(ready(home, now), home, now), home, now), outcome=outcome)
    assert not paying.in_vain(case)
    assert paying.in_vain(replace(case, state=State.CLOSED, licence=None)) is back
