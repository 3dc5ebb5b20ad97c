"""What the platform does about cases by itself: tell people, make results, let the law's moments come."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from django.db import close_old_connections
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from onedoor.cases import commands
from onedoor.cases.queries import case_number_of
from onedoor.cases.rules import events as e

SWEEP_SECONDS = 5.0
RETRY = RetryStrategy(max_attempts=8, exponential_wait=2)


@app.task(name="cases.after_submit", queue="cases", retry=RETRY)
def after_submit(case_id: int) -> None:
    """Tell the applicant that the application was received, with its number."""
    commands.tell(case_number_of(case_id), (e.Submitted.kind,), at=timezone.now())


@app.task(name="cases.after_act", queue="cases", retry=RETRY)
def after_act(case_id: int, kinds: Sequence[str]) -> None:
    """Tell the applicant what was done, and where that was the decision, make the result."""
    number = case_number_of(case_id)
    commands.tell(number, tuple(kinds), at=timezone.now())
    if e.Decided.kind in kinds:
        commands.make_result(number, at=timezone.now())


class Sweeper:
    """Takes the cases whose next legal moment has come (督促): one loop in the worker process."""

    def run(self, stop: threading.Event) -> None:
        """Sweep until told to stop; a full batch is followed by the next at once."""
        while not stop.is_set():
            close_old_connections()
            if not commands.settle_due(at=timezone.now()):
                stop.wait(SWEEP_SECONDS)
