"""An act by itself: what this process stored last is written in one statement, and only if nobody else wrote since."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django import app

from onedoor.areas import queries as areas
from onedoor.bench.lives import Lives, alike, fanned
from onedoor.bench.world import found
from onedoor.cases import commands, models
from onedoor.cases.commands import holding
from onedoor.cases.commands.store import task_rows
from onedoor.cases.queries import replayed
from onedoor.cases.rules.tasks import tasks
from onedoor.cases.rules.values import Case, Outcome, Verdict
from onedoor.items import commands as catalogue
from onedoor.items import queries as items
from onedoor.items.rules import item_of
from onedoor.kernel.actor import system
from onedoor.kernel.clock import CHINA
from onedoor.kernel.errors import Refused

AT = datetime(2026, 3, 2, 10, 0, tzinfo=CHINA)
BY = system("tests")


@pytest.fixture
def lives(committed_db: str) -> Lives:
    call_command("areas", "load")
    return Lives(found(at=AT), AT)


def accepted(lives: Lives, opinions: int = 0) -> str:
    """A case on which so many opinions are asked for side by side; none: two, and a review before the decision."""
    single = item_of(items.published(lives.world.item))
    (made,) = catalogue.publish([fanned(single, opinions) if opinions else alike(single)], by=BY, at=AT)
    items.forget()
    number = lives.submit(made.code)
    commands.accept(number, by=BY, at=AT)
    return number


def opine(number: str, step: str, *, verdict: Verdict = Verdict.PASSED) -> Case:
    return commands.complete_step(number, by=BY, at=AT, step=step, verdict=verdict, opinion="无异议。")


def written(number: str, step: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        opine(number, step)
    return [query["sql"] for query in captured.captured_queries]


def consistent(number: str) -> Case:
    """The case, of which row, replay and tasks say the same."""
    row, replay = replayed(number)
    assert row == replay
    item, calendar = items.version(row.item_version), areas.calendar(row.area)
    names = ("key", "name", "act", "organ", "clock", "holder")
    owed = {task.key: [getattr(task, name) for name in names] for task in models.Task.objects.filter(case=row.id)}
    anew = task_rows(row, tasks(row, item, calendar))
    assert owed == {task["key"]: [task[name] or "" for name in names] for task in anew}
    return row


def test_what_this_process_stored_is_written_in_one_statement_with_the_jobs_that_follow(lives: Lives) -> None:
    number = accepted(lives)
    ours = jobs()[0]
    with pytest.raises(RuntimeError), transaction.atomic():
        opine(number, "opinion_1")  # no part of another transaction
    (statement,) = written(number, "opinion_1")
    assert "journal_entry" in statement
    assert len(written(number, "opinion_2")) == 1
    case = consistent(number)
    assert set(case.results) == {"opinion_1", "opinion_2"}
    assert jobs()[0] == ours  # nobody is told of a step; what is newly owed is looked for
    app.configure_task("cases.after_act").defer(case_id=case.id, kinds=["case_accepted"])
    deferred = jobs()[0]
    assert {**deferred, "id": ours["id"]} == ours


def test_a_case_that_this_process_opened_is_not_read_to_be_accepted(lives: Lives) -> None:
    number = lives.submit(lives.world.item)
    with CaptureQueriesContext(connection) as captured:
        commands.accept(number, by=BY, at=AT)
    assert len([query for query in captured.captured_queries if "cases_case" in query["sql"]]) == 1
    consistent(number)


def test_what_a_step_leaves_of_the_rest_is_not_written_again(lives: Lives) -> None:
    """Not the columns of the row, not its document, not a task that was owed before."""
    number = accepted(lives)
    (first,), (last,) = written(number, "opinion_1"), written(number, "opinion_2")
    assert not any("json_populate_record" in statement for statement in (first, last))
    assert "INSERT INTO cases_task" not in first
    assert "INSERT INTO cases_task" in last  # the review


def jobs() -> list[dict[str, Any]]:
    """Of the worker, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM procrastinate_jobs ORDER BY id DESC")
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_what_another_process_wrote_is_read_first(lives: Lives, monkeypatch: pytest.MonkeyPatch) -> None:
    number = accepted(lives, opinions=8)
    ours, theirs = holding._kept, holding._Kept(most=4)
    opine(number, "opinion_1")
    monkeypatch.setattr(holding, "_kept", theirs)
    commands.send_back(number, by=BY, at=AT, step="opinion_1", reason="重看")
    monkeypatch.setattr(holding, "_kept", ours)
    read, _ = written(number, "opinion_1")  # by what we knew it was done already
    assert read.startswith("SELECT xmin")
    chance, left = Random(20260302), {f"opinion_{n}" for n in range(2, 9)}
    for _ in range(60):
        monkeypatch.setattr(holding, "_kept", chance.choice([ours, theirs]))
        step = f"opinion_{chance.randint(1, 8)}"
        if step in left:
            opine(number, step)
            left.discard(step)
        elif chance.random() < 0.5:
            commands.send_back(number, by=BY, at=AT, step=step, reason="重看")
            left.add(step)
        else:
            with pytest.raises(Refused):
                opine(number, step)
    consistent(number)
    for step in sorted(left):
        opine(number, step)
    commands.decide(number, by=BY, at=AT, outcome=Outcome.GRANTED, reasons="符合条件。", article="第三十八条")
    assert consistent(number).outcome is Outcome.GRANTED


def test_it_waits_for_whoever_holds_the_row_and_nothing_is_lost(lives: Lives) -> None:
    number = accepted(lives, opinions=10)
    with ThreadPoolExecutor(8) as pool:
        for step, writes in (("opinion_1", False), ("opinion_2", True)):
            with transaction.atomic():
                held = holding.lock(number)
                assert held is not None
                models.Task.objects.filter(case=held.case.id, key=step).update(assignee="account:9")
                if writes:
                    models.Case.objects.filter(number=number).update(provisional=False)
                waiting = pool.submit(beside, number, step)
                while not waiters() and not waiting.done():
                    continue
            waiting.result()
            assert step in consistent(number).results
        gate = threading.Barrier(8)
        together = [pool.submit(beside, number, f"opinion_{n}", gate) for n in range(3, 11)]
        for done in together:
            done.result()
    assert consistent(number).version == 2 + 10


def beside(number: str, step: str, gate: threading.Barrier | None = None) -> None:
    try:
        if gate:
            gate.wait(60)
        opine(number, step)
    finally:
        connections.close_all()


def waiters() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return int(cursor.fetchone()[0])
