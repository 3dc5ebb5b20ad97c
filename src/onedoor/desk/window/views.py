"""The comprehensive window: who, which item, one page, the receipt. Every page works without JavaScript."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.cases import queries
from onedoor.cases.rules.application import FORM
from onedoor.desk.frame import rail
from onedoor.desk.window import mandates
from onedoor.desk.window.counter import ACCEPTS, COMPLETE, REFRESH, Counter
from onedoor.desk.window.offers import together
from onedoor.desk.window.parties import Looked, enter, look_up, numbers_asked
from onedoor.desk.window.reading import desk_of, typed_or_read
from onedoor.desk.window.sheet import complete, limit_of
from onedoor.desk.window.visit import clerk_of, clerks_only, receivable, standing_mandate
from onedoor.desk.window.visits import frame
from onedoor.documents.rules import yuan
from onedoor.hall import commands as hall
from onedoor.hall import queries as hall_queries
from onedoor.hall.commands import Standing
from onedoor.items import queries as items
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import Conflict, FieldError, Invalid, NotFound, Refused
from onedoor.registries import queries as registries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse, QueryDict

    from onedoor.desk.window.sheet import Sheet
    from onedoor.items.rules.search import Hit

RECENT, MOST_RECENT, LONGEST_QUERY, NUMBERED = "window_recent", 6, 60, 9


@require_http_methods(["GET", "HEAD", "POST"])
@clerks_only
def who(request: HttpRequest) -> HttpResponse:
    """谁来办: numbers typed, looked up; whoever is not known yet is entered from the document shown."""
    if request.method != "POST":
        return _who(request, Looked())
    by, at = clerk_of(request), timezone.now()
    try:
        data, identity = typed_or_read(request, by=by, at=at)
    except Refused as fault:
        return _who(request, Looked(), (FieldError("number", fault.message),))
    looked = look_up(data, by=by, at=at)
    if looked.errors:
        return _who(request, looked, looked.errors, typed=data)
    asking = [side for side in looked.unknown if f"{side.role}_name" not in data]
    if asking or (looked.head_asked and "head" not in data):
        return _who(request, looked, typed=data)
    try:
        applicant, stands = enter(looked, data, by=by, at=at)
        key = f"{data.get('key') or uuid.uuid4().hex}:{applicant}:{stands}"
        visit = hall.open_visit(Standing(applicant, stands, desk_of(request), identity), by=by, at=at, key=key)
    except Invalid as fault:
        return _who(request, looked, fault.errors, typed=data)
    return redirect("desk:window_items", visit=visit.token)


def _who(
    request: HttpRequest, looked: Looked, errors: Sequence[FieldError] = (), *, typed: QueryDict | None = None
) -> HttpResponse:
    data = request.POST if typed is None else typed
    by, at = clerk_of(request), timezone.now()
    context = {
        "rail": rail(request),
        "looked": looked,
        "typed": data.dict(),
        "questions": numbers_asked(head=looked.head_asked),
        "number": data.get("number", ""),
        "wrong": [error.message for error in errors if error.field == "number"],
        "errors": errors,
        "key": data.get("key") or uuid.uuid4().hex,
        "desk": desk_of(request),
        "reader": hall_queries.has_reader(),
        "lately": [(each, registries.party(each.applicant)) for each in hall_queries.lately(by=by, at=at)],
    }
    return render(request, "desk/window/who.html", context, status=422 if errors else 200)


@require_safe
@clerks_only
def choose(request: HttpRequest, visit: str) -> HttpResponse:
    """办什么: what waits for a supplement, what this clerk took in lately, the portal's search, or the whole list.

    A single figure in the search box picks that line of the list, so that hands need not leave the keyboard.
    """
    by = clerk_of(request)
    known = hall_queries.visit(visit, by=by, at=timezone.now())
    q = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY]
    offered = {line.code: line for line in items.catalogue() if receivable(line, known, by=by)}
    recent = [offered[code] for code in request.session.get(RECENT, []) if code in offered]
    listed = together([*recent, *(line for line in offered.values() if line not in recent)])
    if q.isdecimal() and 0 < int(q) <= min(NUMBERED, len(listed)):
        return redirect("desk:window_sheet", visit=visit, code=listed[int(q) - 1].first.code)
    hits = [offered[hit.document.code] for hit in _hits(q) if hit.document.code in offered] if q else []
    context = {
        **frame(request, known),
        "q": q,
        "found": together(hits) if q else listed,
        "recent": {line.code for line in recent} if not q else (),
        "waiting": hall_queries.waiting(known.applicant, by=by),
        "unpaid": [(one, yuan(one.cents)) for one in hall_queries.unpaid(known.applicant, by=by)],
        "left_here": hall_queries.left_here(known, by=by),
    }
    return render(request, "desk/window/items.html", context)


def _hits(q: str) -> Sequence[Hit]:
    found = items.search(q)
    return found.hits or found.suggestions


@require_http_methods(["GET", "HEAD", "POST"])
@clerks_only
def sheet(request: HttpRequest, visit: str, code: str) -> HttpResponse:
    """填表收件: one dense page. Nothing typed or scanned is lost on an error."""
    counter = _counter(request, visit, code)
    if request.method != "POST":
        return _sheet(counter, counter.blank(), key=uuid.uuid4().hex)
    return _post(counter, counter.posted(), act=request.POST.get("act", REFRESH), key=request.POST.get("key", ""))


def _post(counter: Counter, page: Sheet, *, act: str, key: str) -> HttpResponse:
    if act not in counter.offers:
        return _sheet(counter, complete(page) if act == COMPLETE else page, key=key)
    if queries.receipt_of(key, by=counter.by):
        return _again(counter, key)
    if counter.unseen(page, act):
        return _sheet(counter, page, key=key, telling=True)
    try:
        received = counter.hand_in(page, act=act, key=key)
    except Conflict:  # a second press at the same moment: the first one is the application
        return _again(counter, key)
    except (Invalid, Refused) as fault:
        wrong = fault.errors if isinstance(fault, Invalid) else (FieldError("", fault.message),)
        return _sheet(counter, page, key=key, errors=wrong)
    _remember(counter.request, counter.item.code)
    if undone := counter.follow(page, act=act, number=received.number):
        messages.warning(counter.request, _("已经收件，但后一步没有办成：") + undone)
    return redirect("desk:window_receipt", visit=counter.visit, key=key)


def _again(counter: Counter, key: str) -> HttpResponse:
    told = _("这份申请已经收过，没有重复收件。刚才又改了内容的，请到办件页处理。")
    messages.warning(counter.request, told)
    return redirect("desk:window_receipt", visit=counter.visit, key=key)


def _sheet(
    counter: Counter, page: Sheet, *, key: str, errors: Sequence[FieldError] = (), telling: bool = False
) -> HttpResponse:
    request = counter.request
    context = {
        **frame(request, counter.known),
        "item": counter.item,
        "sheet": page,
        "notice": page.notice if telling else (),
        "pages": page.pages,
        "answers": {**page.answers, **counter.mandate_typed},
        "materials": page.rows(errors),
        "mandate": mandates.form_of(counter.known).questions if counter.needs_paper else (),
        "evidence": page.taken.files.get(mandates.EVIDENCE, ()),
        "form_fault": page.faults.get(FORM, ""),
        "form_fixed": FORM in page.fixed,
        "form_errors": [e.message for e in errors if e.field == f"materials.{FORM}"],
        "evidence_errors": [e.message for e in errors if e.field == f"materials.{mandates.EVIDENCE}"],
        "offers": counter.offers,
        "fees": page.fees,
        "limit": limit_of(page),
        "errors": errors,
        "key": key,
        "accepts": ACCEPTS,
    }
    return render(request, "desk/window/sheet.html", context, status=422 if errors else 200)


def _remember(request: HttpRequest, code: str) -> None:
    lately = [each for each in request.session.get(RECENT, []) if each != code]
    request.session[RECENT] = [code, *lately][:MOST_RECENT]


def _counter(request: HttpRequest, visit: str, code: str) -> Counter:
    by, at = clerk_of(request), timezone.now()
    known, item = hall_queries.visit(visit, by=by, at=at), items.published(code)
    if not receivable(item, known, by=by):
        raise NotFound(_("本窗口不收这个事项，或者它不面向这类申请人。"))
    mandate = None if known.in_person else standing_mandate(known, code, by=by, on=local_date(at))
    return Counter(request, by, at, visit, known, item, mandate)
