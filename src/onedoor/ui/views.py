"""The switch of views: an address that sets a cookie and comes back, without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from onedoor.ui.context import COOKIE, VIEWS

if TYPE_CHECKING:
    from django.http import HttpRequest

A_YEAR = 365 * 24 * 3600


@never_cache
@require_safe
def choose(request: HttpRequest, words: str) -> HttpResponseRedirect:
    """Choose 长辈版, 高对比, both or neither; unknown words are 404, foreign addresses lead home."""
    chosen = [] if words == "standard" else words.split("-")
    if any(word not in VIEWS for word in chosen):
        raise Http404
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    if chosen:
        response.set_cookie(COOKIE, "-".join(chosen), A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
