"""家门口办: find a township or a village by any way of writing it, see what it does, print its poster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onedoor.areas import queries as areas
from onedoor.portal.places.spots import spot

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LONGEST_QUERY = 40


@require_safe
def local(request: HttpRequest) -> HttpResponse:
    """Search by name, variant glyph or pinyin; all townships, each with its villages."""
    q = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY]
    townships = areas.children(areas.county().code)
    context = {
        "q": q,
        "hits": areas.search(q, within=areas.county().code[:6], limit=30) if q else (),
        "townships": [(one, areas.children(one.code)) for one in townships],
        "county": areas.county().code,
    }
    return render(request, "portal/places/local.html", context)


@require_safe
def place(request: HttpRequest, area: str) -> HttpResponse:
    """One township or village."""
    found = spot(area, timezone.localdate())
    villages = () if found.village else areas.children(area)
    context = {"spot": found, "villages": villages, "address": _address(request, area)}
    return render(request, "portal/places/place.html", context)


@require_safe
def poster(request: HttpRequest, area: str) -> HttpResponse:
    """One sheet of A4 for the wall of the station."""
    found = spot(area, timezone.localdate())
    return render(request, "portal/places/poster.html", {"spot": found, "address": _address(request, area)})


def _address(request: HttpRequest, area: str) -> str:
    return request.build_absolute_uri(reverse("portal:place", args=[area]))
