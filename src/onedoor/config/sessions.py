"""Who acts in this request, and sessions that rested too long or lack their second factor."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext
from django_htmx.http import HttpResponseClientRedirect

from onedoor.access import queries
from onedoor.access.rules import is_idle
from onedoor.config.adapters.second_factor import has_second_factor
from onedoor.kernel.actor import Actor, Channel

SEEN = "seen_at"
SEEN_EVERY_SECONDS = 60  # how often a busy session is written for its idle clock
MACHINES = ("/api/", "/oauth/")  # these bring their own credentials and never a session
FORM_PAGE = re.compile("/apply/draft/[^/]+/page/")
WEAK_STAFF_MAY_OPEN = (
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
)

Next = Callable[[HttpRequest], HttpResponseBase]


def is_page(request: HttpRequest) -> bool:
    """Whether people, not machines, ask."""
    return not request.path.startswith((*MACHINES, settings.STATIC_URL))


class SessionGuardMiddleware:
    """Ends idle sessions; keeps staff without a second factor to the pages on which they enrol one.

    GB/T 22239-2019 §8.1.4.1 b), d). Requests without a session cookie cost nothing.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let through, or send elsewhere."""
        if is_page(request) and settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            return _idle(request) or _weak(request) or self.get_response(request)
        return self.get_response(request)


def _idle(request: HttpRequest) -> HttpResponse | None:
    now = timezone.now()
    rules = queries.policy(timezone.localdate(now))
    minutes = rules.staff_idle_minutes if _is_staff(request) else rules.citizen_idle_minutes
    seen = request.session.get(SEEN)
    last = datetime.fromtimestamp(seen, UTC) if seen else now
    if is_idle(last, at=now, minutes=minutes):
        get_adapter(request).logout(request)
        messages.info(request, gettext("您较长时间没有操作，为保护信息安全已自动退出，请重新登录。"))
        return None if _asks_itself(request) else _send(request, reverse("account_login"))
    if seen is None or (now - last).total_seconds() >= SEEN_EVERY_SECONDS:
        request.session[SEEN] = int(now.timestamp())
    return None


def _asks_itself(request: HttpRequest) -> bool:
    """A page of an application, sent: it asks for the sign-in itself, and keeps what was typed."""
    return request.method == "POST" and bool(FORM_PAGE.match(request.path))


def _weak(request: HttpRequest) -> HttpResponse | None:
    if not _is_staff(request) or has_second_factor(request):
        return None
    if request.path in {reverse(name) for name in WEAK_STAFF_MAY_OPEN}:
        return None
    enrolled = queries.second_factors(f"account:{request.user.pk}")
    if not enrolled:
        return _send(request, reverse("mfa_activate_totp"))
    return _send(request, reverse("mfa_reauthenticate" if "totp" in enrolled else "mfa_reauthenticate_webauthn"))


def _is_staff(request: HttpRequest) -> bool:
    return getattr(request.user, "kind", "") == "staff"


def _send(request: HttpRequest, url: str) -> HttpResponse:
    if getattr(request, "htmx", False) or request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(url)
    if request.method == "GET":
        url = f"{url}?{urlencode({'next': request.get_full_path()})}"
    return HttpResponseRedirect(url)


class ActorMiddleware:
    """``request.actor``: worked out when first asked for, on pages only; interfaces authenticate for themselves."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Attach the actor."""
        if is_page(request):
            request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def actor_of(request: HttpRequest) -> Actor:
    """The actor behind the session of a request; staff hold grants only with a second factor."""
    strong = has_second_factor(request)
    return queries.actor_for(request.user, channel=Channel.WEB, second_factor=strong)
