"""A licence that is held already: said before anybody applies for it again, with what can be done instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from onedoor.cases.rules.requesting import on_request
from onedoor.items import queries as items
from onedoor.items.rules.codes import ResultKind
from onedoor.licences import queries as licences
from onedoor.licences.rules import Status, validity
from onedoor.portal.visitor import applicants
from onedoor.ui.parts import Fact, Link

if TYPE_CHECKING:
    from datetime import date

    from onedoor.items.rules import ItemVersion
    from onedoor.kernel.actor import Actor

GOOD = frozenset({Status.VALID, Status.NOT_YET})
IMPLEMENTATION = 31  # digits of a code before its sequence: one item at one organ, new, changed or renewed


@dataclass(frozen=True, slots=True)
class Held:
    """Whose it is with number and validity; the lists that change or renew it; whether it is issued anew on request."""

    licences: tuple[Fact, ...]
    instead: tuple[Link, ...]
    reissued: bool


def held(item: ItemVersion, *, by: Actor, on: date) -> Held | None:
    """What those for whom this visitor may apply hold of this item in force; None where nothing, or where the item
    itself also changes and renews it.
    """
    result, parties = item.result, {one.party for one in applicants(item, by=by)}
    if result.kind is not ResultKind.LICENCE or result.replaces:
        return None
    own = tuple(
        Fact(one.holder_name, f"{one.number}\n{validity(one.valid_from, one.valid_until, result.validity)}")
        for one in licences.licences(by=by)
        if (one.name, one.issuer) == (result.name, item.organ) and one.holder in parties and one.status(on) in GOOD
    )
    return Held(own, _instead(item), on_request(item.kind)) if own else None


def _instead(item: ItemVersion) -> tuple[Link, ...]:
    return tuple(
        Link(other.name, reverse("portal:item", args=[other.code]))
        for other in items.catalogue()
        if other.code != item.code and other.code[:IMPLEMENTATION] == item.code[:IMPLEMENTATION]
    )
