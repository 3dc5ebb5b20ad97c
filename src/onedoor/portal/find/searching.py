"""Searching, and suggestions while one types. Both public; both work from the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from onedoor.cases import queries as cases
from onedoor.items import queries
from onedoor.kernel.clock import local_date
from onedoor.kernel.codes import normalise, why_not_case_number
from onedoor.portal.find import shelf

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from onedoor.items.rules.search import Found

LONGEST_QUERY = 100
MOST_SUGGESTED = 7


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Items for the words people use; where few fit, the nearest items, and always other ways on."""
    q = _typed(request)
    found, front = _found(q) if q else None, shelf.front()
    context = {
        "q": q,
        "topics": front.topics,
        "count": front.count,
        "hits": shelf.hit_lines(found.hits, found.region) if found else (),
        "suggestions": shelf.hit_lines(found.suggestions, found.region) if found else (),
        "region": found.region.name if found and found.region else "",
        "often": settings.SITE.get("often", ()),
        "case_number": _case_number(q),
        "track": _track_address(),
    }
    return render(request, "portal/find/search.html", context)


@require_safe
@cache_control(public=True, max_age=60)
def suggest(request: HttpRequest) -> HttpResponse:
    """The options of the search box for what is typed so far: a list in HTML; empty where nothing fits."""
    q = _typed(request)
    found = _found(q, limit=MOST_SUGGESTED) if q else None
    return render(
        request, "portal/find/suggested.html", {"lines": shelf.hit_lines(found.hits, found.region) if found else ()}
    )


def _typed(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY]


def _found(q: str, *, limit: int = 20) -> Found:
    return queries.search(q, limit=limit, uses=cases.demand(on=local_date(timezone.now())))


def _case_number(q: str) -> str:
    number = normalise(q)
    return "" if why_not_case_number(number) else number


def _track_address() -> str:
    try:
        return reverse("portal:track")
    except NoReverseMatch:
        return ""
