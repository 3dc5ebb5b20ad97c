"""补交: what was promised for later, or overlooked by the organ, on one page, each material when it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.cases import commands
from onedoor.kernel.errors import FieldError, Invalid
from onedoor.portal.apply.materials import MOST_FILES, accepted, keep
from onedoor.portal.track import page as parts
from onedoor.portal.track.opening import Opened, opened
from onedoor.portal.track.views import posted_version
from onedoor.vault import queries as files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def owed(request: HttpRequest, number: str) -> HttpResponse:
    """Show what is awaited, take what has come; the rest may follow another day, and what was overlooked stay away."""
    found = opened(request, number)
    if not parts.offers(found.page, by=found.by).owed:
        return redirect("portal:case", number=number)
    if request.method != "POST":
        return _show(request, found)
    if request.POST.get("decline"):
        return _decline(request, found)
    request.actor = found.by  # type: ignore[attr-defined]  # files belong to whoever hands in, password bearers too
    held: dict[str, tuple[str, ...]] = {}
    errors: list[FieldError] = []
    for key in [row.key for row in parts.owed_rows(found.page)]:
        stored, faults = keep(request, request.FILES.getlist(key), key, room=MOST_FILES)
        held |= {key: tuple(file.id for file in stored)} if stored else {}
        errors += faults
    return _show(request, found, errors=errors) if errors else _hand_in(request, found, held)


def _decline(request: HttpRequest, found: Opened) -> HttpResponse:
    number, version = found.page.case.number, posted_version(request.POST.get("version", ""))
    commands.decline_overlooked(number, by=found.by, at=timezone.now(), version=version)
    messages.success(request, _("记下了：不补。照现有的材料接着办，期限照算。"))
    return redirect("portal:case", number=number)


def _hand_in(request: HttpRequest, found: Opened, held: dict[str, tuple[str, ...]]) -> HttpResponse:
    number, version = found.page.case.number, posted_version(request.POST.get("version", ""))
    try:
        commands.hand_in_owed(number, by=found.by, at=timezone.now(), materials=held, version=version)
    except Invalid as fault:
        first = parts.owed_rows(found.page)[0].key
        return _show(request, found, errors=[FieldError(first, error.message) for error in fault.errors])
    messages.success(request, _("收到了。补交的材料已经记入办件。"))
    return redirect("portal:case", number=number)


def _show(request: HttpRequest, found: Opened, *, errors: Sequence[FieldError] = ()) -> HttpResponse:
    rows = parts.owed_rows(found.page)
    context = {
        "case": found.page.case,
        "item": found.page.item,
        "rows": rows,
        "must": any(not row.free for row in rows),
        "free": any(row.free for row in rows),
        "accept": accepted(),
        "limit": files.policy().max_bytes,
        "errors": errors,
    }
    return render(request, "portal/track/owed.html", context, status=422 if errors else 200)
