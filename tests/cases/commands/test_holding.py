"""A case in hand: what this process stored last is used only while nobody else wrote the row."""

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from tests.cases.world import AT, World, staff

from onedoor.cases import commands, models
from onedoor.cases.commands import holding
from onedoor.cases.commands.acting import Doing, act
from onedoor.cases.queries import replayed
from onedoor.cases.rules import events as e
from onedoor.cases.rules import lifecycle
from onedoor.cases.rules.lifecycle import Occasion
from onedoor.cases.rules.values import Case, Verdict
from onedoor.items.rules import synthetic
from onedoor.kernel.actor import Act

pytestmark = pytest.mark.django_db


@pytest.fixture
def number(world: World) -> str:
    facts = {"business": "catering", "rented": "no"}
    answers = synthetic.answers(world.item.form, facts=facts, today=AT.date(), area="530524101001")
    application = world.application(situations=facts, answers=answers | {"entity_name": "老街米线店"})
    number = commands.submit(application, by=world.citizen, at=AT, key="k1").number
    commands.accept(number, by=world.clerk, at=AT)
    return number


def reviewed(case: Case, now: Occasion) -> tuple[e.Event, ...]:
    return lifecycle.complete_step(case, now, step="papers", verdict=Verdict.PASSED, opinion="可")


def statements(number: str) -> int:
    with (
        CaptureQueriesContext(
            connection,
        ) as captured,
        transaction.atomic(),
    ):
        holding.lock(number)
    return sum("cases_step" in query["sql"] for query in captured.captured_queries)


def test_a_case_that_this_process_stored_is_not_read_again(number: str) -> None:
    assert statements(number) == 0
    models.Case.objects.filter(number=number).update(version=F("version"))  # somebody else's write
    assert statements(number) == 1


def test_what_was_rolled_back_is_forgotten(world: World, number: str) -> None:
    with transaction.atomic():
        act(number, Doing(world.reviewer, AT, None, (Act.REVIEW,), "papers"), reviewed)
        transaction.set_rollback(True)
    held = holding.lock(number)
    assert held is not None
    assert (held.case.results, held.case.version) == ({}, 2)


def test_a_step_writes_neither_the_document_nor_other_steps(world: World, number: str) -> None:
    def stored() -> tuple[object, ...]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT key, xmin::text FROM cases_step")
            return tuple(cursor.fetchall())

    document = models.Case.objects.get(number=number).value
    commands.complete_step(number, by=world.reviewer, at=AT, step="papers", verdict=Verdict.PASSED, opinion="可")
    first = stored()
    visit = {"verdict": Verdict.PASSED, "opinion": "可", "officers": ("甲", "乙")}
    commands.complete_step(number, by=world.reviewer, at=AT, step="visit", **visit)  # type: ignore[arg-type]
    assert set(first) < set(stored())
    assert models.Case.objects.get(number=number).value == document
    row, replay = replayed(number)
    assert row == replay
    assert set(row.results) == {"papers", "visit"}


def test_a_step_sent_back_keeps_only_that_it_was(world: World, number: str) -> None:
    commands.complete_step(number, by=world.reviewer, at=AT, step="papers", verdict=Verdict.PASSED, opinion="可")
    commands.send_back(number, by=world.reviewer, at=AT, step="papers", reason="重看")
    (step,) = models.CaseStep.objects.filter(case__number=number)
    assert (step.key, step.value) == ("papers", {"reopened": AT.date().isoformat()})
    row, replay = replayed(number)
    assert row == replay


def test_what_changes_the_document_alone_writes_no_index(number: str, world: World) -> None:
    def updates() -> tuple[int, int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_xact_user_tables WHERE relname = 'cases_case'")
            updated, hot = cursor.fetchone()
        return updated, hot

    leader = staff("分管局长", world.item.organ, Act.NOTIFY, Act.OVERSEE)
    wanted = {world.item.materials[0].key: "没有签名"}
    updated, hot = updates()
    commands.ask_overlooked(number, by=leader, at=AT, materials=wanted, reason="初审漏看")
    assert updates() == (updated + 1, hot + 1)
