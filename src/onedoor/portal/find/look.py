"""我要看: notices, what changed lately in the guides, and where to go in person. All public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from onedoor.items import queries
from onedoor.items.rules import diff
from onedoor.kernel.clock import local_date
from onedoor.orgs import queries as orgs
from onedoor.orgs.rules import SiteKind, SiteRole, SiteStatus
from onedoor.portal.find import labels
from onedoor.ui.parts import Tag, Tone

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from onedoor.items.rules import Change
    from onedoor.orgs.rules import Site

LATEST = 12
MOST_FIELDS = 4  # of one change, in words; the guide itself shows the rest
STATES = {
    SiteStatus.OPEN: (gettext_lazy("已启用"), Tone.GO),
    SiteStatus.BUILDING: (gettext_lazy("还在建"), Tone.WAIT),
    SiteStatus.PLANNED: (gettext_lazy("规划中"), Tone.NONE),
    SiteStatus.CLOSED: (gettext_lazy("已停用"), Tone.STOP),
}
ROLES = {
    SiteRole.FULL: gettext_lazy("可以受理、领结果"),
    SiteRole.RECEIPT: gettext_lazy("可以交材料，由工作人员转递"),
    SiteRole.AGENCY: gettext_lazy("工作人员帮办代办"),
}


@dataclass(frozen=True, slots=True)
class Update:
    """A guide that is new, or a newer version of one: since when, and what changed."""

    code: str
    name: str
    organ_name: str
    on: date
    number: int
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to go to, as of today."""

    name: str
    tag: Tag | None
    role: str
    address: str
    hours: str
    phone: str


@require_safe
def look(request: HttpRequest) -> HttpResponse:
    """Notices first, then the latest changes of guides, then the ways to everything else that is public."""
    context = {"notices": settings.SITE.get("notices", ()), "updates": updates(), "hall": _hall()}
    return render(request, "portal/find/look.html", context)


def updates(limit: int = LATEST) -> tuple[Update, ...]:
    """The guides that came into force last, one line per item however many organs offer it."""
    families = {summary.code[19:]: summary.code for summary in queries.catalogue()}
    offered = sorted(map(queries.published, families.values()), key=lambda v: (v.effective_from, v.id), reverse=True)
    return tuple(_update(version.code) for version in offered[:limit])


def _update(code: str) -> Update:
    *_, before, now = (None, *queries.history(code))
    assert now is not None  # noqa: S101  # it is offered
    changed = in_words(diff(before, now)) if before else ()
    return Update(code, now.name, now.organ_name, now.effective_from, now.number, changed)


def in_words(changes: Iterable[Change]) -> tuple[str, ...]:
    """Which parts of a guide changed, each once, as citizens call them."""
    found = dict.fromkeys(labels.PARTS.get(change.field.partition(".")[0].partition("[")[0], "") for change in changes)
    return tuple(str(word) for word in found if word)[:MOST_FIELDS]


@require_safe
def halls(request: HttpRequest) -> HttpResponse:
    """The hall, its sub-centres and the township centres: address, hours, telephone."""
    found = orgs.sites(local_date(timezone.now()))
    kinds = {kind: [site for site in found if site.kind is kind] for kind in SiteKind}
    context = {
        "hall": [_spot(site) for site in (*kinds[SiteKind.COUNTY_HALL], *kinds[SiteKind.SUB_CENTRE])],
        "centres": [(_spot(site), site.area) for site in kinds[SiteKind.TOWNSHIP_CENTRE]],
    }
    return render(request, "portal/find/halls.html", context)


def _hall() -> Spot | None:
    found = orgs.sites(local_date(timezone.now()), kind=SiteKind.COUNTY_HALL)
    return _spot(found[0]) if found else None


def _spot(site: Site) -> Spot:
    state = site.state
    if state is None:
        return Spot(site.name, None, "", "", "", "")
    words, tone = STATES[state.status]
    role = str(ROLES[state.role]) if state.status is SiteStatus.OPEN else ""
    return Spot(site.name, Tag(str(words), tone), role, state.address, state.opening_hours, state.phone)
