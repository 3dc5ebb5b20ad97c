"""征求意见: opinions that come late, and who is told that one did not come."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.db import transaction

from onedoor.cases import models
from onedoor.cases.commands.acting import DECISION, Doing, act
from onedoor.cases.queries.cases import facts
from onedoor.cases.queries.rows import case_of, whole
from onedoor.cases.rules import consulting
from onedoor.cases.rules import events as e
from onedoor.cases.rules.tasks import target_of
from onedoor.cases.rules.values import Case, Verdict
from onedoor.documents.rules import chinese_date
from onedoor.items import queries as items
from onedoor.kernel.actor import Act, Actor, Target
from onedoor.kernel.clock import local_date
from onedoor.kernel.plan import Silence
from onedoor.notices import commands as notices
from onedoor.orgs import queries as orgs

EFFECTS: Final = {
    Silence.ESCALATE: "仍在等这个意见，请负责人和督查催办。",
    Silence.DEEMED: "按规定视为无异议，不再等待。",
    Silence.LEAD_DECIDES: "不再等待，由牵头机关自行判断。",
}


@transaction.atomic(durable=True)
def give_late_opinion(
    number: str, *, by: Actor, at: datetime, step: str, verdict: Verdict, opinion: str, version: int | None = None
) -> Case:
    """补来意见, by the organ that was asked, until the decision is signed."""
    return act(
        number,
        Doing(by, at, version, (Act.REVIEW,), step),
        lambda c, now: consulting.give_late_opinion(c, now, step=step, verdict=verdict, opinion=opinion),
    )


@transaction.atomic(durable=True)
def answer_late_opinion(
    number: str, *, by: Actor, at: datetime, step: str, taken: bool, reason: str, version: int | None = None
) -> Case:
    """采纳 or 不采纳 of a late opinion, by whoever decides the case."""
    return act(
        number,
        Doing(by, at, version, (Act.DECIDE,), DECISION),
        lambda c, now: consulting.answer_late_opinion(c, now, step=step, taken=taken, reason=reason),
    )


@transaction.atomic(durable=True)
def tell_of_silence(number: str, *, at: datetime) -> int:
    """Tell of the opinions that fell silent last: whoever was asked and whoever leads the case, and where it is still
    waited for, supervision too. How many messages were sent.
    """
    case = case_of(whole(models.Case.objects.all()).get(number=number))
    fallen = [(fact.at, fact.event) for fact in facts(case.id) if isinstance(fact.event, e.OpinionFellSilent)]
    last = max((moment for moment, _ in fallen), default=None)
    return sum(_tell(case, event, at=at) for moment, event in fallen if moment == last)


def _tell(case: Case, event: e.OpinionFellSilent, *, at: datetime) -> int:
    asked, on = case.owners[event.step], local_date(at)
    words = {
        "item": case.item_name,
        "case": case.number,
        "organ": orgs.organ(asked).name,
        "step": items.version(case.item_version).plan.step(event.step).name,
        "due": chinese_date(event.due),
        "effect": EFFECTS[event.effect],
    }
    told = dict.fromkeys((*_leaders(asked, on), *_leaders(case.organ, on)))
    if event.effect is Silence.ESCALATE:
        told |= dict.fromkeys(_overseers(target_of(case), on))
    about = notices.About(f"case:{case.number}", case.area)
    for account in told:
        notices.send(account, "opinion_silent", words, at=at, about=about)
    return len(told)


def _leaders(organ: str, on: date) -> list[str]:
    return [person.account for _, person in orgs.leaders(organ, on) if person.account]


def _overseers(target: Target, on: date) -> list[str]:
    return [person.account for person in orgs.officers(Act.OVERSEE, target, on) if person.account]
