"""The calendar changes: what moves is computed anew, told and recorded; what does not move is not touched."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.cases.world import World

from onedoor.areas import commands as areas
from onedoor.areas.rules import NATION, PublishedYear
from onedoor.cases import commands, jobs, queries
from onedoor.cases.queries.checking import difference
from onedoor.cases.rules import events as e
from onedoor.cases.rules.values import AcceptedBy
from onedoor.kernel.actor import system
from onedoor.kernel.clock import CHINA
from onedoor.notices.queries import inbox

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 12, 30, 10, 0, tzinfo=CHINA)  # five working days later lie in 2027
NEW_YEAR = frozenset({date(2027, 1, 1)})


def submit(world: World, at: datetime, key: str) -> str:
    return commands.submit(world.application(), by=world.citizen, at=at, key=key).number


def publish(*off: date) -> None:
    year = PublishedYear(NATION, 2027, "国办发明电〔2026〕示例号", frozenset(off), frozenset())
    areas.add_year(year, by=system("tests"), at=LATE)


def rows() -> list[tuple[object, ...]]:
    """Everything that is stored of cases and tasks, byte by byte."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT c::text FROM cases_case c ORDER BY id")
        found = cursor.fetchall()
        cursor.execute("SELECT (t.*)::text FROM cases_task t ORDER BY id")
        return [*found, *cursor.fetchall()]


def moves(number: str, world: World) -> list[e.DatesMoved]:
    page = queries.case_page(number, by=world.citizen, on=LATE.date())
    return [fact.event for fact in page.facts if isinstance(fact.event, e.DatesMoved)]


def test_only_cases_whose_date_moved_change_and_each_records_from_when_to_when(world: World) -> None:
    before = submit(world, datetime(2026, 12, 1, 10, 0, tzinfo=CHINA), "k1")
    late = submit(world, LATE, "k2")
    publish(*NEW_YEAR)
    assert commands.recompute(NATION, at=LATE).moved == 1
    (moved,) = moves(late, world)
    assert (moved.before, moved.after, moved.provisional) == (date(2027, 1, 6), date(2027, 1, 7), False)
    assert moves(before, world) == []
    page = queries.case_page(late, by=world.citizen, on=LATE.date())
    assert [task.due for task in page.tasks] == [date(2027, 1, 7)]
    assert difference(late) is None


def test_a_second_run_changes_nothing_byte_for_byte(world: World) -> None:
    for n in range(4):
        submit(world, LATE - timedelta(days=n), f"k{n}")
    publish(*NEW_YEAR)
    first = commands.recompute(NATION, at=LATE)
    stored = rows()
    again = commands.recompute(NATION, at=LATE + timedelta(minutes=5))
    assert (first.seen, again.seen, again.moved) == (4, 4, 0)
    assert rows() == stored


def test_a_published_year_that_moves_no_date_only_takes_the_mark_of_provisional_away(world: World) -> None:
    number = submit(world, LATE, "k1")
    publish(date(2027, 5, 3))
    assert commands.recompute(NATION, at=LATE).moved == 0
    (row,) = queries.listing(by=world.citizen)
    assert (row.due, row.provisional, moves(number, world)) == (date(2027, 1, 6), False, [])


def test_an_amended_calendar_moves_dates_that_were_firm(world: World) -> None:
    publish(*NEW_YEAR)
    number = submit(world, LATE, "k1")
    publish(*NEW_YEAR, date(2027, 1, 4))
    assert commands.recompute(NATION, at=LATE).moved == 1
    assert [(each.before, each.after) for each in moves(number, world)] == [(date(2027, 1, 7), date(2027, 1, 8))]


def test_what_silence_brought_about_by_the_new_dates_comes_to_the_next_sweep(world: World) -> None:
    number, now = submit(world, LATE, "k1"), datetime(2027, 1, 20, 9, 0, tzinfo=CHINA)
    assert queries.case_page(number, by=world.citizen, on=now.date()).case.accepted is None
    publish(*NEW_YEAR)
    commands.recompute(NATION, at=now)
    assert number in commands.settle_due(at=now)
    case = queries.case_page(number, by=world.citizen, on=now.date()).case
    assert (case.accepted_by, case.accepted_on) == (AcceptedBy.SILENCE, date(2027, 1, 7))


def test_a_run_goes_on_behind_the_last_case_of_its_batch(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(3):
        submit(world, LATE, f"k{n}")
    publish(*NEW_YEAR)
    monkeypatch.setattr("onedoor.cases.commands.recomputing.BATCH", 2)
    first = commands.recompute(NATION, at=LATE)
    second = commands.recompute(NATION, at=LATE, after=first.last)
    assert [(each.seen, each.moved) for each in (first, second)] == [(2, 2), (1, 1)]
    assert commands.recompute(NATION, at=LATE, after=second.last).seen == 0


def test_the_applicant_is_told_of_the_new_day(world: World) -> None:
    from onedoor.cases.rules.telling import told
    from onedoor.kernel.workdays import Due

    case = queries.case_page(submit(world, LATE, "k1"), by=world.citizen, on=LATE.date()).case
    message = told(e.DatesMoved.kind, case, Due(date(2027, 1, 7), provisional=False))
    assert message is not None
    assert (message.template, message.values["due"]) == ("moved", "2027年1月7日")


def test_one_job_tells_all_of_a_batch(world: World) -> None:
    numbers = [submit(world, LATE, f"k{n}") for n in range(3)]
    publish(*NEW_YEAR)
    assert commands.recompute(NATION, at=LATE).moved == 3
    (job,) = ProcrastinateJob.objects.filter(task_name="cases.tell_of_dates")
    assert commands.tell_of_dates(job.args["cases"], at=LATE) == 3
    told = [message for message in inbox(by=world.citizen) if message.template == "moved"]
    assert {message.subject for message in told} == {f"case:{number}" for number in numbers}
    assert all("2027年1月7日" in message.body for message in told)


def test_where_telling_all_fails_each_is_told_by_a_job_of_its_own(world: World) -> None:
    numbers = [submit(world, LATE, f"k{n}") for n in range(2)]
    ids = [queries.case_page(number, by=world.citizen, on=LATE.date()).case.id for number in numbers]
    jobs.tell_of_dates.func(SimpleNamespace(job=SimpleNamespace(attempts=1)), ids)
    found = ProcrastinateJob.objects.filter(task_name="cases.after_act").order_by("id")
    assert [job.args for job in found] == [{"case_id": id_, "kinds": [e.DatesMoved.kind]} for id_ in ids]
