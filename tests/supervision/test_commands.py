"""Figures follow the journal: each fact once, and behind each figure the cases that may be opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.cases.test_commands import work_through
from tests.cases.world import AT, World, staff

from onedoor.cases import commands as cases
from onedoor.cases import models as rows
from onedoor.journal import queries as journal
from onedoor.journal.rules import Recorded
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.clock import CHINA
from onedoor.kernel.errors import NotFound
from onedoor.supervision import commands, queries
from onedoor.supervision import models as sums
from onedoor.supervision.rules import Adoption, Measure, Period, span_of

pytestmark = pytest.mark.django_db
SPAN = span_of(Period.MONTH, AT.date())


def told() -> list[Recorded]:
    streams = [f"case:{pk}" for pk in rows.Case.objects.values_list("pk", flat=True)]
    streams += [f"reminder:{pk}" for pk in rows.Reminder.objects.values_list("pk", flat=True)]
    return [entry for stream in streams for entry in journal.stream(stream)]


@pytest.fixture
def director() -> Actor:
    return staff("主任", None, Act.OVERSEE)


def used_by(director: Actor) -> tuple[Adoption, ...]:
    return queries.adoption(queries.figures(by=director, span=SPAN), by=director, span=SPAN)


def test_a_whole_story_is_counted_once_however_often_the_journal_is_read(world: World, director: Actor) -> None:
    work_through(world, cases.submit(world.application(), by=world.citizen, at=AT, key="k").number)
    cases.submit(world.application(name="二店"), by=world.citizen, at=AT, key="k2")
    assert commands.count(told())
    commands.count(told())
    (shown,) = [each for each in queries.figures(by=director, span=SPAN) if each.organ == world.item.organ]
    assert (shown[Measure.RECEIVED], shown[Measure.ONLINE], shown[Measure.ACCEPTED]) == (2, 2, 1)
    (used,) = [each for each in used_by(director) if each.organ == world.item.organ]
    assert (used.share(Measure.LIVE), used.measured) == (1.0, 0)
    by_day = dict(queries.days(by=director, span=SPAN))
    assert by_day[AT.date()][Measure.RECEIVED] == 2


def test_a_measure_that_is_added_gets_its_months_when_the_journal_is_read_anew(world: World) -> None:
    work_through(world, cases.submit(world.application(), by=world.citizen, at=AT, key="k").number)
    commands.count(
        [replace(fact, body={**fact.body, "merged_duties": False}) for fact in told()]
    )  # as if not known then
    before = set(sums.Daily.objects.exclude(measure=Measure.MERGED).values_list("measure", "count"))
    commands.count([replace(fact, body={**fact.body, "merged_duties": True}) for fact in told()])
    after = dict(sums.Daily.objects.values_list("measure", "count"))
    assert after.pop(Measure.MERGED) == after[Measure.LIVE]
    assert set(after.items()) == before


def test_behind_a_figure_stand_its_cases_and_only_those_that_may_be_opened(world: World, director: Actor) -> None:
    number = cases.submit(world.application(), by=world.citizen, at=AT, key="k").number
    commands.count(told())
    seen = queries.behind(by=director, measures=(Measure.RECEIVED,), span=SPAN)
    assert ([row.number for _, row in seen.rows], seen.total, seen.hidden) == ([number], 1, 0)
    elsewhere = staff("别局局长", "11530524015140001X", Act.OVERSEE)
    assert queries.behind(by=elsewhere, measures=(Measure.RECEIVED,), span=SPAN).total == 0
    assert all(not each.counts for each in queries.figures(by=elsewhere, span=SPAN))
    with pytest.raises(NotFound):
        queries.figures(by=world.clerk, span=SPAN)
    assert not queries.oversees(world.reviewer)


def test_two_limits_that_end_on_one_day_are_one_delay_and_who_closes_then_closes_late(
    world: World, director: Actor
) -> None:
    number = cases.submit(world.application(), by=world.citizen, at=AT, key="k").number
    late = datetime(2026, 3, 10, 0, 1, tzinfo=CHINA)
    cases.settle_due(at=late)
    commands.count(told())
    (shown,) = [each for each in queries.figures(by=director, span=span_of(Period.MONTH, late.date())) if each.counts]
    assert shown[Measure.LATE] == 1
    behind = queries.behind(by=director, measures=(Measure.LATE,), span=span_of(Period.TODAY, late.date()))
    assert [row.number for _, row in behind.rows] == [number]
    closed = replace(told()[0], id=10**9, kind="case_closed", occurred_at=late, body={})
    commands.count([closed])
    (shown,) = [each for each in queries.figures(by=director, span=span_of(Period.MONTH, late.date())) if each.counts]
    assert (shown[Measure.CLOSED], shown.on_time) == (1, 0.0)


def test_seconds_run_from_the_first_material_opened_to_the_act_of_the_same_officer(
    world: World, director: Actor
) -> None:
    cases.submit(world.application(), by=world.citizen, at=AT, key="k")
    first = told()[0]

    def later(seconds: int, kind: str, actor: str, number: int) -> Recorded:
        at = AT + timedelta(seconds=seconds)
        return replace(first, id=first.id + number, kind=kind, actor=actor, occurred_at=at, body={"officer": "王五"})

    commands.count([later(0, "case_material_opened", "account:1", 1)])
    commands.count([later(30, "case_material_opened", "account:1", 2), later(35, "case_accepted", "account:2", 3)])
    commands.count([later(50, "case_material_opened", "account:1", 4), later(95, "case_extended", "account:1", 5)])
    commands.count([later(50, "case_material_opened", "account:1", 4), later(95, "case_extended", "account:1", 5)])
    (used,) = [each for each in used_by(director) if each.seconds]
    assert dict(used.seconds) == {50: 1}  # 45 seconds, in the class from 41 to 50: opened anew after the other's act
    assert queries.behind(by=director, measures=(Measure.TIMED,), span=SPAN).total == used.measured
