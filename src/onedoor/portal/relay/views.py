"""查代收: by number and password of the receipt, how far it is, who decides, what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.kernel.codes import normalise
from onedoor.kernel.errors import FieldError, Invalid, Refused
from onedoor.portal.relay.words import steps_of, tag_of
from onedoor.portal.visitor import actor_of, citizens_only
from onedoor.relay import commands, queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from onedoor.relay.rules import Relay

LONGEST = 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def relay(request: HttpRequest) -> HttpResponse:
    """Ask for number and password; then the page. Nothing of it stays in the session."""
    if request.method != "POST":
        return _ask(request, request.GET.get("number", "")[:LONGEST])
    number = normalise(request.POST.get("number", "")[:LONGEST].replace("\0", "")).replace("-", "")
    code = request.POST.get("code", "")[:LONGEST].replace("\0", "")
    if not number.strip() or not code.strip():
        return _ask(request, number, [FieldError("number", _("请填写收件凭证上的编号和查询密码。"))])
    try:
        found = commands.open_relay(number, code, at=timezone.now(), address=request.META["REMOTE_ADDR"])
    except Refused as fault:
        return _ask(request, number, [FieldError("code", fault.message)])
    if found is None:
        return _ask(
            request, number, [FieldError("code", _("编号或者查询密码不对。请对照收件凭证核对，或者带身份证到窗口查。"))]
        )
    return _show(request, found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@citizens_only
def own(request: HttpRequest, number: str) -> HttpResponse:
    """The same page for its applicant, signed in, from 我的办件; there it may be given up."""
    by, reason = actor_of(request), request.POST.get("told", "")
    errors: Sequence[FieldError] = ()
    if request.method == "POST":
        try:
            commands.withdraw_own_relay(number, by=by, at=timezone.now(), reason=reason)
        except Invalid as fault:
            errors = fault.errors
        except Refused as fault:
            errors = (FieldError("", fault.message),)
        else:
            messages.success(request, _("已撤回。请带身份证到原来的窗口领回原件。"))
            return redirect("portal:relay_own", number=number)
    return _show(request, queries.own_relay(number, by=by), own=True, errors=errors, reason=reason)


def _show(
    request: HttpRequest, found: Relay, *, own: bool = False, errors: Sequence[FieldError] = (), reason: str = ""
) -> HttpResponse:
    shown = {"relay": found, "tag": tag_of(found), "moments": steps_of(found)}
    context = {**shown, "own": own, "errors": errors, "reason": reason}
    return render(request, "portal/relay/one.html", context, status=422 if errors else 200)


def _ask(request: HttpRequest, number: str, errors: Sequence[FieldError] = ()) -> HttpResponse:
    context = {"number": number, "errors": errors}
    return render(request, "portal/relay/enter.html", context, status=422 if errors else 200)
