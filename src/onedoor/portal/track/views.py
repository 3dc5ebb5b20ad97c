"""我要查: by number and query password for anyone, one's own cases after sign-in; and the page of one case."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.agency import queries as agency
from onedoor.cases import commands, queries
from onedoor.cases.rules.papers import issued
from onedoor.kernel.actor import ANONYMOUS
from onedoor.kernel.clock import local_date
from onedoor.kernel.codes import normalise, why_not_case_number
from onedoor.kernel.errors import FieldError, Invalid, Refused
from onedoor.licences import queries as licences
from onedoor.licences.rules import STATUS_NAMES, validity
from onedoor.portal.apply.materials import rows
from onedoor.portal.track import page as parts
from onedoor.portal.track.late import late_of
from onedoor.portal.track.lists import lines
from onedoor.portal.track.opening import Opened, opened, remember
from onedoor.portal.track.paying import paid, to_pay
from onedoor.portal.visitor import actor_of, known_person
from onedoor.ui import cases as shared
from onedoor.ui.attribution import held
from onedoor.ui.files import served
from onedoor.ui.filled import acted_words
from onedoor.ui.members import member_lines, visit_box
from onedoor.vault import queries as vault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

LONGEST = 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Ask for number and password; list one's own cases."""
    if request.method != "POST":
        return _ask(request, number=request.GET.get("number", "")[:LONGEST])
    number = normalise(request.POST.get("number", "")[:LONGEST].replace("\0", "")).replace("-", "")
    given = request.POST.get("password", "")[:LONGEST].replace("\0", "")
    errors = _faults(number, given, address=request.META["REMOTE_ADDR"])
    if errors:
        return _ask(request, number=number, errors=errors)
    remember(request, number)
    return redirect("portal:case", number=number)


def _faults(number: str, given: str, *, address: str) -> tuple[FieldError, ...]:
    errors = []
    if fault := why_not_case_number(number):
        errors.append(FieldError("number", fault))
    if not given.strip():
        errors.append(FieldError("password", _("请填写查询密码，八位数字，在申请回执上。")))
    if errors:
        return tuple(errors)
    try:
        right = commands.check_password(number, given, at=timezone.now(), address=address)
    except Refused as fault_:
        return (FieldError("password", fault_.message),)
    told = _("办件编号或者查询密码不对。请对照申请回执核对；忘记密码的，带身份证到窗口查询。")
    return () if right else (FieldError("password", told),)


def _ask(request: HttpRequest, *, number: str, errors: Sequence[FieldError] = ()) -> HttpResponse:
    actor = actor_of(request)
    mine = queries.listing(by=actor) if known_person(actor) else ()
    unpaid = queries.asked_to_pay([row.number for row in mine], by=actor) if mine else ()
    fields = (
        ("number", _("办件编号"), _("21 位，数字和末位的字母。"), number, ""),
        ("password", _("查询密码"), _("8 位数字。"), "", "numeric"),
    )
    context = {
        "fields": fields,
        "errors": errors,
        "cases": lines(mine, today=local_date(timezone.now()), unpaid=unpaid),
        "signed_in": actor.kind != ANONYMOUS.kind,
    }
    return render(request, "portal/track/track.html", context, status=422 if errors else 200)


@never_cache
@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    """One case in plain words."""
    found = opened(request, number)
    page = found.page
    licence = licences.licence_of_case(page.case.number) if page.case.licence else None
    context = {
        "page": page,
        "case": page.case,
        "phase": parts.phase_tag(page.case),
        "boxes": parts.clock_boxes(page),
        "late": late_of(page),
        "answer": parts.answer(page),
        **parts.hearing(page),
        "to_pay": to_pay(page),
        "paid": paid(page),
        "moments": parts.story(page),
        "members": member_lines(page, by=found.by),
        "visit": visit_box(page),
        "facts": shared.answer_facts(page, masked=found.bearer),
        "materials": _materials(found),
        "papers": shared.papers(page),
        "results": _rows(found, parts.result_files(page)),
        "held": held(page, at=timezone.now()),
        "licence": licence,
        "status": licence and STATUS_NAMES[licence.status(local_date(timezone.now()))],
        "validity": licence and validity(licence.valid_from, licence.valid_until, page.item.result.validity),
        "takeover": agency.may_take_over(number, by=found.by),
        "handlers": [*parts.handlers(page), *filter(None, [acted_words(number)])],
        "rating": parts.rating(page),
        "owed": [row for row in parts.owed_rows(page) if not row.free],
        "free": [row for row in parts.owed_rows(page) if row.free],
        "offers": parts.offers(page, by=found.by),
        "bearer": found.bearer,
    }
    return render(request, "portal/track/case.html", context)


def _materials(found: Opened) -> list[tuple[shared.MaterialRow, object]]:
    return [(row, _rows(found, row.files)) for row in shared.material_rows(found.page)]


def _rows(found: Opened, ids: Sequence[str]) -> object:
    held = {file.id: file for file in vault.files(by=found.by, place=found.place)} if ids else {}
    address = reverse("portal:case_file", args=[found.page.case.number, UUID(int=0)])
    return rows(ids, held, address=address)


@require_safe
def file(request: HttpRequest, number: str, file: UUID) -> HttpResponseBase:
    """One file of the case: a material, the decision, the licence."""
    found = opened(request, number)
    stored, content = vault.open_file(str(file), by=found.by, place=found.place)
    return served(stored, content)


@require_safe
def paper(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """One document of the case as PDF/A, as it was sent."""
    found = opened(request, number)
    pdf = queries.paper(number, kind, by=found.by)
    name = next(one.name(found.page.item) for one in reversed(issued(found.page.facts)) if kind in {one.key, one.paper})
    shown = content_disposition_header(as_attachment=False, filename=f"{name}.pdf")
    headers = {"Content-Disposition": shown or "inline", "Cache-Control": "private, no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """撤回, after one question: until the decision, by the applicant."""
    found = opened(request, number)
    errors: tuple[FieldError, ...] = ()
    if request.method == "POST":
        version = request.POST.get("version", "")
        try:
            commands.withdraw(
                number,
                by=found.by,
                at=timezone.now(),
                reason=request.POST.get("reason", "").strip(),
                version=posted_version(version),
            )
        except Invalid as fault:
            errors = tuple(FieldError("reason", error.message) for error in fault.errors)
        else:
            messages.success(request, _("申请已撤回。以后需要，可以重新申请。"))
            return redirect("portal:case", number=number)
    elif not parts.offers(found.page, by=found.by).withdraw:
        return redirect("portal:case", number=number)
    page, reason = found.page, request.POST.get("reason", "")
    context = {"case": page.case, "item": page.item, "errors": errors, "reason": reason}
    return render(request, "portal/track/withdraw.html", context, status=422 if errors else 200)


def posted_version(text: str) -> int:
    """The version that the page showed; a form without one is stale."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
