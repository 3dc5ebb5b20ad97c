"""补正 at the counter: the listed materials of one case, on paper or scanned, and the form where it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.cases import commands, queries
from onedoor.cases.rules.phases import OUTCOME_NAMES, STATE_NAMES
from onedoor.cases.rules.values import State
from onedoor.desk.frame import rail, seen_version
from onedoor.desk.window.counter import ACCEPTS
from onedoor.desk.window.materials import NOTHING, Taken, rows, take
from onedoor.desk.window.visit import clerk_of, clerks_only
from onedoor.kernel.actor import Act
from onedoor.kernel.clock import local_date
from onedoor.kernel.codes import normalise
from onedoor.kernel.errors import FieldError, Invalid, NotFound, Refused
from onedoor.kernel.journey import applicable
from onedoor.ui.fields import raw_answers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

    from onedoor.cases.queries import CasePage
    from onedoor.kernel.actor import Actor

FORM = "form"


@require_safe
@clerks_only
def find(request: HttpRequest) -> HttpResponse:
    """Which case: by its number."""
    number = normalise(request.GET.get("number", "")).replace("-", "")
    errors = []
    if number:
        try:
            _waiting(number, by=clerk_of(request))
            return redirect("desk:window_supplement_case", number=number)
        except (NotFound, Refused) as fault:
            errors = [FieldError("number", fault.message)]
    context = {"rail": rail(request), "number": number, "errors": errors}
    return render(request, "desk/window/supplement_find.html", context, status=422 if errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@clerks_only
def take_in(request: HttpRequest, number: str) -> HttpResponse:
    """Take what the notice asked for; what is still missing is told, nothing is lost."""
    by, at = clerk_of(request), timezone.now()
    page = _waiting(number, by=by)
    if request.method != "POST":
        return _show(request, page, taken=NOTHING, answers=page.answers or {})
    asked = page.case.supplement.materials if page.case.supplement else {}
    taken = take(request, [key for key in asked if key != FORM], by=by, at=at)
    raw = raw_answers(request.POST, page.item.form.questions) if FORM in asked else None
    errors: Sequence[FieldError] = taken.errors
    if not errors:
        try:
            version = seen_version(request.POST)
            supplement = {"materials": taken.ids(), "paper": taken.paper, "answers": raw, "version": version}
            commands.supplement(number, by=by, at=at, **supplement)  # type: ignore[arg-type]
        except Invalid as fault:
            errors = fault.errors
        else:
            messages.success(request, gettext("补正材料已收齐，并记入办件经过。"))
            return redirect("desk:case", number=number)
    return _show(request, page, taken=taken, answers=raw or {}, errors=errors)


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
        raise NotFound("没有这个办件编号，或者它不由本窗口收件。请核对后再试。")
    if page.case.state is not State.SUPPLEMENT:
        state = OUTCOME_NAMES[page.case.outcome] if page.case.outcome else STATE_NAMES[page.case.state]
        raise Refused("nothing_asked", f"这件现在不需要补正，状态是：{state}。")
    return page
