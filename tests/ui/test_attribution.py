"""Whose the time of a case was, in words that sum up."""

from datetime import datetime, timedelta

import pytest
from tests.cases.world import AT, World

from onedoor.cases import commands, queries
from onedoor.cases.rules.values import Verdict
from onedoor.ui.attribution import held, shares

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def number(world: World) -> str:
    """Received on Monday 2026-03-02 at 10:00, in review since Wednesday at that hour."""
    found = commands.submit(world.application(), by=world.citizen, at=AT, key="k1").number
    commands.accept(found, by=world.clerk, at=AT + 2 * DAY)
    return found


def seen(world: World, number: str, at: datetime) -> queries.CasePage:
    return queries.case_page(number, by=world.citizen, on=at.date())


def test_citizens_read_days_that_sum_up(world: World, number: str) -> None:
    found = held(seen(world, number, AT + 4 * DAY), at=AT + 4 * DAY)
    assert found is not None
    assert (found.whole, found.running) == ("4 天", True)
    assert [(fact.name, fact.value) for fact in found.parts] == [(world.item.organ_name, "4 天")]
    assert "一天 6 小时" in found.note


@pytest.mark.parametrize(("hours", "whole"), [(0.5, "30 分钟"), (5, "2 小时"), (24, "6 小时"), (54, "2 天半")])
def test_short_lives_are_told_in_hours_or_minutes(world: World, hours: float, whole: str) -> None:
    number = commands.submit(world.application(), by=world.citizen, at=AT, key="k2").number
    at = AT + timedelta(hours=hours)
    found = held(seen(world, number, at), at=at)
    assert found is not None
    assert found.whole == whole


def test_before_the_first_working_minute_there_is_nothing_to_tell(world: World) -> None:
    late = AT.replace(hour=22)
    number = commands.submit(world.application(), by=world.citizen, at=late, key="k3").number
    assert held(seen(world, number, late), at=late) is None
    assert shares(seen(world, number, late), at=late) is None


def test_officers_read_each_step_to_the_minute_beside_a_bar_of_the_whole(world: World, number: str) -> None:
    commands.complete_step(
        number, by=world.reviewer, at=AT + 3 * DAY, step="papers", verdict=Verdict.PASSED, opinion="符合条件"
    )
    found = shares(seen(world, number, AT + 4 * DAY), at=AT + 4 * DAY)
    assert found is not None
    told = [(each.work, each.minutes, each.percent) for each in found.slices]
    assert told == [("受理", 720, 50), ("材料审查", 360, 25), ("审核", 360, 25)]
    assert sum(each.width for each in found.slices) == pytest.approx(found.width)
    assert (found.minutes, found.whole) == (1440, "4 天")
