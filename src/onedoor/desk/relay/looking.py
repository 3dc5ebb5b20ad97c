"""Photos and scans of what was taken in for elsewhere: added at the counter, looked at page by page."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from onedoor.desk.relay.views import drawn, show
from onedoor.desk.review import pictures
from onedoor.desk.window.visit import clerk_of, clerks_only
from onedoor.kernel.errors import FieldError, Invalid, Refused
from onedoor.relay import commands, queries
from onedoor.ui.files import served
from onedoor.ui.parts import size_text
from onedoor.vault import commands as vault

if TYPE_CHECKING:
    from django.http import FileResponse, HttpRequest


@require_POST
@clerks_only
def add(request: HttpRequest, number: str) -> HttpResponse:
    """附照片、扫描件; the page again with what is wrong, what was sound is kept."""
    by, at = clerk_of(request), timezone.now()
    kept, errors = [], []
    for upload in request.FILES.getlist("files"):
        try:
            kept.append(vault.store(upload.file, name=upload.name or "扫描件", by=by, at=at).id)  # type: ignore[arg-type]
        except (Invalid, Refused) as fault:
            errors.append(FieldError("files", str(fault)))
    try:
        if kept or not errors:
            commands.scan_relay(number, kept, by=by, at=at)
            messages.success(request, _("照片、扫描件已经附上。"))
    except Invalid as fault:
        errors.extend(fault.errors)
    return show(request, number, errors=errors) if errors else redirect("desk:relay", number=number)


@require_safe
@clerks_only
def look(request: HttpRequest, number: str, file: str) -> HttpResponse:
    """One of them page by page, the acts still on the right."""
    stored, content = queries.scan(number, file, by=clerk_of(request))
    total, trouble = pictures.looked_at(content, stored.media_type)
    context = {
        "name": stored.name,
        "size": size_text(stored.size),
        "file": file,
        "sheets": [(n, reverse("desk:relay_picture", args=[number, file, n])) for n in range(1, total + 1)],
        "trouble": trouble,
    }
    return render(request, "desk/relay/look.html", drawn(request, number) | context)


@require_safe
@clerks_only
def picture(request: HttpRequest, number: str, *, file: str, sheet: int) -> HttpResponse:
    """One page as a picture."""
    stored, content = queries.scan(number, file, by=clerk_of(request))
    with closing(content):
        image = pictures.picture(content, stored.media_type, pictures.Sheet(sheet, small="small" in request.GET))
    return HttpResponse(image, content_type="image/png")


@require_safe
@clerks_only
def original(request: HttpRequest, number: str, file: str) -> FileResponse:
    """The file as it was taken."""
    return served(*queries.scan(number, file, by=clerk_of(request)))
