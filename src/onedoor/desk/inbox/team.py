"""An organ as a team: its whole docket for 首席代表 and leaders, absences and AB 岗 for everybody."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.areas import queries as areas
from onedoor.cases import queries
from onedoor.cases.queries.docket import PAGE
from onedoor.desk.frame import actor_of, rail, staff_only, told
from onedoor.desk.inbox.asking import organ_name
from onedoor.desk.inbox.rows import how_urgent, listed_name, post_name
from onedoor.desk.inbox.views import page_of
from onedoor.kernel.actor import Act
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from onedoor.orgs import commands as orgs_commands
from onedoor.orgs import queries as orgs
from onedoor.orgs.rules import Period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse, QueryDict

    from onedoor.cases.queries import DocketRow
    from onedoor.kernel.actor import Actor


@require_safe
@staff_only
def docket(request: HttpRequest) -> HttpResponse:
    """本机关全部在办 by alarm: who owes what, in whose hands."""
    actor, today, number = actor_of(request), local_date(timezone.now()), page_of(request)
    organs = sorted({grant.organ for grant in actor.grants if grant.organ and Act.VIEW in grant.acts})
    asked = request.GET.get("organ", "")
    organ = asked if asked in organs else organs[0] if organs else ""
    rows, size = queries.docket(organ, by=actor, page=number)
    holders = orgs.names_of({holder for row in rows for *_, holder in row.tasks})
    context = {
        "rail": rail(request),
        "rows": [_shown(row, today, holders) for row in rows],
        "silences": queries.nearing(organ, by=actor, on=today) if number == 1 else (),
        "size": size,
        "organs": [(code, organ_name(code)) for code in organs],
        "organ": organ,
        "page": number,
        "more": number * PAGE < size,
    }
    return render(request, "desk/inbox/docket.html", context)


def _shown(found: DocketRow, today: date, holders: Mapping[str, str]) -> dict[str, object]:
    row = found.row
    tone, left = how_urgent(row.due, today, areas.calendar(row.area))
    owed = [
        f"{name}（{holders.get(holder, '') if holder else organ_name(organ)}）"
        for name, organ, _, holder in found.tasks
    ]
    return {"row": row, "name": listed_name(row), "tone": tone, "left": left, "owed": "、".join(owed) or _("等申请人")}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def absence(request: HttpRequest) -> HttpResponse:
    """离岗与顶岗: announce one's own absence, come back early, see who covers whom."""
    actor = actor_of(request)
    if request.method == "POST":
        try:
            _announce(request.POST, by=actor)
        except (Invalid, Refused) as fault:
            messages.error(request, told(fault))
        except (Conflict, Forbidden, NotFound) as fault:
            messages.error(request, fault.message)
        else:
            messages.success(request, _("已登记。"))
        return redirect("desk:absence")
    today = local_date(timezone.now())
    context = {"rail": rail(request), "today": today, "person": orgs.staff_by_account(actor.ref), **_team(actor, today)}
    return render(request, "desk/inbox/absence.html", context)


def _announce(data: QueryDict, *, by: Actor) -> None:
    back = data.get("back", "")
    if back.isdecimal() and len(back) < 10:
        orgs_commands.come_back(int(back), by=by, at=timezone.now())
        return
    first, last = _day(data.get("from", "")), _day(data.get("to", ""))
    today = local_date(timezone.now())
    orgs_commands.announce_absence(
        period=Period(first or today, last), reason=data.get("reason", "").strip()[:120], by=by, at=timezone.now()
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _team(by: Actor, today: date) -> dict[str, object]:
    person = orgs.staff_by_account(by.ref)
    if person is None:
        return {"mine": (), "pairs": ()}
    away = {absence.staff: absence for absence in orgs.absences(on=today)}
    pairs = []
    for pair in orgs.covers_of():
        if person.id not in {pair.staff_a, pair.staff_b} or not pair.period.holds(today):
            continue
        other = orgs.staff(pair.staff_b if pair.staff_a == person.id else pair.staff_a)
        pairs.append({"post": post_name(pair.post), "other": other.name, "away": away.get(other.id)})
    mine = [one for one in orgs.absences(staff_id=person.id) if one.period.last is None or one.period.last >= today]
    return {"mine": mine, "pairs": pairs}
