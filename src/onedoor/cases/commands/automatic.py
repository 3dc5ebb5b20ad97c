"""自动环节, by a job right after the act that made them ready: the registers are asked, the read is recorded."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onedoor.cases.commands.acting import PLATFORM, Doing, act
from onedoor.cases.queries.cases import answers_of, facts
from onedoor.cases.queries.known import known_of
from onedoor.cases.rules import automatic
from onedoor.cases.rules import events as e
from onedoor.cases.rules.lifecycle import open_steps
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import Case
from onedoor.kernel.actor import Act, Actor


@transaction.atomic(durable=True)
def do_automatic_steps(number: str, *, at: datetime, by: Actor = PLATFORM, unanswered: bool = False) -> Case:
    """自动核验 of every step that is ready for it, each once: what was done, or is not ready, stays as it is.

    ``unanswered``: the registers could not be asked so many times that people are to look at it now.
    """

    def decide(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        ready = [step for step in open_steps(case, now.item) if automatic.by_platform(case, step)]
        if not ready:
            return ()
        known = {} if unanswered else known_of(case, by=by, at=at, on=now.on)
        answers = answers_of(facts(case.id)) or {}
        done = (automatic.check_register(case, now, step, answers=answers, known=known) for step in ready)
        return tuple(event for events in done for event in events)

    return act(number, Doing(by, at, None, (Act.REVIEW,)), decide)
