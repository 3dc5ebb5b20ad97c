"""After a grant: the promise is checked, the result revoked, cancelled or issued anew; its licence follows at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onedoor.cases.commands.acting import Doing, act
from onedoor.cases.commands.results import draw_licence
from onedoor.cases.rules import ending
from onedoor.cases.rules import events as e
from onedoor.cases.rules.demands import required
from onedoor.cases.rules.events import ending as n
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.requesting import issued_anew
from onedoor.cases.rules.values import Case, Ending
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.law import law
from onedoor.licences import commands as licences
from onedoor.licences.rules import Status

_STATUS = {Ending.REVOKED: Status.REVOKED, Ending.CANCELLED: Status.CANCELLED}


@transaction.atomic(durable=True)
def check_promise(
    number: str,
    *,
    by: Actor,
    at: datetime,
    held: bool,
    finding: str,
    officers: tuple[str, ...],
    version: int | None = None,
) -> Case:
    """事后核查, 整改复查 of a permit granted on promise: 限期整改 is ordered where it is not as promised."""
    doing = Doing(by, at, version, (Act.REVIEW,))
    return act(
        number, doing, lambda c, now: ending.check_promise(c, now, held=held, finding=finding, officers=officers)
    )


@law("行政许可法", 69, 70)
@transaction.atomic(durable=True)
def end_result(
    number: str, *, by: Actor, at: datetime, ending_: Ending, reasons: str, article: str, version: int | None = None
) -> Case:
    """撤销, 注销 of what was granted, and of its licence in the same transaction."""

    def decide(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        events = ending.end_result(case, now, ending=ending_, reasons=reasons, article=article)
        for event in events:
            if isinstance(event, n.ResultEnded) and event.licence:
                status = _STATUS[event.ending]
                licences.end(event.licence, status, on=now.on, document=event.document, by=by, at=at)
        return events

    return act(number, Doing(by, at, version, (Act.REVOKE,)), decide)


@transaction.atomic(durable=True)
def reissue_licence(number: str, *, by: Actor, at: datetime, reasons: str, version: int | None = None) -> Case:
    """补发 of a lost or damaged licence: a new number and code, the old one is worth nothing from now on."""

    def decide(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        issued_anew(case)
        required(reasons=reasons)
        old = case.licence or ""
        new = licences.reissue(old, type_code=now.item.result.licence_type, on=now.on, by=by, at=at)
        file = draw_licence(case, now, new, by=by)
        return (n.LicenceReissued(on=now.on, old=old, licence=new.number, file=file, reasons=reasons, officer=by.name),)

    return act(number, Doing(by, at, version, (Act.REVOKE, Act.DELIVER)), decide)
