"""The life of a question: asked, routed, returned, ruled on, answered, asked back, rated, published."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.cases.world import AT, citizen
from tests.hotline.desk import OTHER, TEXT, Desk

from onedoor.config.adapters.addresses import Registers
from onedoor.hotline import commands, jobs, models, queries
from onedoor.hotline.commands import acts
from onedoor.hotline.rules import State
from onedoor.journal import queries as journal
from onedoor.kernel.actor import ANONYMOUS
from onedoor.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from onedoor.notices import queries as notices

HOUR = timedelta(hours=1)
ANSWER = "带身份证、申请表和操作间平面图，到综合窗口或者网上办。"


def test_a_question_about_an_item_goes_to_the_organ_of_the_item(desk: Desk) -> None:
    asked = desk.ask()
    question = queries.question(asked.number, by=desk.officer)
    assert (question.organ, question.state) == (desk.world.item.organ, State.DISPATCHED)
    assert question.turn.due == AT.date() + timedelta(days=1)
    with pytest.raises(NotFound):
        queries.question(asked.number, by=desk.elsewhere)


def test_a_general_question_waits_at_the_dispatching_desk(desk: Desk) -> None:
    number = desk.ask(general=True).number
    with pytest.raises(NotFound):
        queries.question(number, by=desk.officer)
    assert [q.number for q in queries.listing(State.WAITING, by=desk.dispatcher)] == [number]
    commands.dispatch(number, by=desk.dispatcher, at=AT, organ=desk.world.item.organ)
    assert queries.question(number, by=desk.officer).state is State.DISPATCHED


def test_the_same_key_asks_once_and_another_text_under_it_is_a_conflict(desk: Desk) -> None:
    assert desk.ask() == desk.ask()
    assert models.Question.objects.count() == 1
    with pytest.raises(Conflict):
        desk.ask(text="完全不同的另一个问题")


def test_without_an_account_a_phone_number_is_left_and_reached(desk: Desk) -> None:
    with pytest.raises(Invalid) as fault:
        desk.ask_by_phone(phone="0875-7130011")
    assert [error.field for error in fault.value.errors] == ["phone"]
    asked = desk.ask_by_phone()
    assert Registers().phone(f"asker:{asked.number}", about="", at=AT) == "13800000009"
    assert queries.question(asked.number, by=queries.bearer(asked.number)).asker_name == "老王"
    with pytest.raises(NotFound):
        queries.question(asked.number, by=ANONYMOUS)


def test_staff_do_not_ask_at_the_desk(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        desk.ask(by=desk.officer)


def test_the_query_code_opens_and_wrong_guesses_are_counted(desk: Desk) -> None:
    asked = desk.ask_by_phone()
    for _ in range(8):  # a right code is taken back
        assert commands.check_code(asked.number, asked.code, at=AT, address="10.0.0.1")
    for _ in range(5):
        assert not commands.check_code(asked.number, "x", at=AT, address="10.0.0.1")
    with pytest.raises(Refused):
        commands.check_code(asked.number, asked.code, at=AT, address="10.0.0.1")


def test_one_phone_asks_only_so_often_a_day(desk: Desk) -> None:
    for _ in range(10):
        commands.may_ask("13800000009", at=AT, address="10.0.0.1")
    with pytest.raises(Refused):
        commands.may_ask("13800000009", at=AT, address="10.0.0.2")
    commands.may_ask("13800000008", at=AT, address="10.0.0.1")


def test_a_wrong_dispatch_is_returned_with_a_reason_and_a_ruling_ends_returns(desk: Desk) -> None:
    number = desk.ask().number
    with pytest.raises(Invalid):
        commands.give_back(number, by=desk.officer, at=AT + HOUR, reason="")
    commands.give_back(number, by=desk.officer, at=AT + HOUR, reason="应由公安机关答复")
    organ = desk.world.item.organ
    with pytest.raises(Refused) as told:
        commands.dispatch(number, by=desk.dispatcher, at=AT + 2 * HOUR, organ=organ)
    assert told.value.code == "returned_before"
    commands.dispatch(number, by=desk.dispatcher, at=AT + 2 * HOUR, organ=organ, final=True, reason="职责在你单位")
    with pytest.raises(Refused) as told:
        commands.give_back(number, by=desk.officer, at=AT + 3 * HOUR, reason="仍然认为不归我们")
    assert told.value.code == "ruled"
    with pytest.raises(Refused):
        commands.dispatch(number, by=desk.dispatcher, at=AT + 3 * HOUR, organ=OTHER)


def test_after_the_hours_of_the_rule_nothing_is_returned(desk: Desk) -> None:
    number = desk.ask().number
    commands.give_back(number, by=desk.officer, at=AT + 24 * HOUR, reason="应由公安机关答复")
    other = desk.ask(key="k2").number
    with pytest.raises(Refused) as told:
        commands.give_back(other, by=desk.officer, at=AT + 24 * HOUR + timedelta(seconds=1), reason="应由公安机关答复")
    assert told.value.code == "too_late"


def test_only_the_organ_answers_and_only_the_desk_dispatches(desk: Desk) -> None:
    number = desk.ask().number
    with pytest.raises(NotFound):
        commands.answer(number, by=desk.elsewhere, at=AT, text=ANSWER)
    with pytest.raises(Forbidden):
        commands.answer(number, by=desk.world.citizen, at=AT, text=ANSWER)
    with pytest.raises(Forbidden):
        commands.dispatch(number, by=desk.officer, at=AT, organ=OTHER)
    with pytest.raises(Invalid):
        commands.dispatch(number, by=desk.dispatcher, at=AT, organ="没有这个机关")


def test_the_answer_is_told_and_can_be_asked_back_once_and_rated_once(desk: Desk) -> None:
    number, me = desk.ask().number, desk.world.citizen
    with pytest.raises(Refused):
        commands.ask_back(number, by=me, at=AT, text="还没有答复就追问")
    commands.answer(number, by=desk.officer, at=AT + HOUR, text=ANSWER)
    assert [m.template for m in notices.inbox(by=me)] == ["question_answered", "question_received"]
    again = commands.ask_back(number, by=me, at=AT + 2 * HOUR, text="平面图自己画可以吗？")
    assert (again.state, again.organ) == (State.DISPATCHED, desk.world.item.organ)
    with pytest.raises(Refused):
        commands.give_back(number, by=desk.officer, at=AT + 3 * HOUR, reason="追问不能再退回去")
    commands.answer(number, by=desk.officer, at=AT + 3 * HOUR, text="可以，标明尺寸就行。")
    with pytest.raises(Refused):
        commands.ask_back(number, by=me, at=AT + 4 * HOUR, text="再问一次可以吗？")
    with pytest.raises(Forbidden):
        commands.rate_answer(number, by=desk.officer, at=AT + 4 * HOUR, level=5)
    assert commands.rate_answer(number, by=me, at=AT + 4 * HOUR, level=2).rating == 2
    with pytest.raises(Refused):
        commands.rate_answer(number, by=me, at=AT + 4 * HOUR, level=5)


def answered(desk: Desk) -> str:
    number = desk.ask().number
    commands.answer(number, by=desk.officer, at=AT, text=ANSWER)
    return number


def sweep(days: int) -> None:
    """Every morning of so many days after the answer."""
    for day in range(1, days + 1):
        jobs.settle_idle(int((AT + timedelta(days=day)).timestamp()))


def heard(desk: Desk) -> list[str]:
    return [m.template for m in reversed(notices.inbox(by=desk.world.citizen))][2:]


def test_an_answer_nobody_comes_back_to_is_asked_about_once_and_then_closed(desk: Desk) -> None:
    number, rule = answered(desk), queries.service().closing_rule(AT.date())
    sweep(rule.ask_after.days)
    assert heard(desk) == []
    sweep(rule.ask_after.days + 1 + rule.close_after.days)
    assert heard(desk) == ["follow_up_asked"]
    assert queries.question(number, by=desk.officer).state is State.ANSWERED
    sweep(rule.ask_after.days + 2 + rule.close_after.days)
    assert heard(desk) == ["follow_up_asked", "question_closed"]
    assert queries.question(number, by=desk.officer).state is State.CLOSED


def test_what_was_closed_can_be_asked_back_and_is_open_again(desk: Desk) -> None:
    number = answered(desk)
    sweep(30)
    again = commands.ask_back(number, by=desk.world.citizen, at=AT + timedelta(days=40), text="平面图自己画可以吗？")
    assert (again.state, again.closes) == (State.DISPATCHED, None)


def test_what_was_rated_is_closed_and_nobody_is_asked_about_it(desk: Desk) -> None:
    number = answered(desk)
    assert commands.rate_answer(number, by=desk.world.citizen, at=AT, level=5).state is State.CLOSED
    sweep(30)
    assert heard(desk) == []


def test_where_the_county_wants_it_a_leader_checks_first(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    strict = replace(queries.service(), checked=frozenset({"*"}))
    monkeypatch.setattr(acts, "service", lambda: strict)
    number = desk.ask().number
    drafted = commands.answer(number, by=desk.officer, at=AT, text=ANSWER)
    assert (drafted.state, drafted.turn.answer) == (State.CHECKING, None)
    commands.send_answer_back(number, by=desk.leader, at=AT, reason="写明地址")
    commands.answer(number, by=desk.officer, at=AT, text=ANSWER + "地址在人民路。")
    given = commands.check_answer(number, by=desk.leader, at=AT).turn.answer
    assert given is not None
    assert (given.officer, given.checked_by) == ("答复员", "负责人")


def test_nothing_personal_is_published_and_what_is_published_is_found_until_withdrawn(desk: Desk) -> None:
    number = desk.ask_by_phone().number
    commands.answer(number, by=desk.officer, at=AT, text=ANSWER)
    for leak in ("手机 13800000009", "身份证 530524198003010015", "老王问的"):
        with pytest.raises(Invalid):
            commands.publish_answer(number, by=desk.officer, at=AT, asked=f"米线店要什么材料？{leak}", answered=ANSWER)
    asked = "开米线店办食品经营许可要带什么材料？"
    done = commands.publish_answer(number, by=desk.officer, at=AT, asked=asked, answered=ANSWER)
    assert [found.id for found in queries.search("办食品经营许可带什么材料")] == [done.published]
    assert queries.search("结婚登记") == ()
    commands.withdraw_publication(number, by=desk.officer, at=AT, reason="规定变了")
    assert queries.search("办食品经营许可带什么材料") == ()
    with pytest.raises(NotFound):
        queries.entry(done.published or 0)


def test_the_journal_holds_no_text_of_a_citizen(desk: Desk) -> None:
    number = desk.ask_by_phone().number
    row = models.Question.objects.get(number=number)
    (fact,) = journal.stream(f"question:{row.pk}")
    assert TEXT not in str(fact.body)
    assert {"text", "asker_name", "phone"} == set(fact.personal)


def test_one_sees_only_ones_own_questions(desk: Desk) -> None:
    mine = desk.ask().number
    assert [q.number for q in queries.mine(by=desk.world.citizen)] == [mine]
    assert queries.mine(by=citizen("person:2", "李四")) == ()
    assert queries.visible_to(desk.elsewhere).count() == 0


def test_overdue_questions_are_counted(desk: Desk) -> None:
    desk.ask()
    assert queries.overdue_count(AT.date() + timedelta(days=1), by=desk.officer) == 0
    assert queries.overdue_count(AT.date() + timedelta(days=2), by=desk.officer) == 1
