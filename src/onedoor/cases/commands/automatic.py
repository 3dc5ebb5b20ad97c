"""自动环节, by a job right after the act that made them ready: a register is asked, the read is recorded; what is to be
paid is asked for.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onedoor.cases.commands.acting import PLATFORM, Doing, act
from onedoor.cases.queries.cases import answers_of, facts
from onedoor.cases.queries.known import known_of
from onedoor.cases.rules import automatic, paying
from onedoor.cases.rules import events as e
from onedoor.cases.rules.lifecycle import open_steps
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import Case
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.plan import StepKind


@transaction.atomic(durable=True)
def do_automatic_steps(number: str, *, at: datetime, by: Actor = PLATFORM, unanswered: bool = False) -> Case:
    """自动核验 and 缴费通知 of every step that is ready, each once: what was done, or is not ready, stays as it is.

    ``unanswered``: it failed so many times that people are to look at it now.
    """

    def decide(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        ready = [step for step in open_steps(case, now.item) if automatic.by_platform(case, step)]
        if not ready:
            return ()
        answers = answers_of(facts(case.id))
        asks = not unanswered and any(step.kind is StepKind.REGISTER_CHECK for step in ready)
        known = known_of(case, by=by, at=at, on=now.on) if asks else {}
        done = [automatic.check_register(case, now, step, answers=answers or {}, known=known) for step in ready]
        done += [paying.ask(case, now, step, answers=None if unanswered else answers) for step in ready]
        return tuple(event for events in done for event in events)

    return act(number, Doing(by, at, None, (Act.REVIEW,)), decide)
