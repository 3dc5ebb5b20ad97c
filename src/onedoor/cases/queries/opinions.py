"""意见模板: the words that an officer may use for an act: one's own, and those of one's organs."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from onedoor.cases import models
from onedoor.kernel.actor import Act, Actor


@dataclass(frozen=True, slots=True)
class Words:
    """One template. ``organ`` "" = one's own."""

    id: int
    act: str
    item: str
    organ: str
    name: str
    text: str


def led_by(by: Actor) -> frozenset[str]:
    """The organs for which this officer decides: whose words an officer may set for all."""
    return frozenset(grant.organ for grant in by.grants if grant.organ and Act.DECIDE in grant.acts)


def opinions(*, by: Actor, act: str = "", item: str = "") -> tuple[Words, ...]:
    """The templates at hand, one's own first; for one act and item where given."""
    organs = {grant.organ for grant in by.grants if grant.organ}
    rows = models.Opinion.objects.filter(Q(owner=by.ref) | Q(owner="", organ__in=organs))
    if act:
        rows = rows.filter(act=act)
    if item:
        rows = rows.filter(item__in=("", item))
    return tuple(
        Words(row.pk, row.act, row.item, row.organ, row.name, row.text) for row in rows.order_by("organ", "name", "id")
    )
