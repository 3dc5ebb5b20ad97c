"""What the instance's worker would have done, under the simulated clock: messages, results, what silence brings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from onedoor.cases import commands, queries
from onedoor.cases.commands.acting import PLATFORM
from onedoor.cases.rules import events as e
from onedoor.cases.rules.values import Case

SOON = timedelta(minutes=1)
TAKE_WRITTEN: Final = """
DELETE FROM procrastinate_jobs WHERE status = 'todo' AND task_name LIKE 'cases.%' RETURNING id, task_name, args
"""
SIMULATED = replace(PLATFORM, simulated=True)


@dataclass(slots=True)
class Worker:
    """Takes the jobs that the commands leave, instead of the queue of the instance."""

    jobs: InMemoryConnector
    numbers: dict[int, str] = field(default_factory=dict)
    left: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def work(self, *, at: datetime) -> dict[str, Case]:
        """Do what is queued; the cases that it changed. Raises KeyError for a job that it does not know."""
        made: dict[str, Case] = {}
        while taken := self._taken():
            for task, told in taken:
                made |= self._do(task, told, at=at)
        return made

    def _do(self, task: str, told: dict[str, Any], *, at: datetime) -> dict[str, Case]:
        if task == "cases.follow_members":
            return {told["number"]: commands.follow_members(told["number"], at=at + SOON, by=SIMULATED)}
        number = self._number(told["case_id"])
        if task == "cases.decide_instantly":
            commands.decide_instantly(number, at=at + SOON, by=SIMULATED)
            return {}
        if task == "cases.do_automatic_steps":
            return {number: commands.do_automatic_steps(number, at=at + SOON, by=SIMULATED)}
        if task == "cases.make_result":
            return {number: commands.make_result(number, at=at + SOON, by=SIMULATED)}
        kinds = {"cases.after_submit": (e.Submitted.kind,), "cases.after_act": told.get("kinds", ())}[task]
        commands.tell(number, tuple(kinds), at=at + SOON)
        return {}

    def leave(self) -> None:
        """Keep what is queued now for the instance's own worker."""
        self.left += self._taken()

    def _taken(self) -> list[tuple[str, dict[str, Any]]]:
        """What was deferred, and what acts wrote beside their facts (ADR 0020), which no connector sees."""
        waiting, self.jobs.jobs = list(self.jobs.jobs.values()), {}
        deferred = [(job["task_name"], job["args"]) for job in waiting if job["task_name"].startswith("cases.")]
        with connection.cursor() as cursor:
            cursor.execute(TAKE_WRITTEN)
            written = sorted(cursor.fetchall())
        return [*((task, json.loads(args)) for _, task, args in written), *deferred]

    def sweep(self, *, at: datetime) -> tuple[str, ...]:
        """What the law has brought about by then, e.g. deemed acceptance; the numbers of the cases looked at."""
        seen: list[str] = []
        while numbers := commands.settle_due(at=at, by=SIMULATED):
            seen += numbers
        return tuple(seen)

    def _number(self, case_id: int) -> str:
        if case_id not in self.numbers:
            self.numbers[case_id] = queries.case_number_of(case_id)
        return self.numbers[case_id]


@contextmanager
def simulated() -> Iterator[Worker]:
    """Meanwhile jobs go to this worker; what it left for the instance's own is enqueued at the end."""
    with app.replace_connector(InMemoryConnector()):
        worker = Worker(app.connector)  # type: ignore[arg-type]
        yield worker
    for task, told in worker.left:
        app.configure_task(task).defer(**told)
