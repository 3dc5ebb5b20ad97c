"""我可能可以享受的: looked up only when somebody asks about themselves; the read is recorded and shown to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.areas import queries as areas
from onedoor.items import queries as items
from onedoor.items.rules import offers as rules
from onedoor.items.rules.codec import article_of
from onedoor.kernel.clock import local_date
from onedoor.portal.visitor import actor_of, citizens_only, own_party
from onedoor.registries import queries as registries
from onedoor.registries.rules import Reading

if TYPE_CHECKING:
    from django.http import HttpRequest

    from onedoor.items.queries import Summary

COOKIE = "offers_away"  # which hints were put away on this device: keys only, nothing about the person
A_YEAR = 365 * 24 * 3600
PURPOSE = "应本人要求，查找本人可能可以享受的待遇和服务"


@dataclass(frozen=True, slots=True)
class Line:
    """One hint with the item that it leads to; ``basis``: the article as it is cited."""

    offer: rules.Offer
    code: str
    organ_name: str
    basis: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@citizens_only
def offers(request: HttpRequest) -> HttpResponse:
    """GET says what would be read and why; POST reads and shows; ``away`` puts a hint away, ``all`` brings all back."""
    party = own_party(actor_of(request))
    if not party:
        return redirect("portal:mine")
    away = _away(request)
    context = {"lines": _lines(request, party, away) if request.method == "POST" else None, "away": bool(away)}
    response = render(request, "portal/account/offers.html", context)
    if request.method == "POST":
        secure = request.is_secure()
        response.set_cookie(COOKIE, "-".join(sorted(away)), A_YEAR, httponly=True, samesite="Lax", secure=secure)
    return response


def _away(request: HttpRequest) -> frozenset[str]:
    if "all" in request.POST:
        return frozenset()
    words = {*request.COOKIES.get(COOKIE, "").split("-"), request.POST.get("away", "")}
    return frozenset(words & {offer.key for offer in items.offers()})


def _lines(request: HttpRequest, party: str, away: frozenset[str]) -> tuple[Line, ...]:
    actor, now = actor_of(request), timezone.now()
    record = registries.person(party, by=actor, reading=Reading(PURPOSE, now))
    known = record.facts
    facts = rules.facts_of(
        born=known.birth_date, sex=known.sex.value, area=known.area, county=areas.county().code[:6],
        today=local_date(now),
    )  # fmt: skip
    offered: dict[str, Summary] = {summary.code[19:31]: summary for summary in items.catalogue()}
    return tuple(
        Line(offer, offered[offer.item].code, offered[offer.item].organ_name, str(article_of(offer.basis)))
        for offer in rules.fitting(items.offers(), facts, dismissed=away)
        if offer.item in offered
    )
