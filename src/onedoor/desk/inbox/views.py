"""One inbox for all posts of an officer, and the search over what the officer may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onedoor.cases import queries
from onedoor.cases.rules.phases import OUTCOME_NAMES, STATE_NAMES
from onedoor.cases.rules.values import Outcome, State
from onedoor.desk.frame import actor_of, rail, staff_only
from onedoor.desk.inbox.rows import lines, listed_name
from onedoor.kernel.clock import local_date

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LONGEST_QUERY = 60


@require_safe
@staff_only
def inbox(request: HttpRequest) -> HttpResponse:
    """待办, the most urgent first."""
    q = _query(request)
    rows = queries.inbox(by=actor_of(request), text=q)
    context = {"rail": rail(request), "rows": lines(rows, today=local_date(timezone.now())), "q": q}
    return render(request, "desk/inbox/inbox.html", context)


@require_safe
@staff_only
def search(request: HttpRequest) -> HttpResponse:
    """查询: the cases that this officer may see, the latest first."""
    q = _query(request)
    found = queries.listing(by=actor_of(request), text=q)
    rows = [
        {
            "row": row,
            "name": listed_name(row),
            "state": OUTCOME_NAMES[Outcome(row.outcome)] if row.outcome else STATE_NAMES[State(row.state)],
        }
        for row in found
    ]
    return render(request, "desk/inbox/search.html", {"rail": rail(request), "rows": rows, "q": q})


def _query(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY]
