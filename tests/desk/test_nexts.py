"""After an act its page says who owes what next, and by when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cases.world import AT, World

from onedoor.cases import commands, queries
from onedoor.desk.inbox.rows import lines
from onedoor.desk.nexts import next_words
from onedoor.desk.review.offers import offers
from onedoor.kernel.actor import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def number(world: World) -> str:
    return commands.submit(world.application(), by=world.citizen, at=AT, key="k1").number


def said(number: str, by: Actor) -> tuple[str, ...]:
    return next_words(queries.case_page(number, by=by, on=AT.date()), by=by, on=AT.date())


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
    assert said(number, world.clerk) == ("下一步：等申请人补正，这段时间不计入办理期限。补来以后会回到待办。",)


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
    assert "已经超过，现在计时" in next_words(page, by=world.reviewer, on=late)[0]
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
