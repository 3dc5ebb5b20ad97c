"""What every desk page shares: only staff come in, and the rail says what they owe."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING

from django.contrib.auth.views import redirect_to_login
from django.urls import NoReverseMatch, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy

from onedoor.desk.owed import INBOX, Owed, owed
from onedoor.kernel.actor import Act, Actor, ActorKind
from onedoor.kernel.errors import Conflict, Invalid, Refused
from onedoor.ui.errors import staff_door
from onedoor.ui.parts import Link

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase, QueryDict
    from django_stubs_ext import StrOrPromise

View = Callable[..., "HttpResponseBase"]
UNSEEN = gettext_lazy("没有办理：页面没有说明您看到的是办件的哪一版。请刷新办件页，看清最新情况后再办。")

RAIL: tuple[tuple[str, StrOrPromise, Act | None, str], ...] = (
    ("desk:inbox", gettext_lazy("待办"), None, "i"),
    ("desk:window", gettext_lazy("窗口收件"), Act.RECEIVE, "w"),
    ("desk:agency", gettext_lazy("代办"), Act.RECEIVE, "g"),
    ("desk:consult", gettext_lazy("咨询"), Act.ANSWER, "c"),
    ("desk:search", gettext_lazy("查询"), Act.VIEW, "s"),
    ("desk:catalogue", gettext_lazy("事项管理"), Act.MANAGE_ITEMS, "e"),
    ("desk:standards", gettext_lazy("标准化"), Act.PUBLISH_ITEMS, "n"),
    ("desk:director", gettext_lazy("督查"), Act.OVERSEE, "d"),
    ("desk:docket", gettext_lazy("本机关全部"), Act.VIEW, "o"),
    ("desk:words", gettext_lazy("意见模板"), Act.VIEW, "t"),
    ("desk:people", gettext_lazy("人员与账号"), Act.MANAGE_ORGS, "p"),
    ("desk:absence", gettext_lazy("离岗与顶岗"), None, "a"),
)
ALSO: dict[Act, tuple[Act, ...]] = {
    Act.ANSWER: (Act.DISPATCH, Act.DECIDE),
    Act.MANAGE_ITEMS: (Act.PUBLISH_ITEMS,),
    Act.PUBLISH_ITEMS: (Act.MANAGE_ITEMS, Act.OVERSEE),
    Act.MANAGE_ORGS: (Act.MANAGE_SYSTEM, Act.MANAGE_SECURITY, Act.AUDIT),
}  # who else has this entry


def actor_of(request: HttpRequest) -> Actor:
    """Who acts in this request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def seen_version(data: QueryDict) -> int:
    """The version of a case that the posted page showed. Conflict where it says none: nobody decides unseen."""
    text = data.get("version", "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Conflict(str(UNSEEN))
    return int(text)


def staff_only(view: View) -> View:
    """Visitors sign in first; a citizen's desk does not exist; no browser keeps what an officer saw."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        actor = actor_of(request)
        if actor.kind is ActorKind.ANONYMOUS:
            return redirect_to_login(request.get_full_path())
        if actor.kind is not ActorKind.STAFF:
            return staff_door(request)
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return guarded


def rail(request: HttpRequest, waiting: Sequence[Owed] | None = None) -> tuple[Link, ...]:
    """The menu of this officer, with how much waits behind each entry; ``waiting`` where the page has it already."""
    actor, links = actor_of(request), []
    counts = {one.route: one.count for one in (owed(actor) if waiting is None else waiting)}
    for route, label, needed, key in RAIL:
        if needed is not None and not any(actor.has(act) for act in {needed, *ALSO.get(needed, ())}):
            continue
        try:
            href = reverse(route)
        except NoReverseMatch:
            continue
        first = route == INBOX
        current = request.path == href or (not first and request.path.startswith(href))
        count = counts.get(route, 0 if first else None)
        links.append(Link(str(label), href, current=current, count=count, key=key))
    return tuple(links)


def told(fault: Invalid | Refused) -> str:
    """What a refusal says, its article with it."""
    if isinstance(fault, Invalid):
        return "；".join(error.message for error in fault.errors)
    return fault.message + (f"（{fault.article}）" if fault.article else "")
