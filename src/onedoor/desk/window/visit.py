"""At the counter: who may stand behind it, and which items this visit may be about."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

from django.http import Http404

from onedoor.access import queries as access
from onedoor.access.rules import MandateKind
from onedoor.desk.frame import actor_of, staff_only
from onedoor.hall.rules import place_of
from onedoor.items.rules.codes import Audience
from onedoor.kernel.actor import Act, Actor, Channel, Target

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponseBase

    from onedoor.hall.rules import Visit
    from onedoor.items.queries import Summary
    from onedoor.items.rules import ItemVersion

__all__ = ["clerk_of", "clerks_only", "may_here", "place_of", "receivable", "standing_mandate"]
View = Callable[..., "HttpResponseBase"]


def clerks_only(view: View) -> View:
    """Only officers who receive at a window come in; for all others the window does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not actor_of(request).has(Act.RECEIVE):
            raise Http404
        return view(request, *args, **kwargs)

    return staff_only(guarded)


def clerk_of(request: HttpRequest) -> Actor:
    """The clerk, acting at the window."""
    return actor_of(request).through(Channel.WINDOW)


def receivable(item: Summary | ItemVersion, visit: Visit, *, by: Actor) -> bool:
    """Whether to offer an item: this window may take it in somewhere, and it is meant for this sort of applicant."""
    persons = Audience.PERSON in item.audiences
    others = any(audience != Audience.PERSON for audience in item.audiences)
    if not (others if visit.for_entity else persons):
        return False
    place = item.area.rstrip("0")
    return any(
        Act.RECEIVE in grant.acts
        and grant.organ in {None, item.organ}
        and (grant.items is None or item.code in grant.items)
        and (grant.area.startswith(place) or item.area.startswith(grant.area))
        for grant in by.grants
    )


def may_here(act: Act, item: ItemVersion, visit: Visit, *, by: Actor) -> bool:
    """Whether the clerk may also do this act for the organ of the item."""
    return by.may(act, Target(frozenset({item.organ}), item.area, visit.applicant, item.code))


def standing_mandate(visit: Visit, code: str, *, by: Actor, on: date) -> MandateKind | None:
    """The kind of a mandate already recorded that covers this item today; None where there is none."""
    for view in access.mandates_at_counter(visit.applicant, by=by, place=place_of(by)):
        terms = view.terms
        ours = terms.agent == visit.stands and terms.principal == visit.applicant
        if ours and view.valid(on) and Act.SUBMIT in terms.acts and (terms.items is None or code in terms.items):
            return terms.kind
    return None
