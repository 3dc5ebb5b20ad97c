"""补正 at the counter: the listed materials of one case, on paper or scanned, and the form where it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.cases import queries
from onedoor.cases.rules.phases import OUTCOME_NAMES, STATE_NAMES
from onedoor.cases.rules.values import State
from onedoor.desk.frame import rail, seen_version
from onedoor.desk.window.counter import ACCEPTS
from onedoor.desk.window.materials import NOTHING, Taken, rows, take
from onedoor.desk.window.visit import clerk_of, clerks_only
from onedoor.hall import commands as hall_commands
from onedoor.hall import queries as hall
from onedoor.hall.commands import Standing, Supplied
from onedoor.hall.rules import as_typed, place_of
from onedoor.kernel.actor import Act
from onedoor.kernel.clock import local_date
from onedoor.kernel.codes import why_not_id_number, why_not_uscc
from onedoor.kernel.errors import FieldError, Invalid, NotFound, Refused
from onedoor.kernel.journey import applicable
from onedoor.registries import queries as registries
from onedoor.registries.rules import Reading
from onedoor.ui.fields import raw_answers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from onedoor.cases.queries import CasePage
    from onedoor.cases.rules.values import Case
    from onedoor.kernel.actor import Actor

FORM = "form"
PURPOSE = "窗口收补正：查找这个人等补正的办件"


@require_safe
@clerks_only
def find(request: HttpRequest) -> HttpResponse:
    """Which case: by its number, by the receipt of an earlier visit (typed or scanned), or by whose it is."""
    typed = as_typed(request.GET.get("number", ""))
    by, at = clerk_of(request), timezone.now()
    errors, found = [], []
    if typed:
        try:
            found = _found(typed, by=by, at=at)
        except (NotFound, Refused) as fault:
            errors = [FieldError("number", fault.message)]
    if len(found) == 1:
        return redirect("desk:window_supplement_case", number=found[0].number)
    context = {"rail": rail(request), "number": typed, "errors": errors, "found": found}
    return render(request, "desk/window/supplement_find.html", context, status=422 if errors else 200)


def _found(typed: str, *, by: Actor, at: datetime) -> list[Case]:
    on = local_date(at)
    if typed.startswith("SJ"):
        numbers = hall.cases_of_receipt(typed, by=by)
    elif not why_not_id_number(typed, on) or not why_not_uscc(typed):
        numbers = tuple(row.number for row in hall.waiting(_party(typed, by=by, at=at), by=by))
    else:
        return [_waiting(typed, by=by).case]
    cases = [queries.case_page(number, by=by, on=on).case for number in numbers]
    found = [case for case in cases if case.state is State.SUPPLEMENT]
    if not found:
        raise Refused("nothing_asked", _("没有等补正的办件。如果已经补齐，可以在“查询”里看进度。"))
    return found


def _party(number: str, *, by: Actor, at: datetime) -> str:
    entity = registries.entity_by_uscc(number)
    reading = Reading(PURPOSE, at, target=place_of(by))
    person = None if entity else registries.find_person_by_id_number(number, by=by, reading=reading)
    if found := entity or person:
        return found.ref
    raise NotFound(_("这个号码没有登记过，也就没有等补正的办件。请核对号码。"))


@require_http_methods(["GET", "HEAD", "POST"])
@clerks_only
def take_in(request: HttpRequest, number: str, visit: str = "") -> HttpResponse:
    """Take what the notice asked for; what is still missing is told, nothing is lost."""
    by, at = clerk_of(request), timezone.now()
    page = _waiting(number, by=by)
    if visit:
        hall.visit(visit, by=by, at=at)
    if request.method != "POST":
        return _show(request, page, taken=NOTHING, answers=page.answers or {})
    asked = page.case.supplement.materials if page.case.supplement else {}
    taken = take(request, [key for key in asked if key != FORM], by=by, at=at)
    raw = raw_answers(request.POST, page.item.form.questions) if FORM in asked else None
    errors: Sequence[FieldError] = taken.errors
    if not errors:
        try:
            version = seen_version(request.POST)
            supplied = Supplied(materials=taken.ids(), paper=taken.paper, answers=raw, version=version)
            token = visit or _visit_for(page.case, version, by=by, at=at)
            hall_commands.take_supplement(token, number, supplied, by=by, at=at)
        except Invalid as fault:
            errors = fault.errors
        else:
            messages.success(request, _("补正材料已收齐，并记入办件经过。"))
            return redirect("desk:window_visit", visit=token)
    return _show(request, page, taken=taken, answers=raw or {}, errors=errors)


def _visit_for(case: Case, version: int, *, by: Actor, at: datetime) -> str:
    """Whoever brings what a notice asked for stands for the applicant; a second press finds the same visit."""
    standing = Standing(case.applicant, case.agent or case.applicant)
    return hall_commands.open_visit(standing, by=by, at=at, key=f"supplement:{case.number}:{version}").token


def _show(
    request: HttpRequest,
    page: CasePage,
    *,
    taken: Taken,
    answers: Mapping[str, object],
    errors: Sequence[FieldError] = (),
) -> HttpResponse:
    asked = page.case.supplement.materials if page.case.supplement else {}
    facts = {**(page.answers or {}), **{key: value for key, value in answers.items() if value not in ("", [])}}
    context = {
        "rail": rail(request),
        "case": page.case,
        "materials": rows([m for m in page.item.materials if m.key in asked], taken, faults=asked, errors=errors),
        "form_fault": asked.get(FORM, ""),
        "pages": applicable(page.item.form, facts, facts=page.answers or {}) if FORM in asked else (),
        "answers": answers,
        "errors": errors,
        "accepts": ACCEPTS,
    }
    return render(request, "desk/window/supplement.html", context, status=422 if errors else 200)


def _waiting(number: str, *, by: Actor) -> CasePage:
    """The case, where it waits for a supplement and this window may take it in. NotFound or Refused otherwise."""
    page = queries.case_page(number, by=by, on=local_date(timezone.now()))
    if not queries.may(page.case, Act.RECEIVE, by=by):
        raise NotFound(_("没有这个办件编号，或者它不由本窗口收件。请核对后再试。"))
    if page.case.state is not State.SUPPLEMENT:
        state = OUTCOME_NAMES[page.case.outcome] if page.case.outcome else STATE_NAMES[page.case.state]
        raise Refused("nothing_asked", _("这件现在不需要补正，状态是：%(state)s。") % {"state": state})
    return page
