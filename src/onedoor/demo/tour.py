"""The guided tour (导览) of the sample county: ten things to try, with the accounts that try them.

Passwords and one-time codes are shown only to a browser on the machine itself; everybody else is told where they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from onedoor.access.rules import totp
from onedoor.demo import accounts, data
from onedoor.instance.calling import command

if TYPE_CHECKING:
    from collections.abc import Mapping

LOOPBACK = frozenset({"127.0.0.1", "::1"})
COMMAND = "$onedoor"  # in the file: how onedoor is called here
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_VIA")


@dataclass(frozen=True, slots=True)
class Step:
    """What to do, as whom ("" = as before, or as nobody), starting where."""

    do: str
    who: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to try."""

    title: str
    about: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Hint:
    """Who does a step, and the way in: a link that leads through the sign-in to the page."""

    do: str
    href: str
    name: str = ""
    role: str = ""
    username: str = ""
    code: str = ""


@cache
def things() -> tuple[Thing, ...]:
    """The ten things of the file."""
    told = data.read("tour")["things"]
    return tuple(Thing(one["title"], one["about"], tuple(Step(**step) for step in one["steps"])) for one in told)


@require_safe
@never_cache
def tour(request: HttpRequest) -> HttpResponse:
    """/tour/, in a sample instance only."""
    if not settings.DEMO:
        raise Http404
    known = {account.username: account for account in accounts.load() if not account.client}
    near = _on_this_machine(request.META)
    own = command()
    shown = [(thing, [_hint(_spoken(step, own), known, near=near) for step in thing.steps]) for thing in things()]
    context = {
        "things": shown,
        "password": next(iter(known.values())).password if near else "",
        "near": near,
        "command": own,
    }
    return render(request, "demo/tour.html", context)


def _spoken(step: Step, own: str) -> Step:
    return replace(step, do=step.do.replace(COMMAND, own))


def _hint(step: Step, known: Mapping[str, accounts.DemoAccount], *, near: bool) -> Hint:
    if not step.who:
        return Hint(step.do, step.at)
    who = known[step.who]
    href = f"{reverse('account_login')}?login={quote(step.who)}&next={quote(step.at)}"
    code = totp(who.secret, at=timezone.now()) if who.secret and near else ""
    return Hint(step.do, href, who.name, who.role, who.username, code)


def _on_this_machine(meta: Mapping[str, object]) -> bool:
    """Whether the browser runs on the server itself: a loopback address, and nobody in between who says otherwise."""
    return meta.get("REMOTE_ADDR") in LOOPBACK and not any(meta.get(name) for name in FORWARDED)


urlpatterns = [path("tour/", tour, name="tour")]
