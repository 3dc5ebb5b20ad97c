"""常用筛选: a preference of one officer, no act upon a case, so that the journal says nothing of it."""

from __future__ import annotations

from django.db import transaction

from onedoor.cases import models
from onedoor.cases.rules.docket import MOST_FILTERS, Wanted, check_name
from onedoor.kernel.actor import Actor, ActorKind
from onedoor.kernel.errors import Forbidden, Refused


@transaction.atomic(durable=True)
def save_filter(name: str, want: Wanted, *, by: Actor) -> None:
    """Keep these conditions under a name; the same name is overwritten. Staff only; Refused where there are too many.

    Raises Invalid for a bad name.
    """
    if by.kind is not ActorKind.STAFF:
        raise Forbidden
    name = check_name(name)
    mine = models.SavedFilter.objects.filter(owner=by.ref)
    if mine.exclude(name=name).count() >= MOST_FILTERS:
        raise Refused("too_many_filters", f"最多保存 {MOST_FILTERS} 个常用筛选，请先删掉不用的。")
    models.SavedFilter.objects.update_or_create(owner=by.ref, name=name, defaults={"wanted": want.given()})


@transaction.atomic(durable=True)
def drop_filter(name: str, *, by: Actor) -> None:
    """Forget a filter of one's own; nothing happens where there is none."""
    models.SavedFilter.objects.filter(owner=by.ref, name=name).delete()
