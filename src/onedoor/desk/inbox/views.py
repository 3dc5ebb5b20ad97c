"""One inbox for all posts of an officer, what is asked of it, and the search over what the officer may see."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from onedoor.cases import commands, queries
from onedoor.cases.queries import Sought
from onedoor.cases.rules.docket import Wanted, wanted
from onedoor.cases.rules.phases import OUTCOME_NAMES, STATE_NAMES
from onedoor.cases.rules.values import Outcome, State
from onedoor.desk.frame import actor_of, rail, staff_only, told
from onedoor.desk.inbox.asking import asked, panel
from onedoor.desk.inbox.rows import lines, listed_name
from onedoor.desk.owed import INBOX, owed
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import Invalid, Refused

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LONGEST_QUERY = 60
SIZE = 50


@require_safe
@staff_only
def inbox(request: HttpRequest) -> HttpResponse:
    """待办 by alarm: the most urgent first, narrowed by what the address asks."""
    actor, today, want = actor_of(request), local_date(timezone.now()), asked(request)
    number = page_of(request)
    rows = queries.inbox(by=actor, want=want, on=today, start=(number - 1) * SIZE, size=SIZE)
    waiting = owed(actor)
    everything = next((one.count for one in waiting if one.route == INBOX), 0)
    size = everything if want == Wanted() else queries.inbox_size(by=actor, want=want, on=today)
    context = {
        "rail": rail(request, waiting),
        "beside": [(one.label, reverse(one.route), one.count) for one in waiting if one.route != INBOX],
        "rows": lines(rows, today=today, by=actor),
        "want": want,
        "q": want.q,
        "size": size,
        "page": number,
        "more": number * SIZE < size,
        **panel(want, by=actor, on=today),
    }
    return render(request, "desk/inbox/inbox.html", context)


@require_POST
@staff_only
def filters(request: HttpRequest) -> HttpResponse:
    """Keep the conditions that stand in the form under a name, or forget a name."""
    actor, name = actor_of(request), request.POST.get("name", "")
    want = wanted(request.POST.dict())
    try:
        if "drop" in request.POST:
            commands.drop_filter(request.POST["drop"].replace("\0", ""), by=actor)
            want = wanted({})
        else:
            commands.save_filter(name, want, by=actor)
            messages.success(request, _("已保存为常用筛选。"))
    except (Invalid, Refused) as fault:
        messages.error(request, told(fault))
    return redirect(f"/desk/?{urlencode(want.given())}")


@require_safe
@staff_only
def search(request: HttpRequest) -> HttpResponse:
    """查询: the cases that this officer may see, the latest first."""
    actor, sought = actor_of(request), sought_in(request)
    found = queries.search(sought, by=actor, page=page_of(request))
    rows = [
        {
            "row": row,
            "name": listed_name(row),
            "state": OUTCOME_NAMES[Outcome(row.outcome)] if row.outcome else STATE_NAMES[State(row.state)],
        }
        for row in found.rows
    ]
    given = {name: value for name in ("q", "item", "state", "since", "until") if (value := request.GET.get(name))}
    context = {
        "rail": rail(request),
        "rows": rows,
        "found": found,
        "sought": sought,
        "items": queries.searchable_items(by=actor),
        "states": [("open", _("全部在办")), *((state.value, name) for state, name in STATE_NAMES.items())],
        "rest": urlencode(given),
    }
    return render(request, "desk/inbox/search.html", context)


def sought_in(request: HttpRequest) -> Sought:
    """What the address looks for; a day that is none is not asked."""

    def text(name: str) -> str:
        return request.GET.get(name, "").replace("\0", "").strip()[:LONGEST_QUERY]

    sought = Sought(q=text("q"), item=text("item"), state=text("state"))
    return replace(sought, since=_day(text("since")), until=_day(text("until")))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def page_of(request: HttpRequest) -> int:
    """The page that the address names; the first where it names none."""
    text = request.GET.get("page", "")
    return max(1, int(text)) if text.isdecimal() and len(text) < 5 else 1
