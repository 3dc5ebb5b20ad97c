"""Who comes to the standards, and where an item leads from there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Final

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from onedoor.desk.frame import actor_of, rail, staff_only
from onedoor.kernel.actor import Act

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from onedoor.kernel.actor import Actor

View = Callable[..., "HttpResponseBase"]
WORKING: Final = (Act.MANAGE_ITEMS, Act.PUBLISH_ITEMS)
TABS: Final = (
    ("check", "desk:standards", gettext_lazy("检查")),
    ("behind", "desk:standards_behind", gettext_lazy("上级标准变了")),
    ("compare", "desk:standards_compare", gettext_lazy("比较")),
    ("laws", "desk:standards_laws", gettext_lazy("依据")),
    ("norms", "desk:standards_norms", gettext_lazy("大厅服务规范")),
)
LONGEST: Final = 60  # of a word to look for


def standards_only(view: View) -> View:
    """Who drafts, publishes or oversees comes in; for all others the room does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not any(actor_of(request).has(act) for act in (*WORKING, Act.OVERSEE)):
            raise Http404
        return view(request, *args, **kwargs)

    return staff_only(guarded)


def page(
    request: HttpRequest, name: str, context: Mapping[str, object], *, tab: str, status: int = 200
) -> HttpResponse:
    """One page of the room, with its tabs."""
    tabs = [(label, reverse(route), key == tab) for key, route, label in TABS]
    shown = {"rail": rail(request), "tabs": tabs, **context}
    return render(request, f"desk/standards/{name}.html", shown, status=status)


def item_address(by: Actor, code: str) -> str:
    """Where a list leads: to its sheet for who works on items, to its guide for who oversees."""
    works = any(by.has(act) for act in WORKING)
    return reverse("desk:catalogue_item" if works else "portal:item", args=[code])


def asked(request: HttpRequest, name: str) -> str:
    """One word of the address, cleaned."""
    return request.GET.get(name, "").replace("\0", "").strip()[:LONGEST]
