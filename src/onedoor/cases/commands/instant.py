"""秒批, by a job right after the submission: the registers are asked, the read is recorded, the rule decides."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onedoor.cases.commands.acting import PLATFORM, Doing, act
from onedoor.cases.queries.cases import answers_of, facts
from onedoor.cases.queries.known import known_of
from onedoor.cases.rules import events as e
from onedoor.cases.rules import instant
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import Case, State
from onedoor.kernel.actor import Act, Actor


@transaction.atomic(durable=True)
def decide_instantly(number: str, *, at: datetime, by: Actor = PLATFORM) -> Case:
    """秒批 where the item's rule is met; else nothing happens and people go on with the case. Safe to do twice."""

    def decide(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        if now.item.instant is None or case.state is not State.SUBMITTED:
            return ()
        known = known_of(case, by=by, at=at, on=now.on)
        return instant.decide_by_rule(case, now, answers=answers_of(facts(case.id)) or {}, known=known)

    return act(number, Doing(by, at, None, (Act.DECIDE,)), decide)
