"""系统分发 through the commands: stored with its reason, counted in one statement, once; nobody is locked out."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.cases.world import AT, World

from onedoor.cases import commands, jobs, models, queries
from onedoor.cases.commands import dispatching
from onedoor.cases.rules.dispatching import Assignment, Reason
from onedoor.journal.queries import stream
from onedoor.kernel.actor import Act, Grant, Target
from onedoor.notices.models import Notice
from onedoor.orgs import queries as orgs
from onedoor.orgs.rules import Staff
from onedoor.orgs.rules.values import ALWAYS

pytestmark = pytest.mark.django_db


class Office:
    """The officers of an organ as the tests set them."""

    def __init__(self) -> None:
        self.able: list[str] = []
        self.away: list[str] = []

    def can(self, act: Act, target: Target, on: object) -> tuple[tuple[Staff, Grant], ...]:
        if act in {Act.OVERSEE, Act.MANAGE_ORGS}:
            return ((self.person("督查"), GRANT),) if act is Act.OVERSEE else ()
        return tuple((self.person(name), GRANT) for name in self.able if name not in self.away)

    def person(self, name: str) -> Staff:
        return Staff(hash(name) % 1000, name, name, "o", ALWAYS, f"account:{name}")


GRANT = Grant("post", frozenset(Act), None, "")


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Office:
    found = Office()
    monkeypatch.setattr(orgs, "able", found.can)
    monkeypatch.setattr(orgs, "officers", lambda *given: tuple(one for one, _ in found.can(*given)))
    monkeypatch.setattr(orgs, "leaders", lambda *_: ())
    return found


def submitted(world: World, key: str) -> str:
    return commands.submit(world.application(), by=world.citizen, at=AT, key=key).number


def test_tasks_that_arise_at_once_on_one_case_are_spread_too(world: World, office: Office) -> None:
    office.able = ["甲", "乙"]
    case = commands.accept(submitted(world, "k"), by=world.clerk, at=AT)
    today = dispatching.Office(case, AT.date())
    owed = [models.Task(key=key, act=Act.REVIEW, organ=world.item.organ) for key in ("papers", "check")]
    given = [today.choose(task) for task in owed]
    assert sorted(one.ref for one in given if isinstance(one, Assignment)) == ["account:乙", "account:甲"]


def test_tasks_spread_over_whoever_can_do_them(world: World, office: Office) -> None:
    office.able = ["甲", "乙"]
    numbers = [submitted(world, f"k{n}") for n in range(4)]
    assert commands.undispatched() == tuple(numbers)
    assert [commands.dispatch_tasks(number, at=AT) for number in numbers] == [1] * 4
    given = sorted(models.Task.objects.values_list("assignee", flat=True))
    assert given == ["account:乙", "account:乙", "account:甲", "account:甲"]
    assert commands.dispatch_tasks(numbers[0], at=AT) == 0
    assert commands.undispatched() == ()


def test_what_nobody_has_looked_at_is_enqueued_and_nothing_where_there_is_none(world: World, office: Office) -> None:
    def look() -> int:
        jobs.look_for_new()
        return ProcrastinateJob.objects.filter(queueing_lock="cases.dispatch_new").count()

    office.able = ["甲"]
    assert look() == 0
    submitted(world, "k")
    assert look() == 1
    jobs.dispatch_new()
    assert commands.undispatched() == ()
    assert look() == 1


def test_a_case_that_cannot_be_dispatched_holds_no_other_up_and_waits_for_the_morning(
    world: World, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.able = ["甲"]
    broken, sound = submitted(world, "k1"), submitted(world, "k2")
    dispatch = commands.dispatch_tasks

    def failing(number: str, **rest: Any) -> int:
        if number == broken:
            raise LookupError(number)
        return dispatch(number, **rest)

    monkeypatch.setattr(commands, "dispatch_tasks", failing)
    jobs.dispatch_new()
    held = dict(models.Task.objects.values_list("case__number", "assignee"))
    assert held == {broken: "", sound: "account:甲"}
    assert commands.undispatched() == ()
    assert broken in commands.dispatch_again(at=AT)


def test_the_load_of_any_number_of_colleagues_is_one_statement(world: World, office: Office) -> None:
    number = submitted(world, "k")
    counts = []
    for able in (["甲"], [f"同事{n}" for n in range(40)]):
        models.Task.objects.update(assignee="", because=None)
        office.able = able
        with CaptureQueriesContext(
            connection,
        ) as seen:
            commands.dispatch_tasks(number, at=AT)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_colleague_may_still_do_what_went_to_another(world: World, office: Office) -> None:
    office.able = ["甲"]
    number = submitted(world, "k")
    commands.dispatch_tasks(number, at=AT)
    assert [row.number for row in queries.inbox(by=world.clerk)] == [number]
    commands.accept(number, by=world.clerk, at=AT)


def test_where_nobody_can_supervision_is_told_once_and_the_morning_finds_somebody(world: World, office: Office) -> None:
    number = submitted(world, "k")
    for _ in range(2):
        assert commands.dispatch_tasks(number, at=AT) == 0
    assert list(Notice.objects.filter(template="unowned").values_list("to", flat=True)) == ["account:督查"]
    (one,) = queries.dispatched(models.Case.objects.get(number=number).pk)
    assert (one.to, one.told) == ("", 1)
    office.able = ["甲"]
    assert commands.dispatch_again(at=AT) == (number,)
    assert commands.dispatch_tasks(number, at=AT) == 1


def test_each_dispatch_stands_in_the_journal_with_its_reason(world: World, office: Office) -> None:
    office.able = ["甲"]
    number = submitted(world, "k")
    commands.dispatch_tasks(number, at=AT)
    task = models.Task.objects.get(case__number=number)
    (entry,) = stream(f"dispatch:{task.pk}")
    assert (entry.kind, entry.body["to"], entry.body["reasons"]) == ("task_dispatched", "account:甲", [Reason.ONLY])
