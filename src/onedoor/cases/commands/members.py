"""一件事: the case of a bundle follows the cases of its members, and they follow its applicant."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onedoor.cases import models
from onedoor.cases.commands.acting import PLATFORM, Doing, act
from onedoor.cases.queries.members import results_of
from onedoor.cases.rules import delivering, joint, visiting
from onedoor.cases.rules import events as e
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.fold import apply
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import Case, Outcome, State
from onedoor.kernel.actor import Act, Actor


@transaction.atomic(durable=True)
def follow_members(number: str, *, at: datetime, by: Actor = PLATFORM) -> Case:
    """Note which members are closed, cancel what rests on a refusal, open what can begin, and close the whole (办结).

    Safe to run any number of times: what was noted is not noted again.
    """

    def decide(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        noted = joint.ended(case, now.item, now=_ended(case), on=now.on)
        seen = case
        for event in noted:
            seen = apply(seen, Fact(seen.version + 1, at, by.ref, str(by.channel), event))
        later = (*visiting.overtaken(case, seen, now), *joint.closed(seen, on=now.on))
        for event in later:
            seen = apply(seen, Fact(seen.version + 1, at, by.ref, str(by.channel), event))
        return (*noted, *later, *delivering.nothing_left(seen, on=now.on, results=results_of(seen)))

    return act(number, Doing(by, at, None, (Act.DECIDE,)), decide)


def _ended(case: Case) -> dict[str, joint.Ended]:
    rows = models.Case.objects.filter(joint=case.number, state=State.CLOSED).values_list("number", "outcome", "closed")
    return {number: joint.Ended(Outcome(outcome), on) for number, outcome, on in rows if outcome and on}
