"""Home, browsing, the guide of one item. All public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from onedoor.items import queries
from onedoor.items.rules.facts import labels_of
from onedoor.items.rules.paper import OWN_FORM
from onedoor.kernel.expr import describe
from onedoor.kernel.journey import QuestionKind
from onedoor.portal.find import papers, shelf
from onedoor.portal.find.changes import since_last
from onedoor.portal.find.guide import guide_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from onedoor.kernel.expr import Expr
    from onedoor.kernel.journey import Question

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Blank:
    """One question on paper. ``condition``: filled in only where this holds."""

    question: Question
    options: tuple[str, ...]
    many: bool
    condition: str


@dataclass(frozen=True, slots=True)
class BlankPage:
    """One section of the paper form."""

    title: str
    condition: str
    questions: tuple[Blank, ...]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What do you want to do? Search, what is asked for most, events, topics."""
    front = shelf.front()
    context = {"events": front.events, "topics": front.topics, "count": front.count}
    return render(request, "portal/find/home.html", context | {"often": settings.SITE.get("often", ())})


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """The whole catalogue, by audience, topic, kind, level, organ, or by an event of life."""
    event = request.GET.get("event", "")
    found = shelf.browsed(shelf.filters_of(request.GET), whole=request.GET.get("whole", "")[:20])
    items = shelf.in_event(event) if event else found.items
    page = Paginator(items, PER_PAGE).get_page(request.GET.get("page"))
    context = {"event": event, "facets": () if event else found.facets, "page_obj": page, "count": len(items)}
    context["lines"] = shelf.lines(page.object_list)
    return render(request, "portal/find/browse.html", context)


@require_safe
def item(request: HttpRequest, code: str) -> HttpResponse:
    """办事指南 (行政许可法 第三十条), of all situations or of the one that the address tells. 404 where not offered."""
    version = queries.published(code)
    guide = guide_of(version, request.GET.dict())
    query = f"?{guide.query}" if guide.query else ""
    start = _start_address(code) if version.online else ""
    context = {
        "guide": guide,
        "item": version,
        "others": shelf.siblings(code),
        "query": query,
        "address": settings.SITE_URL + reverse("portal:item", args=[code]) + query,
        "start": start and start + query,
        "since": since_last(version),
    }
    return render(request, "portal/find/item.html", context)


def _start_address(code: str) -> str:
    address = f"/apply/{code}/"
    try:
        resolve(address)
    except Resolver404:
        return ""
    return address


@require_safe
def blank_form(request: HttpRequest, code: str) -> HttpResponse:
    """The application form as paper: every question with its choices and how to fill it in (行政许可法 第二十九条)."""
    version = queries.published(code)
    words = labels_of(version)
    pages = tuple(
        BlankPage(
            page.title, _condition(page.when, words), tuple(_blank(question, words) for question in page.questions)
        )
        for page in version.form.pages
    )
    context = {"item": version, "pages": pages, "paper": papers.papers(version).get(OWN_FORM)}
    return render(request, "portal/find/form.html", context)


def _blank(question: Question, words: Mapping[str, str]) -> Blank:
    options = tuple(option.label for option in question.options)
    if question.kind is QuestionKind.YES_NO and not options:
        options = (_("是"), _("否"))
    many = question.kind is QuestionKind.CHOICES
    return Blank(question, options, many, _condition(question.when, words))


def _condition(when: Expr | None, words: Mapping[str, str]) -> str:
    return describe(when, words) if when is not None else ""
