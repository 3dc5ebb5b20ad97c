"""What was taken in during a visit: papers to print, originals to hand back, and the end of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from onedoor.cases import queries as cases
from onedoor.cases.rules.papers import PAPER_NAMES, Paper, given
from onedoor.desk.frame import rail
from onedoor.desk.nexts import turns
from onedoor.desk.window.visit import clerk_of, clerks_only
from onedoor.hall import commands, queries
from onedoor.hall.rules import HallPaper, next_step
from onedoor.items.rules.facts import for_situation
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import NotFound, Refused
from onedoor.registries import queries as registries
from onedoor.ui.cases import state_tag

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from onedoor.hall.rules import Taken, Visit
    from onedoor.kernel.actor import Actor

_NOT_HERE = {Paper.RECEIPT, Paper.INTAKE}  # the receipt of the visit says it all


def frame(request: HttpRequest, known: Visit) -> dict[str, object]:
    """What every page of a visit shows: for whom, by whom."""
    return {
        "rail": rail(request),
        "visit": known.token,
        "known": known,
        "applicant": registries.party(known.applicant),
        "stands": None if known.applicant == known.stands else registries.party(known.stands),
        "in_person": known.in_person,
    }


@require_safe
@clerks_only
def receipt(request: HttpRequest, visit: str, key: str = "") -> HttpResponse:
    """已收件: everything of this visit; the item handed in last stands first."""
    by, at = clerk_of(request), timezone.now()
    known, on = queries.visit(visit, by=by, at=at), local_date(at)
    if not known.taken or (key and cases.receipt_of(key, by=by) is None):
        raise NotFound(_("没有这次收件的记录。请在“查询”里按办件编号查找。"))
    context = {
        **frame(request, known),
        "to_return": any(taken.to_return for taken in known.taken),
        "lines": [_line(taken, by=by, on=on) for taken in reversed(known.taken)],
        "hall_papers": queries.papers(known, by=by, on=on),
    }
    return render(request, "desk/window/receipt.html", context)


def _line(taken: Taken, *, by: Actor, on: date) -> dict[str, object]:
    page = cases.case_page(taken.case, by=by, on=on)
    return {
        "taken": taken,
        "case": page.case,
        "state": state_tag(page.case.state, page.case.outcome),
        "receipt": cases.receipt_of(taken.key, by=by) if taken.key else None,
        "next": next_step(page.case, organ=page.item.organ_name, due=page.clocks[0].due.date if page.clocks else None),
        "who_next": [turn.words for turn in turns(page, by=by, on=on)],
        "fees": for_situation(page.item, page.answers or {}).fees,
        "papers": [(each, PAPER_NAMES[each]) for each in given(page.facts) if each not in _NOT_HERE],
    }


@require_safe
@clerks_only
def paper(request: HttpRequest, visit: str, kind: str, *, number: str = "") -> HttpResponse:
    """One paper of the visit as PDF."""
    by, at = clerk_of(request), timezone.now()
    if kind not in set(HallPaper):
        raise NotFound(_("没有这种文书。"))
    known = queries.visit(visit, by=by, at=at)
    pdf = queries.paper(known, HallPaper(kind), number, by=by, on=local_date(at))
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{kind}-{number or known.number}.pdf"'
    return answer


@require_POST
@clerks_only
def give_back(request: HttpRequest, visit: str) -> HttpResponse:
    """退还原件 of earlier visits, into the hand of whoever stands here."""
    ticked: dict[tuple[str, str], list[str]] = {}
    for text in request.POST.getlist("returned"):
        number, case, key = [*text.split(":", 2), "", ""][:3]
        ticked.setdefault((number, case), []).append(key)
    try:
        commands.return_originals(visit, by=clerk_of(request), at=timezone.now(), materials=ticked)
    except Refused as fault:
        messages.error(request, fault.message)
    else:
        messages.success(request, _("原件已经当面退还，已记入。"))
    return redirect("desk:window_items", visit=visit)


@require_POST
@clerks_only
def close(request: HttpRequest, visit: str) -> HttpResponse:
    """退还原件, and on to the next person. A second press changes nothing."""
    by = clerk_of(request)
    returned: dict[str, list[str]] = {}
    for text in request.POST.getlist("returned"):
        number, _colon, key = text.partition(":")
        returned.setdefault(number, []).append(key)
    try:
        commands.close_visit(visit, by=by, at=timezone.now(), returned=returned)
    except Refused as fault:
        messages.error(request, fault.message)
        return redirect("desk:window_visit", visit=visit)
    messages.success(request, _("接待结束，已记入。请接待下一位。"))
    return redirect("desk:window")
