"""人员与账号: the list, and taking on somebody new."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.access import queries as access
from onedoor.desk.frame import actor_of, rail, staff_only
from onedoor.desk.inbox.asking import organ_name
from onedoor.desk.inbox.views import page_of
from onedoor.desk.people import listing
from onedoor.desk.people.words import standing_tag
from onedoor.kernel.actor import Act
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import FieldError, Invalid
from onedoor.kernel.journey import Form, Option, Page, Question, QuestionKind, clean_all
from onedoor.orgs import commands
from onedoor.orgs import queries as orgs
from onedoor.orgs.rules import Period
from onedoor.ui.fields import raw_answers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from onedoor.kernel.actor import Actor
    from onedoor.orgs.rules import Organ, Staff

View = Callable[..., "HttpResponseBase"]
MANAGING: Final = (Act.MANAGE_ORGS, Act.MANAGE_SYSTEM, Act.MANAGE_SECURITY, Act.AUDIT)


def managers_only(view: View) -> View:
    """Only who manages or audits people or accounts comes in; for all others the pages do not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not any(actor_of(request).has(act) for act in MANAGING):
            raise Http404
        return view(request, *args, **kwargs)

    return staff_only(guarded)


@require_safe
@managers_only
def people(request: HttpRequest) -> HttpResponse:
    """The staff of the organs that this actor manages, narrowed by what the address asks."""
    by, at, want, number = actor_of(request), timezone.now(), listing.asked(request.GET), page_of(request)
    everybody, today = access.officers(by=by, at=at), local_date(at)
    found = listing.chosen(everybody, want, on=today)
    start = (number - 1) * listing.SIZE
    organs = {one.staff.organ for one in everybody}
    context = {
        "rail": rail(request),
        "lines": listing.lines(found[start : start + listing.SIZE], on=today),
        "size": len(found),
        "want": want,
        "organs": sorted((code, organ_name(code)) for code in organs) if len(organs) > 1 else (),
        "states": listing.STATES.items(),
        "administrators": [(one, standing_tag(one)) for one in access.administrators(by=by, at=at)],
        "enrols": bool(_managed(by, today)),
        "page": number,
        "more": start + listing.SIZE < len(found),
        "rest": urlencode(want.given()),
    }
    return render(request, "desk/people/list.html", context)


def _managed(by: Actor, on: date) -> tuple[Organ, ...]:
    """The organs whose people this actor enrols."""
    return tuple(organ for organ in orgs.organs(on) if access.manages(by, organ))


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def new(request: HttpRequest) -> HttpResponse:
    """登记新人员: then posts and the account on their own page."""
    by, at = actor_of(request), timezone.now()
    form = _enrolment(_managed(by, local_date(at)))
    typed: Mapping[str, object] = {"period": local_date(at).isoformat()}
    errors: Sequence[FieldError] = ()
    if request.method == "POST":
        typed = raw_answers(request.POST, form.questions)
        try:
            made = _enrol(form, typed, by=by, at=at)
        except Invalid as fault:
            errors = fault.errors
        else:
            messages.success(request, _("已登记。接着给岗位、开账号。"))
            return redirect("desk:person", person=made.id)
    context = {"rail": rail(request), "questions": form.questions, "typed": typed, "errors": errors}
    return render(request, "desk/people/new.html", context, status=422 if errors else 200)


def _enrol(form: Form, typed: Mapping[str, object], *, by: Actor, at: datetime) -> Staff:
    cleaned = clean_all(form, typed, today=local_date(at))
    if cleaned.errors:
        raise Invalid(cleaned.errors)
    given = {key: str(value) for key, value in cleaned.values.items() if value is not None}
    since = Period(date.fromisoformat(given["period"]))
    person = commands.Enrolment(given["job_number"], given["name"], given["organ"], since, given.get("phone", ""))
    return commands.enrol_staff(person, by=by, at=at)


def _enrolment(organs: Sequence[Organ]) -> Form:
    if not organs:
        raise Http404
    options = tuple(Option(organ.code, organ.name) for organ in organs)
    questions = (
        Question("organ", _("机关"), QuestionKind.CHOICE, options=options),
        Question("name", _("姓名"), QuestionKind.PERSON_NAME),
        Question("job_number", _("工号"), QuestionKind.TEXT, max_length=20, hint=_("全县不重复，例如 SCJG12。")),
        Question("phone", _("办公电话"), QuestionKind.TEXT, required=False, max_length=40),
        Question("period", _("从哪一天起"), QuestionKind.DATE),
    )
    return Form((Page("new", _("登记新人员"), questions),))
