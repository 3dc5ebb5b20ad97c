"""A case page says whose turn it is, by when and why, and whether the officer who looks at it may act."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cases.world import AT, World, staff

from onedoor.cases import commands, models, queries
from onedoor.desk.inbox.rows import lines
from onedoor.desk.nexts import Turn, turns
from onedoor.desk.review.offers import offers
from onedoor.kernel.actor import Act, Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def number(world: World) -> str:
    return commands.submit(world.application(), by=world.citizen, at=AT, key="k1").number


def whose(number: str, by: Actor, kept: tuple[str, ...] = ()) -> tuple[Turn, ...]:
    return turns(queries.case_page(number, by=by, on=AT.date()), by=by, on=AT.date(), kept=kept)


def said(number: str, by: Actor) -> tuple[str, ...]:
    return tuple(turn.words for turn in whose(number, by))


def given(number: str, to: Actor) -> None:
    why = {"name": to.name, "reasons": ["only"], "of": 1, "load": 0}
    models.Task.objects.filter(case__number=number).update(assignee=to.ref, because=why)


def test_whose_turn_it_is_and_who_else_may_act_never_contradict_each_other(world: World, number: str) -> None:
    colleague = staff("同事", world.item.organ, Act.ACCEPT)
    (free,) = whose(number, world.clerk)
    assert free.words.startswith("您可以办“受理”，最迟")
    assert free.why.startswith("还没有分给谁")
    given(number, colleague)
    (mine,), (theirs,), (apart,) = (whose(number, by) for by in (colleague, world.clerk, world.reviewer))
    assert (mine.mine, mine.words.startswith("轮到您办“受理”")) == (True, True)
    assert mine.why == "系统分给您，因为：今天能办这一步的只有一位。"
    assert (theirs.colleague, "（同事）办“受理”" in theirs.words, "您也可以办" in theirs.words) == (True, True, True)
    assert theirs.why.startswith("系统分给同事")
    assert "您也可以办" not in apart.words
    assert apart.words.endswith("不用您办。")


def test_what_is_left_to_colleagues_is_not_said_to_be_possible(world: World, number: str) -> None:
    (turn,) = whose(number, world.clerk, kept=("accept",))
    assert turn.words.endswith("不用您办。")


def test_each_step_that_may_start_is_named_with_organ_and_last_day(world: World, number: str) -> None:
    commands.accept(number, by=world.clerk, at=AT)
    page = queries.case_page(number, by=world.clerk, on=AT.date())
    words = said(number, world.clerk)
    assert len(words) == len(page.tasks) > 0
    for task, sentence in zip(page.tasks, words, strict=True):
        assert task.due is not None
        assert f"办“{task.name}”" in sentence
        assert f"最迟{task.due.month}月{task.due.day}日" in sentence


def test_while_the_applicant_is_waited_for_the_page_says_that_no_time_runs(world: World, number: str) -> None:
    commands.request_supplement(number, by=world.clerk, at=AT, materials={"form": "地址不全"}, note="")
    assert said(number, world.clerk) == ("等申请人补正，这段时间不计入办理期限。补来以后会回到待办。",)


def test_in_a_special_procedure_its_end_is_said_first(world: World, number: str) -> None:
    commands.accept(number, by=world.clerk, at=AT)
    end = AT.date() + timedelta(days=3)
    ground = world.item.clock.grounds[0].ground
    commands.start_special_procedure(number, by=world.reviewer, at=AT, ground=ground, notified_end=end, reason="检验")
    assert said(number, world.reviewer)[0].startswith(f"现在是特别程序，不计时，告知申请人{end.month}月{end.day}日")


def test_an_overrun_special_procedure_is_said_to_count_and_may_be_told_anew(world: World, number: str) -> None:
    commands.accept(number, by=world.clerk, at=AT)
    ground, end = world.item.clock.grounds[0].ground, AT.date() + timedelta(days=3)
    commands.start_special_procedure(number, by=world.reviewer, at=AT, ground=ground, notified_end=end, reason="检验")
    late = end + timedelta(days=1)
    page = queries.case_page(number, by=world.reviewer, on=late)
    assert "已经超过，现在计时" in turns(page, by=world.reviewer, on=late)[0].words
    assert {"end_special", "start_special"} <= {offer.key for offer in offers(page, by=world.reviewer)}
    notes = {
        day: [line.note for line in lines(queries.inbox(by=world.reviewer), today=day, by=world.reviewer)]
        for day in (end, late)
    }
    assert set(notes[end]) == {"不计时"}
    assert "不计时" not in notes[late]


def test_at_the_end_nothing_is_next(world: World, number: str) -> None:
    commands.withdraw(number, by=world.citizen, at=AT)
    assert said(number, world.clerk) == ("这件已经办完，没有下一步。",)
