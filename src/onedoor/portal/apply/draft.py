"""What every page of an application begins with: the visitor's own draft, or the receipt it became."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec
from uuid import UUID

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from onedoor.cases import commands, queries
from onedoor.kernel.errors import Conflict, NotFound
from onedoor.portal.apply.filling import Filling, filling_of
from onedoor.portal.visitor import actor_of, citizens_only

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from onedoor.cases.rules.drafts import Content
    from onedoor.kernel.journey import Page

Words = ParamSpec("Words")
View = Callable[Concatenate["HttpRequest", Filling, Words], "HttpResponseBase"]
STALE = gettext_lazy("这份草稿已在另一个页面或者另一台设备上修改。请刷新页面，接着最新的内容填写。")


def of_draft(view: View[Words]) -> Callable[Concatenate[HttpRequest, UUID, Words], HttpResponseBase]:
    """Give the view the draft; a draft already handed in leads to its receipt, anybody else's does not exist."""

    @wraps(view)
    def opened(request: HttpRequest, draft: UUID, *args: Words.args, **kwargs: Words.kwargs) -> HttpResponseBase:
        actor = actor_of(request)
        try:
            held = queries.draft(str(draft), by=actor)
        except NotFound:
            if queries.receipt_of(str(draft), by=actor) is None:
                raise
            return redirect("portal:done", draft=draft)
        return view(request, filling_of(held, by=actor), *args, **kwargs)

    return citizens_only(opened)  # type: ignore[arg-type]  # Django names what stands in the address


def save(request: HttpRequest, filling: Filling, content: Content) -> Filling:
    """Save what was filled in, on the version that the page showed. Conflict where it is not the newest."""
    actor, draft = actor_of(request), filling.draft
    require_fresh(request, filling)
    saved = commands.save_draft(draft.id, by=actor, at=timezone.now(), version=draft.version, content=content)
    return filling_of(saved, by=actor)


def require_fresh(request: HttpRequest, filling: Filling) -> None:
    """Before anything is stored for a draft: the page must have shown its newest version. Conflict otherwise."""
    if request.POST.get("version", "") != str(filling.draft.version):
        raise Conflict(str(STALE))


def page_address(filling: Filling, page: Page) -> str:
    """The address of one page of the journey."""
    return reverse("portal:page", args=[filling.draft.id, page.key])


def onward(filling: Filling, page: Page | None) -> str:
    """Where one goes from here: the page, the materials where the situation calls for any, or the check."""
    if page is not None:
        return page_address(filling, page)
    return reverse("portal:materials" if filling.asked else "portal:check", args=[filling.draft.id])


def resume_address(filling: Filling) -> str:
    """Where an application goes on: the first page that lacks an answer, then materials, then the check."""
    if filling.incomplete is None and not filling.missing:
        return reverse("portal:check", args=[filling.draft.id])
    return onward(filling, filling.incomplete)
