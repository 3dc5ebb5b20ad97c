"""DOMAIN §4.0 rule by rule, on plain values."""

from dataclasses import replace
from datetime import date

import pytest
from tests.cases.conftest import Now, fold, officer, published, submitted

from onedoor.cases.rules import events as e
from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules.clocks import ClockKind, clocks, profile_of, settle
from onedoor.cases.rules.tasks import promise_for
from onedoor.cases.rules.values import AcceptedBy, Case, Delivery, Outcome, State, Verdict
from onedoor.items.rules import ItemVersion
from onedoor.kernel.clock import AllowedGround, Approver, Ground, due
from onedoor.kernel.errors import Invalid, Refused
from onedoor.kernel.law import Article
from onedoor.kernel.plan import Step, StepKind
from onedoor.kernel.workdays import Calendar

RECEIVED = date(2026, 3, 2)


def accepted(case: Case, now: Now, on: date = date(2026, 3, 3)) -> Case:
    return fold(case, law.accept(case, now(on, "收件员")), now(on, "收件员"))


def reviewed(case: Case, now: Now, *, verdict: Verdict = Verdict.PASSED) -> Case:
    day = date(2026, 3, 4)
    while steps := [s for s in law.open_steps(case, now(day).item) if s.key != "decide"]:
        done = law.complete_step(
            case, now(day, "审查员"), step=steps[0].key, verdict=verdict, opinion="查明", officers=("甲", "乙")
        )
        case = fold(case, done, now(day, "审查员"))
    return case


def decided(case: Case, now: Now, outcome: Outcome = Outcome.GRANTED) -> Case:
    when = now(date(2026, 3, 5), "局长")
    return fold(case, law.decide(case, when, outcome=outcome, reasons="符合条件", article="食品安全法第三十五条"), when)


def test_acceptance_in_time_takes_effect_on_its_own_day(case: Case, now: Now) -> None:
    assert accepted(case, now).accepted == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("received", "silent_until", "took_effect", "decide_by"),
    [
        (date(2026, 2, 15), date(2026, 3, 1), date(2026, 2, 28), date(2026, 3, 20)),
        (date(2026, 3, 2), date(2026, 3, 12), date(2026, 3, 9), date(2026, 3, 30)),
    ],
)
def test_silence_accepts_as_of_receipt_and_a_late_click_moves_nothing(
    case: Case, food: ItemVersion, calendar: Calendar, now: Now,
    received: date, silent_until: date, took_effect: date, decide_by: date,
) -> None:  # fmt: skip
    legal = replace(food.clock.legal, number=20)  # the general limit of 行政许可法 §42
    profile = replace(food.clock, legal=legal)
    waiting = replace(case, received=received)
    deemed = settle(waiting, profile, calendar=calendar, on=silent_until)
    number = f"{case.number}-受理-1"
    assert deemed == (e.Accepted(how=AcceptedBy.SILENCE, effective=received, on=took_effect, document=number),)
    running = fold(waiting, deemed, now(silent_until))
    assert due(clocks(running, profile)[ClockKind.LEGAL], calendar).date == decide_by
    with pytest.raises(Refused):
        law.accept(running, now(silent_until))


def test_on_the_fifth_working_day_the_organ_may_still_answer(case: Case, food: ItemVersion, calendar: Calendar) -> None:
    assert settle(case, food.clock, calendar=calendar, on=date(2026, 3, 9)) == ()


def test_only_where_the_profile_says_so_does_silence_accept(case: Case, food: ItemVersion, calendar: Calendar) -> None:
    profile = replace(food.clock, silence_accepts=False)
    assert settle(case, profile, calendar=calendar, on=date(2026, 6, 1)) == ()


def test_a_deadline_on_an_unpublished_calendar_has_no_effect_yet(
    case: Case, food: ItemVersion, calendar: Calendar
) -> None:
    waiting = replace(case, received=date(2026, 12, 30))
    assert settle(waiting, food.clock, calendar=calendar, on=date(2027, 2, 1)) == ()


def asked(case: Case, now: Now) -> Case:
    when = now(date(2026, 3, 4), "收件员")
    return fold(case, law.request_supplement(case, when, materials={"layout": "请补画操作流程"}), when)


def brought(case: Case, now: Now, on: date) -> Case:
    came = e.SupplementReceived(on=on, materials={"layout": ("f2",)}, steps=case.steps)
    return fold(case, law.supplement(case, now(on, "张三"), came), now(on, "张三"))


def test_while_a_supplement_is_awaited_no_clock_runs(
    case: Case, food: ItemVersion, calendar: Calendar, now: Now
) -> None:
    waiting = asked(case, now)
    assert clocks(waiting, food.clock) == {}
    assert settle(waiting, food.clock, calendar=calendar, on=date(2026, 12, 1)) == ()


def test_after_a_full_supplement_acceptance_dates_from_the_day_it_came(case: Case, now: Now) -> None:
    came = brought(asked(case, now), now, date(2026, 3, 16))
    assert accepted(came, now, on=date(2026, 3, 18)).accepted == date(2026, 3, 16)


def test_silence_after_a_full_supplement_accepts_by_analogy(
    case: Case, food: ItemVersion, calendar: Calendar, now: Now
) -> None:
    came = brought(asked(case, now), now, date(2026, 3, 16))
    (deemed,) = settle(came, food.clock, calendar=calendar, on=date(2026, 3, 24))
    assert (deemed.how, deemed.effective) == (AcceptedBy.SUPPLEMENT_SILENCE, date(2026, 3, 16))
    assert deemed.on == date(2026, 3, 23)


def test_a_partial_supplement_is_told_what_is_missing(case: Case, now: Now) -> None:
    waiting = asked(case, now)
    nothing = e.SupplementReceived(on=date(2026, 3, 16), materials={}, steps=case.steps)
    with pytest.raises(Invalid, match="布局图"):
        law.supplement(waiting, now(date(2026, 3, 16)), nothing)


def test_a_second_notice_may_name_only_faults_of_the_supplement(case: Case, now: Now) -> None:
    came = brought(asked(case, now), now, date(2026, 3, 16))
    with pytest.raises(Refused, match="一次告知"):
        law.request_supplement(came, now(date(2026, 3, 17)), materials={"rules": "还要制度"})
    again = law.request_supplement(came, now(date(2026, 3, 17)), materials={"layout": "仍看不清"})
    assert again[0].round == 2  # type: ignore[attr-defined]


def test_the_one_notice_speaks_of_everything_required_that_was_not_handed_in(case: Case, now: Now) -> None:
    day, lacking = now(date(2026, 3, 4)), {"layout": "布局图", "rules": "管理制度"}
    with pytest.raises(Invalid, match="管理制度"):
        law.request_supplement(case, day, materials={"layout": "请补"}, lacking=lacking)
    (told,) = law.request_supplement(case, day, materials=dict.fromkeys(lacking, "请补"), lacking=lacking)
    assert set(told.materials) == set(lacking)


def test_a_second_notice_is_not_held_to_what_the_first_should_have_said(case: Case, now: Now) -> None:
    came = brought(asked(case, now), now, date(2026, 3, 16))
    day = now(date(2026, 3, 17))
    (again,) = law.request_supplement(came, day, materials={"layout": "仍看不清"}, lacking={"rules": "管理制度"})
    assert (again.round, again.document) == (2, f"{case.number}-补正-2")


def test_after_acceptance_nothing_may_be_asked_for_again(case: Case, now: Now) -> None:
    with pytest.raises(Refused):
        law.request_supplement(accepted(case, now), now(date(2026, 3, 4)), materials={"layout": "补"})


@pytest.mark.parametrize("outcome", [Outcome.NOT_REQUIRED, Outcome.NOT_COMPETENT])
def test_the_two_refusals_to_accept_need_reasons_and_where_to_turn(case: Case, now: Now, outcome: Outcome) -> None:
    when = now(RECEIVED)
    with pytest.raises(Invalid) as fault:
        law.refuse_acceptance(case, when, outcome=outcome, reason="", where_to_turn="")
    assert {error.field for error in fault.value.errors} == {"reason", "where_to_turn"}
    refused = law.refuse_acceptance(case, when, outcome=outcome, reason="无需许可", where_to_turn="县市场监管局备案")
    closed = fold(case, refused, when)
    assert (closed.state, closed.outcome) == (State.CLOSED, outcome)


def test_a_third_refusal_is_the_decision_and_no_other_act_may_give_it(case: Case, now: Now) -> None:
    with pytest.raises(Invalid):
        law.refuse_acceptance(case, now(RECEIVED), outcome=Outcome.DENIED, reason="不行", where_to_turn="无")
    denied = decided(reviewed(accepted(case, now), now, verdict=Verdict.FAILED), now, Outcome.DENIED)
    assert denied.outcome is Outcome.DENIED


def test_what_a_step_found_wrong_cannot_be_granted(case: Case, now: Now) -> None:
    with pytest.raises(Refused, match="不符合"):
        decided(reviewed(accepted(case, now), now, verdict=Verdict.FAILED), now)


def test_parallel_steps_start_together_and_the_decision_waits_for_all(case: Case, now: Now, food: ItemVersion) -> None:
    running = accepted(case, now)
    assert {step.key for step in law.open_steps(running, food)} == {"papers", "visit"}
    with pytest.raises(Refused, match="不能办"):
        decided(running, now)


def test_a_check_on_site_takes_two_officers(case: Case, now: Now) -> None:
    running = accepted(case, now)
    with pytest.raises(Invalid, match="2 名以上"):
        law.complete_step(
            running, now(RECEIVED), step="visit", verdict=Verdict.PASSED, opinion="好", officers=("甲", "甲")
        )


def test_sending_back_resets_what_rests_on_the_step_and_leaves_the_rest(
    case: Case, now: Now, food: ItemVersion
) -> None:
    done = reviewed(accepted(case, now), now)
    back = law.send_back(done, now(date(2026, 3, 5), "局长"), step="papers", reason="核对地址")
    again = fold(done, back, now(date(2026, 3, 5)))
    assert set(again.results) == {"visit"}
    assert {step.key for step in law.open_steps(again, food)} == {"papers"}


def rested(food: ItemVersion, *, demanded: bool) -> ItemVersion:
    """A check on site that waits for the papers, beside a consent that the law itself demands, or does not."""
    papers, visit, check, decision = food.plan.steps
    consent = Step("consent", "征求意见：消防", StepKind.OPINION, precondition=demanded)
    later, last = replace(visit, after=("papers",)), replace(check, after=("visit", "consent"))
    return replace(food, plan=replace(food.plan, steps=(papers, later, consent, last, decision)))


def test_what_the_law_demands_and_is_refused_spares_what_has_not_begun_until_it_is_done_again(
    case: Case, now: Now, food: ItemVersion
) -> None:
    item = rested(food, demanded=True)
    when = now(date(2026, 3, 4), "消防", item)
    running = accepted(replace(case, steps=tuple(step.key for step in item.plan.steps)), now)
    refused = law.complete_step(running, when, step="consent", verdict=Verdict.FAILED, opinion="疏散通道不够")
    assert refused[1:] == (e.StepsCancelled(steps=("visit",), because="consent", on=date(2026, 3, 4)),)
    case = fold(running, refused, when)
    assert {step.key for step in law.open_steps(case, item)} == {"papers"}
    done = law.complete_step(case, when, step="papers", verdict=Verdict.PASSED, opinion="齐全")
    assert {step.key for step in law.open_steps(fold(case, done, when), item)} == {"check"}
    again = fold(case, law.send_back(case, when, step="consent", reason="通道已经加宽"), when)
    assert {step.key for step in law.open_steps(again, item)} == {"papers", "consent"}
    assert {step.key for step in law.steps_of(again, item)} == set(again.steps)


def test_what_others_may_outweigh_spares_nothing(case: Case, now: Now, food: ItemVersion) -> None:
    item = rested(food, demanded=False)
    when = now(date(2026, 3, 4), "消防", item)
    running = accepted(replace(case, steps=tuple(step.key for step in item.plan.steps)), now)
    assert len(law.complete_step(running, when, step="consent", verdict=Verdict.FAILED, opinion="不同意")) == 1


def test_one_person_in_two_roles_leaves_a_visible_flag(case: Case, now: Now) -> None:
    running = accepted(case, now)
    same = law.complete_step(running, now(RECEIVED, "收件员"), step="papers", verdict=Verdict.PASSED, opinion="好")
    other = law.complete_step(running, now(RECEIVED, "审查员"), step="papers", verdict=Verdict.PASSED, opinion="好")
    assert (same[0].merged_duties, other[0].merged_duties) == (True, False)  # type: ignore[attr-defined]


def test_the_agent_of_the_applicant_never_accepts_or_examines_that_case(case: Case, now: Now) -> None:
    by_agent = replace(case, agent=officer("代办员").ref)
    with pytest.raises(Refused, match="回避"):
        law.accept(by_agent, now(RECEIVED, "代办员"))


def test_site_visits_publicity_and_the_like_stop_no_clock(case: Case, now: Now) -> None:
    running = accepted(case, now)
    with pytest.raises(Refused, match="不能停止计时"):
        law.start_special_procedure(
            running, now(date(2026, 3, 4)), ground=Ground.EXPERT_REVIEW, notified_end=date(2026, 3, 9), reason="评审"
        )


def test_asking_another_organ_stops_a_clock_only_by_the_items_own_law_and_no_longer_than_that_law_says(
    case: Case, now: Now, food: ItemVersion
) -> None:
    running, asked = accepted(case, now), {"ground": Ground.CONSULTATION, "reason": "征求住房城乡建设局意见"}
    began = now(date(2026, 3, 4))
    with pytest.raises(Refused, match="不能停止计时"):
        law.start_special_procedure(running, began, notified_end=date(2026, 3, 9), **asked)
    own = AllowedGround(Ground.CONSULTATION, Article("取水许可和水资源费征收管理条例", "19(3)"), most=5)
    allowing = replace(began, item=replace(food, clock=replace(food.clock, grounds=(own,))))
    with pytest.raises(Invalid, match="5 个工作日"):
        law.start_special_procedure(running, allowing, notified_end=date(2026, 3, 12), **asked)
    assert law.start_special_procedure(running, allowing, notified_end=date(2026, 3, 11), **asked)


def test_an_expert_review_stops_the_clock_from_notice_to_result_and_no_hearing_does_that_nobody_asked_for(
    case: Case, now: Now, food: ItemVersion, calendar: Calendar
) -> None:
    running = accepted(case, now)
    before = due(clocks(running, food.clock)[ClockKind.LEGAL], calendar).date
    experts = AllowedGround(Ground.EXPERT_REVIEW, Article("行政许可法", "45"))
    began = now(date(2026, 3, 4), item=replace(food, clock=replace(food.clock, grounds=(*food.clock.grounds, experts))))
    words = {"notified_end": date(2026, 3, 20), "reason": "依法需要"}
    with pytest.raises(Refused, match="有人要求"):
        law.start_special_procedure(running, began, ground=Ground.HEARING, **words)  # type: ignore[arg-type]
    stop = law.start_special_procedure(running, began, ground=Ground.EXPERT_REVIEW, **words)  # type: ignore[arg-type]
    stopped = fold(running, stop, began)
    ended = now(date(2026, 3, 10))
    again = fold(stopped, law.end_special_procedure(stopped, ended, result="意见已出具"), ended)
    assert (before, due(clocks(again, food.clock)[ClockKind.LEGAL], calendar).date) == (
        date(2026, 3, 17),
        date(2026, 3, 23),
    )


def test_an_extension_comes_once_before_expiry_from_the_head_of_the_organ(case: Case, now: Now) -> None:
    running = accepted(case, now)
    with pytest.raises(Refused, match="负责人"):
        law.extend(running, now(date(2026, 3, 5)), approver=Approver.GOVERNMENT_LEADER, reason="复杂")
    with pytest.raises(Refused, match="已满"):
        law.extend(running, now(date(2026, 3, 18)), approver=Approver.ORGAN_HEAD, reason="复杂")
    longer = fold(
        running, law.extend(running, now(date(2026, 3, 5)), approver=Approver.ORGAN_HEAD, reason="复杂"), now(RECEIVED)
    )
    with pytest.raises(Refused, match="一次"):
        law.extend(longer, now(date(2026, 3, 6)), approver=Approver.ORGAN_HEAD, reason="还是复杂")


def test_closed_is_not_collected(case: Case, now: Now) -> None:
    on_paper = replace(decided(reviewed(accepted(case, now), now), now), electronic_service=False)
    when = now(date(2026, 3, 6))
    closed = fold(on_paper, law.close(on_paper, when, licence="L1", files=()), when)
    assert (closed.state, closed.delivered) == (State.CLOSED, None)
    given = fold(closed, law.deliver(closed, when, method=Delivery.WINDOW, receiver="张三"), when)
    assert given.delivered == date(2026, 3, 6)
    with pytest.raises(Refused, match="已经送达"):
        law.deliver(given, when, method=Delivery.WINDOW, receiver="张三")


def test_with_consent_to_electronic_service_closing_delivers(case: Case, now: Now) -> None:
    done = decided(reviewed(accepted(case, now), now), now)
    closed = fold(done, law.close(done, now(RECEIVED), licence=None, files=()), now(RECEIVED))
    assert closed.delivery is Delivery.ELECTRONIC


def test_the_applicant_may_withdraw_until_the_decision(case: Case, now: Now) -> None:
    running = accepted(case, now)
    assert fold(running, law.withdraw(running, now(RECEIVED), reason=""), now(RECEIVED)).outcome is Outcome.WITHDRAWN
    with pytest.raises(Refused, match="不能撤回"):
        law.withdraw(decided(reviewed(running, now), now), now(RECEIVED), reason="")


def test_a_rating_has_five_levels_and_is_given_once_after_closing(case: Case, now: Now) -> None:
    with pytest.raises(Refused):
        law.rate(case, now(RECEIVED), level=1, comment="")
    done = decided(reviewed(accepted(case, now), now), now)
    closed = fold(done, law.close(done, now(RECEIVED), licence=None, files=()), now(RECEIVED))
    with pytest.raises(Invalid):
        law.rate(closed, now(RECEIVED), level=6, comment="")
    rated = fold(closed, law.rate(closed, now(RECEIVED), level=1, comment="快"), now(RECEIVED))
    with pytest.raises(Refused, match="已经评价"):
        law.rate(rated, now(RECEIVED), level=2, comment="")


def test_what_rested_on_a_step_that_the_case_does_not_need_waits_for_what_that_needed(
    case: Case, food: ItemVersion, now: Now
) -> None:
    steps = tuple(replace(s, after=("papers",)) if s.key == "visit" else s for s in food.plan.steps)
    steps = tuple(replace(s, after=("visit",)) if s.key == "decide" else s for s in steps)
    item = replace(food, plan=replace(food.plan, steps=steps))
    running = replace(accepted(case, now), steps=tuple(step.key for step in steps if step.key != "visit"))
    assert {step.key for step in law.open_steps(running, item)} == {"papers"}


@pytest.mark.parametrize(("answer", "key", "days"), [("same", "unchanged", 2), ("changed", "", 3)])
def test_the_promise_of_a_case_is_that_of_its_situation(
    now: Now, calendar: Calendar, answer: str, key: str, days: int
) -> None:
    item = published("食品经营许可（延续）")
    told = replace(submitted(item, RECEIVED, {}), shorter_limit=promise_for(item, {"conditions": answer}))
    occasion = now(date(2026, 3, 3), "收件员", item)
    case = fold(fold(None, (told,), occasion), law.accept(fold(None, (told,), occasion), occasion), occasion)
    assert case.shorter_limit == key
    profile = profile_of(case, item)
    assert profile == replace(item.clock, promised=profile.promised)
    clock = clocks(case, profile)[ClockKind.PROMISED]
    assert clock.limit.number == days
    assert due(clock, calendar).date == date(2026, 3, 3 + days)
