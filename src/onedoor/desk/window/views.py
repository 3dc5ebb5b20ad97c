"""The comprehensive window: who, which item, one page, the receipt. Every page works without JavaScript."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.cases import queries
from onedoor.cases.rules.papers import PAPER_NAMES, Paper, given
from onedoor.cases.rules.phases import OUTCOME_NAMES, STATE_NAMES
from onedoor.desk.frame import rail
from onedoor.desk.window import mandates
from onedoor.desk.window.counter import ACCEPTS, REFRESH, Counter
from onedoor.desk.window.parties import HEAD, STANDS, Looked, enter, look_up
from onedoor.desk.window.visit import (
    Visit,
    clerk_of,
    clerks_only,
    pack,
    receivable,
    standing_mandate,
    unpack,
)
from onedoor.items import queries as items
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import Conflict, FieldError, Invalid, NotFound, Refused
from onedoor.registries import queries as registries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from onedoor.desk.window.sheet import Sheet
    from onedoor.items.rules.search import Hit

RECENT, MOST_RECENT, LONGEST_QUERY, MOST_FOUND = "window_recent", 6, 60, 30


@require_http_methods(["GET", "HEAD", "POST"])
@clerks_only
def who(request: HttpRequest) -> HttpResponse:
    """谁来办: numbers typed, looked up; whoever is not known yet is entered from the document shown."""
    if request.method != "POST":
        return _who(request, Looked())
    by, at = clerk_of(request), timezone.now()
    looked = look_up(request.POST, by=by, at=at)
    if looked.errors:
        return _who(request, looked, looked.errors)
    asking = [side for side in looked.unknown if f"{side.role}_name" not in request.POST]
    if asking or (looked.head_asked and "head" not in request.POST):
        return _who(request, looked)
    try:
        visit = enter(looked, request.POST, by=by, at=at)
    except Invalid as fault:
        return _who(request, looked, fault.errors)
    return redirect("desk:window_items", visit=pack(visit, by=by))


def _who(request: HttpRequest, looked: Looked, errors: Sequence[FieldError] = ()) -> HttpResponse:
    context = {
        "rail": rail(request),
        "looked": looked,
        "typed": request.POST.dict(),
        "questions": (STANDS, *((HEAD,) if looked.head_asked else ())),
        "number": request.POST.get("number", ""),
        "wrong": [error.message for error in errors if error.field == "number"],
        "errors": errors,
    }
    return render(request, "desk/window/who.html", context, status=422 if errors else 200)


@require_safe
@clerks_only
def choose(request: HttpRequest, visit: str) -> HttpResponse:
    """办什么: the same search as the portal, what this clerk took in lately, or the whole list."""
    by = clerk_of(request)
    known = unpack(visit, by=by)
    q = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY]
    offered = {line.code: line for line in items.catalogue() if receivable(line, known, by=by)}
    found = [hit.document.code for hit in _hits(q)] if q else list(offered)
    recent = [offered[code] for code in request.session.get(RECENT, []) if code in offered]
    context = {
        **_frame(request, visit, known),
        "q": q,
        "found": [offered[code] for code in found if code in offered][:MOST_FOUND],
        "recent": [] if q else recent,
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
        return _sheet(counter, page, key=key)
    if queries.receipt_of(key, by=counter.by):
        return _again(counter, key)
    try:
        received = counter.hand_in(page, act=act, key=key)
    except Conflict:  # a second press at the same moment: the first one is the application
        return _again(counter, key)
    except (Invalid, Refused) as fault:
        wrong = fault.errors if isinstance(fault, Invalid) else (FieldError("", fault.message),)
        return _sheet(counter, page, key=key, errors=wrong)
    _remember(counter.request, counter.item.code)
    if undone := counter.follow(page, act=act, number=received.number):
        messages.warning(counter.request, gettext("已经收件，但后一步没有办成：") + undone)
    return redirect("desk:window_receipt", visit=counter.visit, key=key)


def _again(counter: Counter, key: str) -> HttpResponse:
    told = gettext("这份申请已经收过，没有重复收件。刚才又改了内容的，请到办件页处理。")
    messages.warning(counter.request, told)
    return redirect("desk:window_receipt", visit=counter.visit, key=key)


def _sheet(counter: Counter, page: Sheet, *, key: str, errors: Sequence[FieldError] = ()) -> HttpResponse:
    request = counter.request
    context = {
        **_frame(request, counter.visit, counter.known),
        "item": counter.item,
        "sheet": page,
        "pages": page.pages,
        "answers": {**page.answers, **counter.mandate_typed},
        "materials": page.rows(errors),
        "mandate": mandates.form_of(counter.known).questions if counter.needs_paper else (),
        "evidence": page.taken.files.get(mandates.EVIDENCE, ()),
        "evidence_errors": [e.message for e in errors if e.field == f"materials.{mandates.EVIDENCE}"],
        "offers": counter.offers,
        "fees": page.fees,
        "errors": errors,
        "key": key,
        "accepts": ACCEPTS,
    }
    return render(request, "desk/window/sheet.html", context, status=422 if errors else 200)


def _remember(request: HttpRequest, code: str) -> None:
    lately = [each for each in request.session.get(RECENT, []) if each != code]
    request.session[RECENT] = [code, *lately][:MOST_RECENT]


@require_safe
@clerks_only
def receipt(request: HttpRequest, visit: str, key: str) -> HttpResponse:
    """已收件: number, query password, the documents to print, and on to the next."""
    by, today = clerk_of(request), local_date(timezone.now())
    known, found = unpack(visit, by=by), queries.receipt_of(key, by=by)
    if found is None:
        raise NotFound("没有这次收件的记录。请在“查询”里按办件编号查找。")
    page = queries.case_page(found.number, by=by, on=today)
    context = {
        **_frame(request, visit, known),
        "receipt": found,
        "case": page.case,
        "state": OUTCOME_NAMES[page.case.outcome] if page.case.outcome else STATE_NAMES[page.case.state],
        "papers": [(paper, PAPER_NAMES[paper]) for paper in given(page.facts) if paper is not Paper.RECEIPT],
    }
    return render(request, "desk/window/receipt.html", context)


def _frame(request: HttpRequest, visit: str, known: Visit) -> dict[str, object]:
    """What every page of a visit shows: for whom, by whom."""
    return {
        "rail": rail(request),
        "visit": visit,
        "applicant": registries.party(known.applicant),
        "stands": None if known.applicant == known.stands else registries.party(known.stands),
        "in_person": known.in_person,
    }


def _counter(request: HttpRequest, visit: str, code: str) -> Counter:
    by, at = clerk_of(request), timezone.now()
    known, item = unpack(visit, by=by), items.published(code)
    if not receivable(item, known, by=by):
        raise NotFound("本窗口不收这个事项，或者它不面向这类申请人。")
    mandate = None if known.in_person else standing_mandate(known, code, by=by, on=local_date(at))
    return Counter(request, by, at, visit, known, item, mandate)
