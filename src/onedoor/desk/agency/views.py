"""代办, page by page. Every page works without JavaScript."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.agency import commands, queries
from onedoor.agency.rules import STATE_NAMES, State, is_agent
from onedoor.desk.agency.filling import Filling, blank, filled
from onedoor.desk.agency.people import (
    Found,
    agent_of,
    agents_only,
    enter,
    filler_of,
    look_up,
    number_question,
    pack,
    unpack,
)
from onedoor.desk.frame import rail
from onedoor.desk.window.materials import take
from onedoor.items import queries as items
from onedoor.items.rules.codes import Audience
from onedoor.kernel.codes import normalise
from onedoor.kernel.errors import Conflict, FieldError, Forbidden, Invalid, NotFound, Refused
from onedoor.registries import queries as registries
from onedoor.ui.parts import Tag, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from onedoor.items.queries import Summary
    from onedoor.items.rules import ItemVersion

ACCEPTS = ".pdf,.ofd,.jpg,.jpeg,.png"
LONGEST_QUERY = 60
TONES = {State.WAITING: Tone.TODO, State.SUBMITTED: Tone.GO}


@require_safe
@agents_only
def errands(request: HttpRequest) -> HttpResponse:
    """What waits for confirmation, by its last day, and what came of the others; one of them is found by number."""
    by, text = agent_of(request), normalise(request.GET.get("number", "").replace("\0", "")[:LONGEST_QUERY])
    found = queries.found_at_window(text, by=by) if text else ()
    if len(found) == 1:
        return redirect("desk:agency_errand", errand=found[0].number)
    unknown = _("没有找到代办，或者不归您查看、已经转回本人。请核对号码。")
    waiting = queries.listing(by=by, state=State.WAITING)
    others = [each for each in queries.listing(by=by) if each.state is not State.WAITING]
    context = {
        "rail": rail(request),
        "waiting": waiting,
        "others": [(each, Tag(STATE_NAMES[each.state], TONES.get(each.state, Tone.NONE))) for each in others],
        "back": queries.handed_back(by=by),
        "agent": is_agent(by),
        "number": text,
        "found": found,
        "errors": [FieldError("number", unknown)] if text and not found else [],
    }
    return render(request, "desk/agency/errands.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@agents_only
def who(request: HttpRequest) -> HttpResponse:
    """替谁办: the number of the card shown; whoever is not known yet is entered."""
    by, at = filler_of(request), timezone.now()
    if request.method != "POST":
        return _who(request, Found())
    found = Found()
    try:
        found = look_up(request.POST, by=by, at=at)
        if not found.party and "name" not in request.POST:
            return _who(request, found)
        party = found.party or enter(found, request.POST, by=by, at=at)
    except Invalid as fault:
        return _who(request, found, fault.errors)
    return redirect("desk:agency_items", villager=pack(party, by=by))


def _who(request: HttpRequest, found: Found, errors: Sequence[FieldError] = ()) -> HttpResponse:
    context = {
        "rail": rail(request),
        "number": number_question(),
        "unknown": found.questions if found.number else (),
        "typed": request.POST.dict(),
        "errors": errors,
    }
    return render(request, "desk/agency/who.html", context, status=422 if errors else 200)


@require_safe
@agents_only
def choose(request: HttpRequest, villager: str) -> HttpResponse:
    """办什么: only what may be done for people."""
    by = filler_of(request)
    party = registries.party(unpack(villager, by=by))
    q = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY]
    offered = {line.code: line for line in items.catalogue() if _offered(line, party.area)}
    hits = items.search(q) if q else None
    codes = [hit.document.code for hit in (hits.hits or hits.suggestions)] if hits else list(offered)
    found = [offered[code] for code in codes if code in offered]
    context = {"rail": rail(request), "villager": villager, "party": party, "q": q, "found": found}
    return render(request, "desk/agency/items.html", context)


def _offered(line: Summary, area: str) -> bool:
    """May be done for people, meant for persons, and of an organ that serves where this person lives."""
    version = items.version(line.id)
    near = not area or area.startswith(version.area.rstrip("0")) or version.area.startswith(area[:9])
    return version.agent and Audience.PERSON in version.audiences and near


@require_http_methods(["GET", "HEAD", "POST"])
@agents_only
def sheet(request: HttpRequest, villager: str, code: str) -> HttpResponse:
    """填表: nothing typed or scanned is lost on an error, and nothing is handed in yet."""
    by, at = filler_of(request), timezone.now()
    party, item = unpack(villager, by=by), _item(code)
    if request.method != "POST":
        return _sheet(request, villager, blank(item, party, by=by, at=at), key=uuid.uuid4().hex)
    keys = [material.key for material in item.materials if not material.exempt]
    empty = Filling(
        item=item,
        villager=party,
        today=timezone.localdate(),
        raw={},
        situations={},
        taken=take(request, keys, by=by, at=at),
    )
    page, key = filled(request.POST, empty, empty.taken), request.POST.get("key", "")
    if request.POST.get("act") != "prepare":
        return _sheet(request, villager, page, key=key)
    errors = page.errors()
    if errors:
        return _sheet(request, villager, page, key=key, errors=errors)
    try:
        errand = commands.prepare(page.application, by=by, at=at, key=key)
    except (Invalid, Refused, Forbidden, Conflict) as fault:
        wrong = fault.errors if isinstance(fault, Invalid) else (FieldError("", fault.message),)
        return _sheet(request, villager, page, key=key, errors=wrong)
    return redirect("desk:agency_errand", errand=errand.number)


def _item(code: str) -> ItemVersion:
    item = items.published(code)
    if not item.agent:
        raise NotFound(_("这个事项须本人办理，不能代办。"))
    return item


def _sheet(
    request: HttpRequest, villager: str, page: Filling, *, key: str, errors: Sequence[FieldError] = ()
) -> HttpResponse:
    context = {
        "rail": rail(request),
        "villager": villager,
        "party": registries.party(page.villager),
        "item": page.item,
        "sheet": page,
        "pages": page.pages,
        "answers": page.answers,
        "materials": page.rows(errors),
        "errors": errors,
        "key": key,
        "accepts": ACCEPTS,
    }
    return render(request, "desk/agency/sheet.html", context, status=422 if errors else 200)
