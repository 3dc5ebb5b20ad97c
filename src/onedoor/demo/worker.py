"""What the instance's worker would have done, under the simulated clock: messages, results, what silence brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from onedoor.cases import commands, queries
from onedoor.cases.commands.acts import PLATFORM
from onedoor.cases.rules import events as e
from onedoor.cases.rules.values import Case

SOON = timedelta(minutes=1)
SIMULATED = replace(PLATFORM, simulated=True)


@dataclass(slots=True)
class Worker:
    """Takes the jobs that the commands leave, instead of the queue of the instance."""

    jobs: InMemoryConnector
    numbers: dict[int, str] = field(default_factory=dict)
    left: list[int] = field(default_factory=list)

    def work(self, *, at: datetime) -> dict[str, Case]:
        """Do what is queued; the cases whose result was made."""
        made: dict[str, Case] = {}
        waiting, self.jobs.jobs = list(self.jobs.jobs.values()), {}
        for job in waiting:
            if job["task_name"].startswith("cases."):
                made |= self._about(job["args"], at=at + SOON)
        return made

    def _about(self, told: Mapping[str, Any], *, at: datetime) -> dict[str, Case]:
        number = self._number(told["case_id"])
        kinds = tuple(told.get("kinds", (e.Submitted.kind,)))
        commands.tell(number, kinds, at=at)
        if e.Decided.kind in kinds:
            return {number: commands.make_result(number, at=at, by=SIMULATED)}
        return {}

    def leave(self) -> None:
        """Keep what is queued now for the instance's own worker."""
        self.left += [job["args"]["case_id"] for job in self.jobs.jobs.values()]
        self.jobs.jobs = {}

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
    for case_id in worker.left:
        app.configure_task("cases.after_act").defer(case_id=case_id, kinds=[e.Decided.kind])
