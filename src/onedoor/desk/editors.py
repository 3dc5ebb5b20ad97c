"""Who comes to the catalogue, for which organs, and who somebody is by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils import timezone

from onedoor.desk.frame import actor_of, staff_only
from onedoor.items.commands import Claimant
from onedoor.items.rules import Level, OrganKind, PowerSource
from onedoor.kernel.actor import Act, Target
from onedoor.orgs import queries as orgs
from onedoor.orgs.rules import OrganLevel

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from onedoor.items.queries import Summary
    from onedoor.items.rules import Item
    from onedoor.kernel.actor import Actor
    from onedoor.orgs.rules import Organ

View = Callable[..., "HttpResponseBase"]
LEVELS = {
    OrganLevel.PROVINCE: Level.PROVINCE,
    OrganLevel.CITY: Level.CITY,
    OrganLevel.COUNTY: Level.COUNTY,
    OrganLevel.TOWNSHIP: Level.TOWNSHIP,
}


def editors_only(view: View) -> View:
    """Only who drafts or publishes items comes in; for all others the editor does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not any(actor_of(request).has(act) for act in (Act.MANAGE_ITEMS, Act.PUBLISH_ITEMS)):
            raise Http404
        return view(request, *args, **kwargs)

    return staff_only(guarded)


def manages(by: Actor, item: Item | Summary) -> bool:
    """Whether this officer works on an item."""
    return by.may(Act.MANAGE_ITEMS, Target(frozenset({item.organ}), item.area, item=item.code))


def sets_standards(by: Actor, area: str) -> bool:
    """Whether this officer works on the standards of a level."""
    return by.may(Act.MANAGE_ITEMS, Target(frozenset(), area))


def standard_areas(by: Actor) -> tuple[str, ...]:
    """The divisions of whose standards this officer works on, where he is bound to no organ."""
    wide = (grant.area for grant in by.grants if Act.MANAGE_ITEMS in grant.acts and grant.organ is None)
    return tuple(sorted({area.ljust(12, "0") for area in wide if area}))


def own_organs(by: Actor) -> tuple[Organ, ...]:
    """The organs for which this officer drafts by name: those may claim items."""
    codes = {grant.organ for grant in by.grants if Act.MANAGE_ITEMS in grant.acts and grant.organ}
    known = {organ.code: organ for organ in orgs.organs(timezone.localdate())}
    return tuple(known[code] for code in sorted(codes) if code in known)


def claimant(organ: Organ, *, source: PowerSource, entrusted_by: str = "") -> Claimant:
    """The organ that claims, at its level."""
    entrusted = source in (PowerSource.ENTRUSTED_ABOVE, PowerSource.ENTRUSTED_PEER)
    return Claimant(
        organ=organ.code,
        organ_name=organ.name,
        level=LEVELS[organ.level],
        area=organ.area,
        organ_kind=OrganKind.ENTRUSTED if entrusted else OrganKind.STATUTORY,
        power_source=source,
        entrusted_by=entrusted_by,
    )


def name_of_actor(ref: str) -> str:
    """Who drafted or submitted something."""
    found = orgs.staff_by_account(ref)
    return found.name if found else ref
