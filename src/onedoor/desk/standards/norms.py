"""大厅服务规范: the norms of service as a list to walk through one hall with; what was seen is recorded by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from onedoor.desk.frame import actor_of
from onedoor.desk.standards.door import asked, page, standards_only
from onedoor.hall import commands
from onedoor.hall import queries as hall
from onedoor.hall.rules.norms import Answer
from onedoor.kernel.actor import Target
from onedoor.kernel.errors import Invalid, NotFound
from onedoor.orgs import queries as orgs
from onedoor.orgs.rules import SiteKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from onedoor.hall.rules.norms import Norm
    from onedoor.kernel.actor import Actor
    from onedoor.orgs.rules import Site

Row = tuple["Norm", Answer, str]


@require_http_methods(["GET", "HEAD", "POST"])
@standards_only
def norms(request: HttpRequest) -> HttpResponse:
    """All norms; with a hall chosen, its own sheet for this month, to fill in or to print, and the last months."""
    today, code = timezone.localdate(), asked(request, "site")
    halls = [site for site in orgs.sites(today) if site.kind is not SiteKind.VILLAGE_STATION]
    place = next((site for site in halls if site.code == code), None)
    if request.method == "POST":
        return _record(request, halls, place)
    return _show(request, halls, place, rows=[(norm, Answer(None), "") for norm in hall.norms()])


def _show(
    request: HttpRequest, halls: Sequence[Site], place: Site | None, *, rows: Sequence[Row], status: int = 200
) -> HttpResponse:
    context = {
        "rows": rows,
        "halls": halls,
        "place": place,
        "month": timezone.localdate(),
        "may_record": place is not None and _may(actor_of(request), place),
        "checks": hall.self_checks(place.code) if place else (),
        "faults": any(fault for _norm, _answer, fault in rows),
    }
    return page(request, "norms", context, tab="norms", status=status)


def _may(by: Actor, site: Site) -> bool:
    target = Target(frozenset({site.organ} if site.organ else ()), site.area)
    return any(by.may(act, target) for act in commands.CHECKING)


def _record(request: HttpRequest, halls: Sequence[Site], place: Site | None) -> HttpResponse:
    if place is None:
        raise NotFound(_("没有这个办事场所，请重新选择。"))
    answers = {norm.key: _answer(request, norm) for norm in hall.norms()}
    try:
        commands.record_self_check(place, answers, by=actor_of(request), at=timezone.now())
    except Invalid as fault:
        told = {error.field: error.message for error in fault.errors}
        rows = [(norm, answers[norm.key], told.get(norm.key, "")) for norm in hall.norms()]
        return _show(request, halls, place, rows=rows, status=422)
    messages.success(request, _("已记下%(name)s这个月的自查。") % {"name": place.name})
    return redirect(f"{reverse('desk:standards_norms')}?site={place.code}")


def _answer(request: HttpRequest, norm: Norm) -> Answer:
    said = {"yes": True, "no": False}.get(request.POST.get(f"kept-{norm.key}", ""))
    return Answer(said, request.POST.get(f"note-{norm.key}", "").replace("\0", "").strip())
