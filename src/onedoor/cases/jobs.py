"""What the platform does about cases by itself: tell people, make results, let the law's moments come."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime

from django.db import OperationalError
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.types import JSONValue

from onedoor.cases import commands
from onedoor.cases.queries import case_number_of
from onedoor.cases.rules.events import DatesMoved, OpinionFellSilent
from onedoor.journal.rules import Recorded

log = logging.getLogger(__name__)
ATTEMPTS = 8
RETRY = RetryStrategy(max_attempts=ATTEMPTS, exponential_wait=2)


@app.task(name="cases.after_submit", queue="cases", retry=RETRY, pass_context=True)
def after_submit(context: JobContext, case_id: int) -> None:
    """Tell the applicant that the application was received, with its number; at first together with those waiting."""
    commands.tell_of_receipt(case_id, at=timezone.now(), together=context.job.attempts == 0)
    _dispatch_new()


@app.task(name="cases.after_act", queue="cases", retry=RETRY)
def after_act(case_id: int, kinds: Sequence[str]) -> None:
    """Tell the applicant what was done, and officers of the opinions that did not come in time."""
    number, now = case_number_of(case_id), timezone.now()
    commands.tell(number, tuple(kinds), at=now)
    if OpinionFellSilent.kind in kinds:
        commands.tell_of_silence(number, at=now)
    commands.dispatch_tasks(number, at=now)
    _dispatch_new()


def _dispatch_new() -> None:
    """系统分发 of whatever nobody has looked at yet, this case's tasks among them: nothing stays unowned.

    A case that fails is put off with an error in the log; where it is the database that fails, all wait for it.
    """
    for number in commands.undispatched():
        try:
            commands.dispatch_tasks(number, at=timezone.now())
        except OperationalError:
            raise
        except Exception:
            log.exception("case %s could not be dispatched; it is looked at again in the morning", number)
            commands.put_off(number, at=timezone.now())


@app.task(name="cases.dispatch_new", queue="cases", queueing_lock="cases.dispatch_new")
def dispatch_new() -> None:
    """系统分发 of what acts left of which nobody is told. Where it fails the next look enqueues it again."""
    _dispatch_new()


def look_for_new() -> None:
    """Enqueue ``dispatch_new`` where something lies in nobody's hands and was never looked at: no act waits for it."""
    if commands.undispatched(limit=1):
        with suppress(AlreadyEnqueued):
            dispatch_new.defer()


@app.periodic(cron="20 0 * * *")
@app.task(name="cases.dispatch_again", queue="upkeep", queueing_lock="cases.dispatch_again", pass_context=False)
def dispatch_again(timestamp: int) -> None:
    """Every morning: what lies with somebody who is away, and what nobody could do, goes to somebody anew."""
    now = datetime.fromtimestamp(timestamp, UTC)
    for number in commands.dispatch_again(at=now):
        commands.dispatch_tasks(number, at=now)


@app.task(name="cases.decide_instantly", queue="cases", retry=RETRY)
def decide_instantly(case_id: int) -> None:
    """Right after a submission: 秒批 where the item has a rule for it and this applicant meets it."""
    commands.decide_instantly(case_number_of(case_id), at=timezone.now())


@app.task(name="cases.do_automatic_steps", queue="cases", retry=RETRY, pass_context=True)
def do_automatic_steps(context: JobContext, case_id: int) -> None:
    """Right after a step became ready that the platform does by itself; where it fails to the last, people do it."""
    last = context.job.attempts >= ATTEMPTS
    commands.do_automatic_steps(case_number_of(case_id), at=timezone.now(), unanswered=last)


@app.task(name="cases.make_result", queue="cases", retry=RETRY)
def make_result(case_id: int) -> None:
    """After the decision: licence, documents, 办结."""
    commands.make_result(case_number_of(case_id), at=timezone.now())


@app.task(name="cases.move_batch", queue="cases", retry=RETRY)
def move_batch(run: int) -> None:
    """The next cases of a batch that moves running cases to a newer version; enqueues itself while more remain."""
    commands.move_batch(run, at=timezone.now())


@app.task(name="cases.follow_members", queue="cases", retry=RETRY)
def follow_members(number: str) -> None:
    """After a member of a bundle was closed: what follows for the whole."""
    commands.follow_members(number, at=timezone.now())


@app.task(name="cases.recompute", queue="upkeep", retry=RETRY)
def recompute(area: str) -> None:
    """期限重算, batch after batch, each in its own transaction; after a fault it begins anew and finds less to do."""
    after = 0
    while (done := commands.recompute(area, at=timezone.now(), after=after)).seen:
        after = done.last


@app.task(name="cases.tell_of_dates", queue="cases", retry=RETRY, pass_context=True)
def tell_of_dates(context: JobContext, cases: list[int]) -> None:
    """Tell the applicants that their dates moved: at first together; where that fails each by a job of its own."""
    if not context.job.attempts:
        commands.tell_of_dates(cases, at=timezone.now())
        return
    each: list[dict[str, JSONValue]] = [{"case_id": case, "kinds": [DatesMoved.kind]} for case in cases]
    app.configure_task("cases.after_act").batch_defer(*each)


class CalendarFollower:
    """放假安排公布或者调整后: the running cases of the area are computed anew, by a job of its own."""

    name = "cases.calendar"

    def handle(self, batch: Sequence[Recorded]) -> None:
        """Enqueue one recomputation for each area whose calendar the batch publishes or amends."""
        kinds = {"calendar_published", "calendar_amended"}
        for area in {entry.stream.split(":")[1] for entry in batch if entry.kind in kinds}:
            recompute.defer(area=area)


def sweep() -> None:
    """Take the cases whose next legal moment has come (督促), batch after batch until none is left."""
    while commands.settle_due(at=timezone.now()):
        continue


@app.periodic(cron="50 3 * * *")
@app.task(name="cases.forget_guesses", queue="upkeep", queueing_lock="cases.forget_guesses", pass_context=False)
def forget_guesses(timestamp: int) -> None:
    """Every night: remove the counts of guesses of days past. Safe to run twice, never retried."""
    commands.forget_guesses(at=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="40 0 * * *")
@app.task(name="cases.forget_drafts", queue="upkeep", queueing_lock="cases.forget_drafts", pass_context=False)
def forget_drafts(timestamp: int) -> None:
    """Every morning: tell of idle drafts, and erase those of which somebody was told. Safe to run twice."""
    commands.forget_drafts(at=datetime.fromtimestamp(timestamp, UTC))
