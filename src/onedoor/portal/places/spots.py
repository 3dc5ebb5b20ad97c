"""A township or a village as its page shows it: where, when, whom to ask, and what is done there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.agency.rules import Here, Offer, Role, what_here
from onedoor.areas import queries as areas
from onedoor.areas.rules import VILLAGE_LEVEL, Division
from onedoor.items import queries as items
from onedoor.items.rules.codes import Audience
from onedoor.kernel.errors import NotFound
from onedoor.orgs import queries as orgs
from onedoor.orgs.rules import SiteKind, SiteStatus

if TYPE_CHECKING:
    from onedoor.items.queries import Summary
    from onedoor.orgs.rules import Organ, Site

KINDS = frozenset({SiteKind.TOWNSHIP_CENTRE, SiteKind.VILLAGE_STATION})
ROLE_WORDS = {
    Role.FULL: gettext_lazy("受理点：当场受理、出件"),
    Role.RECEIPT: gettext_lazy("收件点：收下材料，转给乡镇"),
    Role.AGENCY: gettext_lazy("代办点：替您填写、递交"),
    Role.NONE: gettext_lazy("现在没有开放"),
}
STATUS_WORDS = {
    SiteStatus.BUILDING: gettext_lazy("在建，还没有完工"),
    SiteStatus.PLANNED: gettext_lazy("规划中，还没有建"),
    SiteStatus.CLOSED: gettext_lazy("已停用"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One item at this place."""

    code: str
    name: str
    organ_name: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Everything that the page of a place shows. ``namesakes``: other places of the same name, with their township."""

    division: Division
    path: str
    full_name: str
    site: Site | None
    role: Role
    role_words: str
    trouble: str
    government: Organ | None
    centre: Site | None
    handled: tuple[Line, ...]
    receipt: tuple[Line, ...]
    agency: tuple[Line, ...]
    namesakes: tuple[str, ...]

    @property
    def village(self) -> bool:
        """Whether this is a village or a community."""
        return self.division.level == VILLAGE_LEVEL


def spot(area: str, on: date) -> Spot:
    """The place of an area code; NotFound above the township."""
    here = areas.division(area)
    if here.level < VILLAGE_LEVEL - 1:
        raise NotFound(_("这里只有乡镇和村（社区）的页面。"))
    found = {one.area: one for one in orgs.sites(on, within=here.code[:9]) if one.kind in KINDS}
    site = found.get(here.code)
    role, trouble = _role(site)
    government = orgs.township_government(here.code)
    village = here.level == VILLAGE_LEVEL
    catalogue = {line.code: line for line in items.catalogue(items.Filters())}
    what = what_here(map(_offer, catalogue.values()), role=role, village=village, government=government)
    return Spot(
        division=here,
        path=areas.path(here.code),
        full_name=areas.full_name(here.code),
        site=site,
        role=role,
        role_words=str(ROLE_WORDS[role]),
        trouble=trouble,
        government=orgs.organ(government) if government else None,
        centre=found.get(f"{here.code[:9]}000") if village else None,
        handled=_lines(catalogue.values(), what, Here.HANDLED),
        receipt=_lines(catalogue.values(), what, Here.RECEIPT),
        agency=_lines(catalogue.values(), what, Here.AGENCY),
        namesakes=tuple(areas.path(one.code) for one in areas.namesakes(here.code)),
    )


def _role(site: Site | None) -> tuple[Role, str]:
    if site is None or site.state is None:
        return Role.NONE, _("还没有登记这里的服务站，请到乡镇为民服务中心办理。")
    if site.state.status is not SiteStatus.OPEN:
        return (Role(site.state.role) if site.state.note else Role.NONE), str(STATUS_WORDS[site.state.status])
    return Role(site.state.role), ""


def _offer(line: Summary) -> Offer:
    version = items.version(line.id)
    personal = Audience.PERSON in version.audiences
    return Offer(line.code, line.organ, line.level, version.agent and personal)


def _lines(catalogue: Iterable[Summary], what: dict[str, Here], wanted: Here) -> tuple[Line, ...]:
    rows = (Line(one.code, one.name, one.organ_name) for one in catalogue if what.get(one.code) is wanted)
    return tuple(sorted(rows, key=lambda row: (row.name, row.organ_name)))
