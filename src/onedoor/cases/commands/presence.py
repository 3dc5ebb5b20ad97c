"""打开着: a heartbeat of an open page. Not a fact of the case: never journalled, lost with a crash, swept away."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from onedoor.cases import models
from onedoor.cases.queries.cases import visible_to
from onedoor.kernel.actor import Actor, ActorKind
from onedoor.kernel.errors import NotFound

FORGOTTEN: Final = timedelta(minutes=10)


@transaction.atomic
def be_here(number: str, *, by: Actor, at: datetime) -> int:
    """Say that this officer has the case open now; returns the case's id. NotFound where it is not theirs to see."""
    case_id = visible_to(by).filter(number=number).values_list("pk", flat=True).first()
    if case_id is None or by.kind is not ActorKind.STAFF:
        raise NotFound("没有这个办件编号，或您无权查看。请核对后再试。")
    models.Presence.objects.update_or_create(case_id=case_id, actor=by.ref, defaults={"name": by.name, "seen": at})
    models.Presence.objects.filter(seen__lt=at - FORGOTTEN).delete()
    return int(case_id)


@transaction.atomic
def leave(ref: str) -> None:
    """Whoever signs out has no case open any more."""
    models.Presence.objects.filter(actor=ref).delete()
