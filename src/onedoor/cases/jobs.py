"""What the platform does about cases by itself: tell people, make results, let the law's moments come."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from onedoor.cases import commands
from onedoor.cases.queries import case_number_of
from onedoor.cases.rules import events as e

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


def sweep() -> None:
    """Take the cases whose next legal moment has come (督促), batch after batch until none is left."""
    while commands.settle_due(at=timezone.now()):
        continue
