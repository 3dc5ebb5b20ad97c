"""The case page and its acts. A refused act shows the page again with what is wrong and what was typed."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from onedoor.cases import commands, queries
from onedoor.cases.rules.papers import Paper
from onedoor.cases.rules.phases import OUTCOME_NAMES, STATE_NAMES
from onedoor.cases.rules.tasks import target_of
from onedoor.desk.frame import actor_of, rail, staff_only
from onedoor.desk.inbox.rows import lines
from onedoor.desk.review.acts import Posted, perform
from onedoor.desk.review.offers import Offer, offers, outcome_names
from onedoor.kernel.clock import GROUND_NAMES, local_date
from onedoor.kernel.errors import FieldError, Invalid, NotFound, Refused
from onedoor.ui import cases as parts
from onedoor.vault import queries as vault
from onedoor.vault import rules as vault_rules
from onedoor.vault.queries import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from onedoor.cases.queries import CasePage

TABS = {"application": "申请与材料", "story": "经过", "clocks": "时限", "papers": "文书"}


@require_safe
@staff_only
def case(request: HttpRequest, number: str) -> HttpResponse:
    """One case: application left, act right."""
    return _show(request, number)


@require_POST
@staff_only
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Do one act; then back to the case, or to the inbox when nothing is left to do on it."""
    posted = Posted(number, actor_of(request), timezone.now(), request.POST)
    try:
        perform(act, posted)
    except Invalid as fault:
        return _show(request, number, errors=fault.errors, status=422)
    except Refused as fault:
        basis = f"（{fault.article}）" if fault.article else ""
        return _show(request, number, errors=(FieldError("", fault.message + basis),), status=422)
    messages.success(request, gettext("已办理，并记入办件经过。"))
    return redirect("desk:case", number=number)


def _show(request: HttpRequest, number: str, *, errors: Sequence[FieldError] = (), status: int = 200) -> HttpResponse:
    actor, today = actor_of(request), local_date(timezone.now())
    page = queries.case_page(number, by=actor, on=today)
    offered = offers(page, by=actor)
    tab = request.GET.get("tab", "")
    context = {
        "rail": rail(request),
        "rows": lines(queries.inbox(by=actor), today=today, current=number),
        "page": page,
        "case": page.case,
        "state": _state_name(page),
        "offers": offered,
        "open": _open(request, offered),
        "tabs": TABS,
        "tab": tab if tab in TABS else "application",
        "clocks": (*parts.step_boxes(page, on=today), *parts.clock_boxes(page)),
        "accounts": parts.accounts(page, on=today) if tab == "clocks" else (),
        "facts": parts.answer_facts(page),
        "materials": parts.material_rows(page),
        "moments": parts.moments(page, officers=True),
        "papers": parts.papers(page),
        "done": [step for step in page.steps if step.key in page.case.results],
        "grounds": [(allowed.ground, GROUND_NAMES[allowed.ground]) for allowed in page.item.clock.grounds],
        "outcomes": outcome_names(page).items(),
        "basis": page.item.basis[0].law if page.item.basis else "",
        "earliest_end": today + timedelta(days=1),
        "errors": errors,
        "typed": defaultdict(str, request.POST.dict()),
        "q": "",
    }
    return render(request, "desk/review/case.html", context, status=status)


def _state_name(page: CasePage) -> str:
    return OUTCOME_NAMES[page.case.outcome] if page.case.outcome else STATE_NAMES[page.case.state]


def _open(request: HttpRequest, offered: Sequence[Offer]) -> str:
    """The act whose form stands open: the one just refused, or the first."""
    typed = request.POST.get("offer", "")
    return typed if typed in {offer.id for offer in offered} else offered[0].id if offered else ""


@require_safe
@staff_only
def file(request: HttpRequest, number: str, *, material: str, file: str) -> FileResponse:
    """Open one file of the case; that it was opened is a fact of the case."""
    actor, now = actor_of(request), timezone.now()
    held = commands.open_material(number, by=actor, at=now, material=material, file=file)
    stored, content = vault.open_file(file, by=actor, place=Place(f"case:{held.id}", target_of(held)))
    return FileResponse(content, headers=vault_rules.serving_headers(stored, inline=True))


@require_safe
@staff_only
def paper(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """One document of the case as PDF/A."""
    if kind not in set(Paper):
        raise NotFound("没有这种文书。")
    pdf = queries.paper(number, Paper(kind), by=actor_of(request))
    return HttpResponse(pdf, content_type="application/pdf")
