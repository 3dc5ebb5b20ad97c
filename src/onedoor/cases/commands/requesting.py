"""持证人的申请: 补发 and 注销 asked for online, taken back, or refused in writing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onedoor.access import queries as access
from onedoor.cases.commands.acting import Doing, act
from onedoor.cases.queries.cases import facts
from onedoor.cases.rules import events as e
from onedoor.cases.rules import requesting
from onedoor.cases.rules.events.ending import HolderRequestTakenBack
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import Case, Request
from onedoor.kernel.actor import Act, Actor
from onedoor.licences import queries as licences
from onedoor.licences.rules import Status


@transaction.atomic(durable=True)
def request_of_holder(
    number: str, *, by: Actor, at: datetime, what: Request, reasons: str, version: int | None = None
) -> Case:
    """申请补发、注销 of the licence of a case, by its holder or whoever may apply for them; told at once.

    How often one may take it back and ask anew is data (access, ``signin.toml``).
    """

    def decide(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        licence = licences.licence_of_case(case.number)
        expired = licence is not None and licence.status(now.on) is Status.EXPIRED
        asked = requesting.request(case, now, what=what, reasons=reasons, expired=expired)
        before = [f.event.on for f in facts(case.id) if isinstance(f.event, HolderRequestTakenBack)]
        rules = access.policy(now.on)
        requesting.not_too_often(before, now.on, most=rules.requests_taken_back, days=rules.requests_taken_back_days)
        return asked

    return act(number, Doing(by, at, version, (Act.SUBMIT,)), decide)


@transaction.atomic(durable=True)
def take_back_request(number: str, *, by: Actor, at: datetime, version: int | None = None) -> Case:
    """撤回 what was asked for, while nobody has acted on it."""
    return act(number, Doing(by, at, version, (Act.SUBMIT,)), requesting.take_back)


@transaction.atomic(durable=True)
def refuse_request(
    number: str, *, by: Actor, at: datetime, reasons: str, article: str, version: int | None = None
) -> Case:
    """不予补发、不予注销, by whoever may end what was granted."""
    doing = Doing(by, at, version, (Act.REVOKE,))
    return act(number, doing, lambda c, now: requesting.refuse(c, now, reasons=reasons, article=article))
