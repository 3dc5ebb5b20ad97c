"""办件提醒: officers are told once for each level, and it stands in the journal."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.cases.world import AT, World

from onedoor.cases import commands
from onedoor.cases.rules.values import Verdict
from onedoor.journal import queries as journal
from onedoor.kernel.actor import Act, Actor, ActorKind, Channel, Target
from onedoor.kernel.clock import CHINA
from onedoor.notices import queries as notices
from onedoor.orgs import queries as orgs
from onedoor.orgs.rules import Staff
from onedoor.orgs.rules.values import ALWAYS

pytestmark = pytest.mark.django_db

YELLOW = datetime(2026, 3, 6, 0, 1, tzinfo=CHINA)  # received on Monday, acceptance ends on Monday the 9th


def person(id_: int, account: str | None) -> Staff:
    return Staff(id_, f"gs{id_:02}", "王五", "organ", ALWAYS, account)


def inbox(account: str) -> list[tuple[str, str]]:
    reader = Actor(account, "王五", ActorKind.STAFF, Channel.WEB)
    return [(message.template, message.subject) for message in notices.inbox(by=reader)]


@pytest.fixture
def officers(monkeypatch: pytest.MonkeyPatch) -> list[Staff]:
    found = [person(1, "account:1"), person(2, None)]

    def able(act: Act, target: Target, on: object) -> tuple[Staff, ...]:
        return tuple(found) if act is Act.ACCEPT else ()

    monkeypatch.setattr(orgs, "officers", able)
    monkeypatch.setattr(orgs, "posts", lambda *_: ())
    monkeypatch.setattr(orgs, "leaders", lambda *_: ((None, person(9, "account:9")),))
    return found


def test_owners_are_warned_once_and_again_when_it_is_late(world: World, officers: list[Staff]) -> None:
    number = commands.submit(world.application(), by=world.citizen, at=AT, key="k").number
    assert commands.settle_due(at=AT) == ()
    assert commands.settle_due(at=YELLOW) == (number,)
    assert inbox("account:1") == [("warned", f"case:{number}")]
    assert inbox("account:9") == [("warned", f"case:{number}")]
    assert commands.settle_due(at=YELLOW + timedelta(hours=1)) == ()


def test_where_nobody_may_do_the_task_the_chief_or_the_head_is_told(world: World, officers: list[Staff]) -> None:
    officers.clear()
    commands.submit(world.application(), by=world.citizen, at=AT, key="k")
    commands.settle_due(at=YELLOW)
    assert len(inbox("account:9")) == 1  # task and limit end on one day: one message


def test_a_reminder_is_a_fact_and_names_no_applicant(world: World, officers: list[Staff]) -> None:
    number = commands.submit(world.application(), by=world.citizen, at=AT, key="k").number
    commands.settle_due(at=YELLOW)
    from onedoor.cases import models

    rows = models.Reminder.objects.order_by("pk")
    told = [entry for row in rows for entry in journal.stream(f"reminder:{row.pk}")]
    assert [(entry.kind, entry.body["case"], entry.body["to"]) for entry in told] == [
        ("officers_reminded", number, ["account:1"]),
        ("officers_reminded", number, ["account:9"]),
    ]
    assert all("张三" not in str(entry.body) for entry in told)


def test_a_recomputation_at_the_same_level_tells_nobody_twice(world: World, officers: list[Staff]) -> None:
    from onedoor.cases import models

    commands.submit(world.application(), by=world.citizen, at=AT, key="k")
    commands.settle_due(at=YELLOW)
    models.Case.objects.update(next_alarm_at=YELLOW)
    commands.settle_due(at=YELLOW + timedelta(hours=2))
    assert len(inbox("account:1")) == 1


def test_whoever_acts_between_the_moment_and_the_sweep_silences_no_alarm(world: World, officers: list[Staff]) -> None:
    from onedoor.cases import models

    number = commands.submit(world.application(), by=world.citizen, at=AT, key="k").number
    commands.accept(number, by=world.clerk, at=AT)
    moment = models.Case.objects.get(number=number).next_alarm_at
    assert moment is not None
    late = moment + timedelta(hours=9)  # the machine was off that night
    commands.complete_step(number, by=world.reviewer, at=late, step="papers", verdict=Verdict.PASSED, opinion="可")
    assert commands.settle_due(at=late) == (number,)
    assert ("warned", f"case:{number}") in inbox("account:9")
    assert commands.settle_due(at=late) == ()


def test_a_limit_that_was_over_when_it_began_is_told_at_once(world: World, officers: list[Staff]) -> None:
    from onedoor.cases import models

    number = commands.submit(world.application(), by=world.citizen, at=AT, key="k").number
    late = AT + timedelta(days=60)  # the machine was off: accepted by silence long ago, and decided by nobody
    commands.complete_step(number, by=world.reviewer, at=late, step="papers", verdict=Verdict.PASSED, opinion="可")
    assert commands.settle_due(at=late) == (number,)
    told = set(models.Reminder.objects.values_list("key", "level"))
    assert {("clock:legal", "red"), ("clock:promised", "red")} <= told
    assert commands.settle_due(at=late) == ()
