"""移交待办: the journal says who handed what to whom and why, and both are told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onedoor.cases import models
from onedoor.cases.commands.acting import Doing, act
from onedoor.cases.queries.handover import receivers
from onedoor.cases.rules import events as e
from onedoor.cases.rules import handover
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.tasks import ACCEPTANCE, DELIVERY
from onedoor.cases.rules.values import Case
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.errors import FieldError, Invalid
from onedoor.notices import commands as notices

POWERS = {ACCEPTANCE: Act.ACCEPT, DELIVERY: Act.DELIVER}


@transaction.atomic(durable=True)
def hand_over(
    number: str, *, by: Actor, at: datetime, task: str, to: str, reason: str, version: int | None = None
) -> Case:
    """移交 one task to a colleague ("account:<id>") who may do it by post, 授权书 or AB cover.

    Whoever may do the task may hand it over. Invalid where the colleague may not do it, Refused where it is not owed.
    """
    powers = (POWERS[task],) if task in POWERS else (Act.REVIEW, Act.DECIDE)
    owner = None if task == DELIVERY else task

    def decide_(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        owed = handover.owed_task(case, now, task)
        able = {person.ref: person.name for person in receivers(case, owed, on=now.on)}
        if to not in able:
            raise Invalid([FieldError("to", "这位同事现在不能办这一步（没有岗位、授权或已离岗）。请另选一位。")])
        return handover.hand_over(case, now, task=task, to=to, to_name=able[to], reason=reason)

    case = act(number, Doing(by, at, version, powers, owner), decide_)
    _tell(case, task, to=to, by=by, at=at)
    return case


def end_agency_within(number: str, *, by: Actor, at: datetime) -> Case:
    """代办结束, by the applicant, in the caller's transaction; from now on another query password opens the case, and
    of a bundle each of its cases. Their rows are locked in the order of their ids, as wherever several are.
    """
    doing = Doing(by, at, None, (Act.SUPPLEMENT,))
    case = act(number, doing, handover.end_agency)
    for child in models.Case.objects.filter(joint=number).order_by("pk").values_list("number", flat=True):
        act(child, doing, handover.end_agency)
    return case


def _tell(case: Case, task: str, *, to: str, by: Actor, at: datetime) -> None:
    name = models.Task.objects.filter(case_id=case.id, key=task).values_list("name", flat=True).first() or task
    about = notices.About(f"case:{case.number}", case.area)
    words = {"item": case.item_name, "case": case.number, "task": name, "who": by.name}
    notices.send(to, "handed_to_you", words, at=at, about=about)
    notices.send(by.ref, "handed_by_you", words, at=at, about=about)
