"""A limit day by day, in words: what counts, what does not and why, and the sum."""

from datetime import date, datetime, timedelta

import pytest
from tests.cases.world import AT, World, staff

from onedoor.cases import commands, queries
from onedoor.kernel.actor import Act
from onedoor.kernel.clock import Approver, Ground
from onedoor.ui.ledgers import Account, accounts

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def found(world: World, number: str, on: date) -> dict[str, Account]:
    page = queries.case_page(number, by=world.citizen, on=on)
    return {each.name: each for each in accounts(page, on=on)}


def accepted(world: World, at: datetime = AT) -> str:
    number = commands.submit(world.application(), by=world.citizen, at=at, key="k1").number
    commands.accept(number, by=world.clerk, at=at + DAY)
    return number


def test_the_ledger_names_each_stretch_with_its_article_and_sums_up(world: World) -> None:
    """Accepted Tuesday 03-03, ten days; an expert review from 03-05, told to end on 03-12: 6, 9-12 do not count."""
    number = accepted(world)
    stopping = staff("股长", world.item.organ, Act.SUSPEND, Act.EXTEND)
    commands.start_special_procedure(
        number, by=stopping, at=AT + 3 * DAY, ground=Ground.EXPERT_REVIEW, notified_end=date(2026, 3, 12), reason="论证"
    )
    commands.extend(number, by=stopping, at=AT + 4 * DAY, approver=Approver.ORGAN_HEAD, reason="案情复杂")
    legal = found(world, number, date(2026, 3, 16))["法定期限"]
    told = [(each.first.day, each.last.day, each.days, each.counts) for each in legal.stretches]
    assert told == [(4, 5, "2 个工作日", True), (6, 12, "5 个工作日", False), (13, 31, "13 个工作日", True)]
    assert "《行政许可法》第四十五条" in legal.stretches[1].why
    assert legal.end == "2026年3月31日"
    assert legal.total == "期限 10个工作日；延长 5 个工作日；依法不计入 5 个工作日"


def test_a_limit_that_was_exceeded_says_by_how_much_and_one_that_was_met_how_long_it_took(world: World) -> None:
    number = accepted(world)
    later = found(world, number, date(2026, 3, 12))
    assert (later["承诺期限"].late, later["承诺期限"].total) == (True, "期限 5个工作日；超期 2 个工作日")
    assert [day.date.day for day in later["承诺期限"].over] == [11, 12]
    assert later["受理期限"].total == "期限 5个工作日；实际用 1 个工作日"
    assert (later["受理期限"].running, later["环节时限：材料审查"].basis) == (False, "内部环节时限（示例）")


def test_waiting_for_a_supplement_is_told_as_a_stretch_without_a_limit(world: World) -> None:
    number = commands.submit(world.application(), by=world.citizen, at=AT, key="k2").number
    commands.request_supplement(number, by=world.clerk, at=AT + DAY, materials={"layout": "看不清"})
    waiting = found(world, number, date(2026, 3, 9))["等待补正"]
    assert waiting.total == "等待 4 个工作日，不计入期限"
    assert (waiting.running, waiting.days, waiting.stretches[0].counts) == (True, (), False)
