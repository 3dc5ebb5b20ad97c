"""Places where people are served."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from onedoor.kernel.errors import NotFound
from onedoor.orgs import models, rules
from onedoor.orgs.queries.rows import as_state, in_force


def site(code: str, on: date) -> rules.Site:
    """One place with its state on a day; NotFound otherwise."""
    found = _sites(models.Site.objects.filter(code=code), on)
    if not found:
        raise NotFound(f"没有编号为 {code} 的办事场所。请核对编号。")
    return found[0]


def sites(on: date, *, kind: rules.SiteKind | None = None, within: str = "") -> tuple[rules.Site, ...]:
    """The places of an area (by prefix) with their state on a day, by code."""
    rows = models.Site.objects.filter(area__startswith=within)
    return _sites(rows.filter(kind=kind) if kind else rows, on)


def _sites(rows: QuerySet[models.Site], on: date) -> tuple[rules.Site, ...]:
    states = models.SiteState.objects.filter(in_force(on), site__in=rows).prefetch_related("devices")
    by_site = {state.site_id: as_state(state) for state in states}
    ordered = rows.select_related("organ", "parent").order_by("area", "code")
    return tuple(
        rules.Site(
            r.code,
            r.name,
            rules.SiteKind(r.kind),
            r.area,
            r.organ.code if r.organ else None,
            r.parent.code if r.parent else None,
            by_site.get(r.id),
        )
        for r in ordered
    )
