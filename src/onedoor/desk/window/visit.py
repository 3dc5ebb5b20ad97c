"""One visit to the counter: for whom, by whom. It travels in the address, signed, so that nothing else can be named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import TYPE_CHECKING

from django.core import signing
from django.http import Http404

from onedoor.access import queries as access
from onedoor.access.rules import MandateKind
from onedoor.desk.frame import actor_of, staff_only
from onedoor.items.rules.codes import Audience
from onedoor.kernel.actor import Act, Actor, Channel, Target
from onedoor.kernel.errors import NotFound
from onedoor.registries import queries as registries

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponseBase

    from onedoor.items.queries import Summary
    from onedoor.items.rules import ItemVersion

View = Callable[..., "HttpResponseBase"]
SALT = "desk.window.visit"
LASTS_SECONDS = 12 * 3600  # a working day at the counter


@dataclass(frozen=True, slots=True)
class Visit:
    """For whom (申请人) and who stands here (来办的人): the same person, or somebody who acts for the applicant."""

    applicant: str
    stands: str

    @property
    def for_entity(self) -> bool:
        """Whether the applicant is a company or another organisation."""
        return self.applicant.startswith("entity:")

    @property
    def in_person(self) -> bool:
        """Whether the applicant, or the legal representative of the applicant, stands here."""
        if self.for_entity:
            return registries.entity(self.applicant).facts.legal_representative == self.stands
        return self.applicant == self.stands


def pack(visit: Visit, *, by: Actor) -> str:
    """The visit as it stands in an address: good for this clerk, today."""
    return signing.dumps([by.ref, visit.applicant, visit.stands], salt=SALT)


def unpack(text: str, *, by: Actor) -> Visit:
    """The visit of an address. NotFound where it was altered, is another clerk's, or is of yesterday."""
    try:
        clerk, applicant, stands = signing.loads(text, salt=SALT, max_age=LASTS_SECONDS)
    except signing.BadSignature:
        clerk, applicant, stands = "", "", ""
    if clerk != by.ref:
        raise NotFound("这次接待已经过期，或者不是您接待的。请回到“窗口收件”重新输入证件号码。")
    return Visit(applicant, stands)


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
    return replace(actor_of(request), channel=Channel.WINDOW)


def place_of(by: Actor) -> Target:
    """The window at which this clerk receives: what a read or a mandate at the counter is aimed at."""
    grant = next(grant for grant in by.grants if Act.RECEIVE in grant.acts)
    organs = frozenset({grant.organ} if grant.organ else ())
    return Target(organs, grant.area, item=min(grant.items) if grant.items else None)


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
