"""Reads of figures. Everything starts from what the actor oversees; behind a figure stand only cases they may open."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet, Sum

from onedoor.cases import queries as cases
from onedoor.items import queries as items
from onedoor.kernel.actor import Act, Actor, Grant
from onedoor.kernel.errors import NotFound
from onedoor.orgs import queries as orgs
from onedoor.orgs.rules import Authorisation, OrganKind, PostKind, SiteStatus
from onedoor.relay import queries as relays
from onedoor.relay.queries import Late
from onedoor.supervision import models
from onedoor.supervision.rules import (
    ACTS,
    Adoption,
    Authorised,
    Figures,
    Measure,
    OutOfHall,
    out_of_hall,
    same_site,
    standing,
)

PAGE = 50
COPY_SECONDS = 30.0
MANNED = frozenset({PostKind.WINDOW, PostKind.CHIEF})


@dataclass(frozen=True, slots=True)
class Behind:
    """One page of the cases behind a figure; ``hidden`` were counted but may not be opened by this actor."""

    rows: tuple[tuple[date, cases.Row], ...]
    total: int
    hidden: int
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _County:
    """Posts, places and 授权书 of a day, as this process last read them."""

    on: date
    read_at: float
    open_sites: frozenset[str]
    manned: frozenset[str]
    chiefs: Mapping[str, frozenset[int]]
    papers: Mapping[str, tuple[Authorisation, ...]]
    townships: frozenset[str]


_held: list[_County] = []


def oversees(by: Actor) -> bool:
    """Whether this actor oversees anything at all."""
    return any(_overseeing(grant) for grant in by.grants)


def require(by: Actor) -> None:
    """Raise NotFound for whoever oversees nothing: for them the page does not exist."""
    if not oversees(by):
        raise NotFound("没有这个页面。")


def _overseeing(grant: Grant) -> bool:
    """Overseeing comes with looking, and with all items: figures are sums over cases that may be opened."""
    return {Act.OVERSEE, Act.VIEW} <= grant.acts and grant.items is None


def _seen(by: Actor) -> Q:
    seen = Q(pk__in=[])
    for grant in by.grants:
        if _overseeing(grant):
            seen |= Q(area__startswith=grant.area) & (Q(organ=grant.organ) if grant.organ else Q())
    return seen


def organs_of(by: Actor, on: date) -> tuple[tuple[str, str], ...]:
    """The organs that this actor oversees, code and short name, in the order of the county's list."""
    grants = [grant for grant in by.grants if _overseeing(grant)]
    return tuple(
        (organ.code, organ.short_name)
        for organ in orgs.organs(on)
        if any(g.organ in {None, organ.code} and organ.area.startswith(g.area) for g in grants)
    )


def _daily(by: Actor, span: tuple[date, date]) -> QuerySet[models.Daily]:
    return models.Daily.objects.filter(_seen(by), day__range=span)


def figures(*, by: Actor, span: tuple[date, date]) -> tuple[Figures, ...]:
    """收件、受理、办结、超期、退回 by organ, organs with nothing to show included."""
    require(by)
    sums = _daily(by, span).values_list("organ", "measure").annotate(n=Sum("count"))
    by_organ: dict[str, dict[Measure, int]] = defaultdict(dict)
    for organ, measure, n in sums:
        by_organ[organ][Measure(measure)] = n
    listed = dict.fromkeys([code for code, _ in organs_of(by, span[1])] + list(by_organ))
    return tuple(Figures(code, by_organ.get(code, {})) for code in listed)


def adoption(counted: Sequence[Figures], *, by: Actor, span: tuple[date, date]) -> tuple[Adoption, ...]:
    """How the acts of each organ came into the journal, and how long those took that could be measured; 一人兼任.

    ``counted``: what ``figures`` tells the same actor of the same days.
    """
    paces: dict[str, dict[int, int]] = defaultdict(dict)
    held = models.Pace.objects.filter(_seen(by), day__range=span)
    for organ, bound, n in held.values_list("organ", "bound").annotate(n=Sum("count")):
        paces[organ][bound] = n
    told = (*ACTS, Measure.MERGED)
    return tuple(Adoption(f.organ, {m: f[m] for m in told}, paces.get(f.organ, {})) for f in counted)


def days(*, by: Actor, span: tuple[date, date]) -> tuple[tuple[date, Mapping[Measure, int]], ...]:
    """Sums day by day over everything overseen, empty days included."""
    require(by)
    found: dict[date, dict[Measure, int]] = defaultdict(dict)
    for day, measure, n in _daily(by, span).values_list("day", "measure").annotate(n=Sum("count")):
        found[day][Measure(measure)] = n
    length = (span[1] - span[0]).days + 1
    return tuple((day, found.get(day, {})) for day in (span[0] + timedelta(days=i) for i in range(length)))


def behind(
    *,
    by: Actor,
    measures: Sequence[Measure],
    span: tuple[date, date],
    organ: str = "",
    start: int = 0,
    size: int = PAGE,
) -> Behind:
    """The cases behind a figure, the latest first; an act stands for its case as often as it was done."""
    require(by)
    found = models.Tally.objects.filter(_seen(by), measure__in=measures, day__range=span)
    if organ:
        found = found.filter(organ=organ)
    page = list(found.order_by("-day", "-fact").values_list("day", "case")[start : start + size + 1])
    rows = cases.rows_of([case for _, case in page[:size]], by=by)
    shown = tuple((day, rows[case]) for day, case in page[:size] if case in rows)
    return Behind(shown, found.count(), len(page[:size]) - len(shown), more=len(page) > size)


def outside_hall(*, by: Actor, on: date) -> tuple[OutOfHall, ...]:
    """应进未进: published items of the organs overseen that are not in the hall, with every reason."""
    require(by)
    overseen = dict(organs_of(by, on))
    here, found = _county(on), []
    for line in items.catalogue():
        if line.organ not in overseen:
            continue
        staffed = line.one_window or line.organ in here.manned
        reasons = out_of_hall(in_hall=line.in_hall, staffed=staffed, sites=line.sites, open_sites=here.open_sites)
        if reasons:
            found.append(OutOfHall(line.code, line.name, line.organ, line.organ_name, reasons))
    return tuple(found)


def authorised(*, by: Actor, on: date) -> tuple[Authorised, ...]:
    """授权到位: every organ overseen that has items, townships apart, with its holders and 授权书 today.

    A township decides in its own house and has no such post.
    """
    require(by)
    owned: dict[str, int] = defaultdict(int)
    for line in items.catalogue():
        owned[line.organ] += 1
    here, found = _county(on), []
    for code, name in organs_of(by, on):
        if owned[code] and code not in here.townships:
            chiefs = here.chiefs.get(code, frozenset())
            until, soon = standing(here.papers.get(code, ()), chiefs=chiefs, on=on)
            found.append(Authorised(code, name, owned[code], len(chiefs), until, soon))
    return tuple(found)


def late_relays(*, by: Actor, on: date) -> tuple[Late, ...]:
    """异地代收 that waits too long, in the places overseen as a whole: it belongs to a window, not to an organ."""
    require(by)
    places = {grant.area for grant in by.grants if _overseeing(grant) and grant.organ is None}
    found = {one.number: one for place in sorted(places) for one in relays.late_within(place, on=on)}
    return tuple(found.values())


def forget() -> None:
    """Look again at the next read."""
    _held.clear()


def _county(on: date) -> _County:
    """Who and what is in the halls, as fresh as 30 seconds."""
    held = next(iter(_held), None)
    if held is None or held.on != on or time.monotonic() - held.read_at > COPY_SECONDS:
        held = _read_county(on)
        _held[:] = [held]
    return held


def _read_county(on: date) -> _County:
    posts = {post.code: post for post in orgs.posts(on=on)}
    held = [(posts[row.post], row.staff) for row in orgs.assignments() if row.post in posts and row.period.holds(on)]
    chiefs, papers = defaultdict(set), defaultdict(list)
    for post, staff in held:
        if post.kind is PostKind.CHIEF:
            chiefs[post.organ].add(staff)
    for paper in orgs.authorisations(on=on):
        papers[paper.organ].append(paper)
    open_ = (site for site in orgs.sites(on) if site.state and site.state.status is SiteStatus.OPEN)
    return _County(
        on=on,
        read_at=time.monotonic(),
        open_sites=frozenset(same_site(site.name) for site in open_),
        manned=frozenset(post.organ for post, _ in held if post.kind in MANNED),
        chiefs={organ: frozenset(staff) for organ, staff in chiefs.items()},
        papers={organ: tuple(rows) for organ, rows in papers.items()},
        townships=frozenset(organ.code for organ in orgs.organs(on) if organ.kind is OrganKind.TOWNSHIP),
    )
