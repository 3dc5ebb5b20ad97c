"""The case page and its acts. A refused act shows the page again with what is wrong and what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from onedoor.cases import commands, queries
from onedoor.cases.rules.tasks import target_of
from onedoor.desk.frame import actor_of, staff_only, told
from onedoor.desk.review import photos, previews
from onedoor.desk.review.acts import perform
from onedoor.desk.review.drawing import Stale, drawn
from onedoor.desk.review.offered import SHOWN
from onedoor.desk.review.posted import Posted
from onedoor.desk.window.materials import NOTHING, take
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import Conflict, FieldError, Invalid, Refused
from onedoor.ui.files import served
from onedoor.vault import queries as vault
from onedoor.vault.queries import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import FileResponse, HttpRequest

    from onedoor.vault.rules import StoredFile


@require_safe
@staff_only
def case(request: HttpRequest, number: str) -> HttpResponse:
    """One case: application left, act right."""
    return show(request, number)


@require_POST
@staff_only
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Do one act; then back to the case. A stale page is drawn anew with what changed and with what was typed."""
    by, at = actor_of(request), timezone.now()
    taken = take(request, (photos.KEY,), by=by, at=at) if act in {"step", "sign_visit", *SHOWN} else NOTHING
    kept = taken.files.get(photos.KEY, ())
    posted = Posted(number, by, at, request.POST, tuple(file.id for file in kept))
    try:
        if wrong := photos.refused(taken):
            raise Invalid(wrong)
        perform(act, posted)
    except Invalid as fault:
        return show(request, number, errors=fault.errors, kept=kept, status=422)
    except Refused as fault:
        return show(request, number, errors=(FieldError("", told(fault)),), kept=kept, status=422)
    except Conflict as fault:
        shown = request.POST.get("version", "")
        seen = int(shown) if shown.isdecimal() and len(shown) < 10 else 0
        return show(request, number, stale=Stale(seen, fault.message), kept=kept, status=409)
    messages.success(request, _("已办理，并记入办件经过。"))
    return redirect("desk:case", number=number)


@require_POST
@staff_only
def preview(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """The notice that this form would send, as PDF; nothing is done."""
    posted = Posted(number, actor_of(request), timezone.now(), request.POST)
    pdf = previews.preview(act, posted)
    headers = {"Content-Disposition": 'inline; filename="preview.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@require_POST
@staff_only
def here(request: HttpRequest, number: str) -> HttpResponse:
    """This page is still open; who else has the case open now."""
    actor, now = actor_of(request), timezone.now()
    case_id = commands.be_here(number, by=actor, at=now)
    return render(request, "desk/review/here.html", {"others": queries.others_here(case_id, by=actor, at=now)})


def show(
    request: HttpRequest,
    number: str,
    *,
    errors: Sequence[FieldError] = (),
    stale: Stale | None = None,
    kept: Sequence[StoredFile] = (),
    status: int = 200,
) -> HttpResponse:
    """The case page, also after an act that could not be done."""
    actor, now = actor_of(request), timezone.now()
    page = queries.case_page(number, by=actor, on=local_date(now))
    wrong = {each.field: "#act-wrong" for each in errors}
    context = drawn(request, page, stale=stale) | {"errors": errors, "wrong": wrong, "kept": kept}
    return render(request, "desk/review/case.html", context, status=status)


@require_safe
@staff_only
def file(request: HttpRequest, number: str, *, material: str, file: str) -> FileResponse:
    """Open one file of the case; that it was opened is a fact of the case."""
    actor, now = actor_of(request), timezone.now()
    held = commands.open_material(number, by=actor, at=now, material=material, file=file)
    stored, content = vault.open_file(file, by=actor, place=Place(f"case:{held.id}", target_of(held)))
    return served(stored, content)


@require_safe
@staff_only
def paper(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """One document of the case as PDF/A, as it was sent."""
    pdf = queries.paper(number, kind, by=actor_of(request))
    return HttpResponse(pdf, content_type="application/pdf")
