"""大厅服务规范: the norms of service as a list to walk through one hall with, on the screen and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.views.decorators.http import require_safe

from onedoor.desk.standards.door import asked, page, standards_only
from onedoor.hall import queries as hall
from onedoor.orgs import queries as orgs
from onedoor.orgs.rules import SiteKind

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@standards_only
def norms(request: HttpRequest) -> HttpResponse:
    """All norms; with a hall chosen, its own sheet for this month."""
    today, code = timezone.localdate(), asked(request, "site")
    halls = [site for site in orgs.sites(today) if site.kind is not SiteKind.VILLAGE_STATION]
    context = {
        "norms": hall.norms(),
        "halls": halls,
        "place": next((site for site in halls if site.code == code), None),
        "month": today,
    }
    return page(request, "norms", context, tab="norms")
