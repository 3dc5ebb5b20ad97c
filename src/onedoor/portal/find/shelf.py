"""The catalogue as people browse it: facets with counts, one line per item however many organs offer it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onedoor.areas import queries as areas
from onedoor.items import queries
from onedoor.items.queries import Filters
from onedoor.items.rules.search import family_of
from onedoor.portal.find import labels
from onedoor.ui.parts import Link

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
    from typing import Any

    from django_stubs_ext import StrOrPromise

    from onedoor.items.queries import Summary
    from onedoor.items.rules.search import Hit, Region

Code = TypeVar("Code", bound=StrEnum)
Made = TypeVar("Made")
Families: TypeAlias = "tuple[tuple[Summary, ...], ...]"
TOWNSHIP = 4  # level of a division
TOWN = 9  # digits of the code of a township
MOST_PLACES = 30  # of one item that a list names; its guide names all
MOST_VALUES = 25  # of one facet, before one asks for all
MOST_KEPT = 300  # narrowed lists
MOST_LINES = 2_000  # lines of lists
NARROWED_BY = ("topic", "audience", "organ", "level", "kind", "area")


@dataclass(frozen=True, slots=True)
class Line:
    """One item in a list. ``places``: where several organs offer it, the guides of the first; ``count``: of all."""

    code: str
    name: str
    organ_name: str
    kind: str
    summary: str
    places: tuple[Link, ...]
    count: int = 1


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a list: its values as links, each with its count. ``more``: to all of them, where many."""

    name: str
    links: tuple[Link, ...]
    chosen: str
    more: Link | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """人生和经营大事: a name and the topics that it touches."""

    name: str
    note: str
    topics: tuple[str, ...]
    count: int
    href: str


def families(summaries: Iterable[Summary]) -> Families:
    """The lists of each item together."""
    return tuple(map(tuple, _grouped(summaries).values()))


def lines(shown: Iterable[Sequence[Summary]]) -> tuple[Line, ...]:
    """One line per item; the first organ's code leads to the others."""
    return tuple(map(_line, shown))


def _grouped(summaries: Iterable[Summary]) -> dict[str, list[Summary]]:
    families: dict[str, list[Summary]] = {}
    for summary in summaries:
        families.setdefault(family_of(summary.code), []).append(summary)
    return families


_kept: list[tuple[tuple[Summary, ...], dict[Hashable, Any]]] = []


def _once(key: Hashable, make: Callable[[], Made]) -> Made:
    """What is made of the catalogue, made once for what is offered now; the latest few are kept."""
    offered = queries.catalogue()
    held = next(iter(_kept), None)
    if held is None or held[0] is not offered:
        held = offered, {}
        _kept[:] = [held]
    made: dict[Hashable, Made] = held[1]
    if key not in made:
        if len(made) >= MOST_KEPT:
            made.clear()
        made[key] = make()
    return made[key]


@dataclass(frozen=True, slots=True)
class Browsed:
    """A list as it is browsed: its items, and the ways to narrow it."""

    items: Families
    facets: tuple[Facet, ...]


def browsed(filters: Filters, *, whole: str = "") -> Browsed:
    """The narrowed list. ``whole``: the facet of which all values are shown."""
    key = ("browsed", filters, whole)
    return _once(key, lambda: Browsed(families(queries.catalogue(filters)), facets(filters, whole=whole)))


def in_event(name: str) -> Families:
    """The items of an event; nothing for an unknown one."""
    wanted = set(_events().get(name, {}).get("topics", ()))
    return _once(("event", name if wanted else ""), lambda: families(_touching(wanted)))


def _touching(topics: Collection[str]) -> tuple[Summary, ...]:
    return tuple(summary for summary in queries.catalogue(Filters()) if set(summary.topics) & set(topics))


def _line(group: Sequence[Summary]) -> Line:
    """Made once for each group that is listed in a language: thirty addresses for each of twenty lines take long."""
    made: dict[Hashable, Line] = _once("lines", dict)
    key = (get_language(), *(summary.code for summary in group))
    if key not in made:
        if len(made) >= MOST_LINES:
            made.clear()
        made[key] = _made(group)
    return made[key]


def _made(group: Sequence[Summary]) -> Line:
    first = group[0]
    organ = first.organ_name if len(group) == 1 else _("%(count)s 个机关按地域办理") % {"count": len(group)}
    return Line(first.code, first.name, organ, _kind(first.kind), first.summary, _places(group), len(group))


def _places(group: Sequence[Summary]) -> tuple[Link, ...]:
    if len(group) == 1:
        return ()
    ordered = sorted(group, key=lambda summary: summary.area)
    return tuple(
        Link(summary.organ_name.removesuffix(_("人民政府")), reverse("portal:item", args=[summary.code]))
        for summary in ordered[:MOST_PLACES]
    )


def _kind(code: str) -> str:
    return {kind.value: str(name) for kind, name in labels.KINDS.items()}.get(code, "")


def hit_lines(hits: Iterable[Hit], region: Region | None = None) -> tuple[Line, ...]:
    """What a search found, in its order: an item of many organs once, of the place named only where one was named."""
    offered = _once("families", lambda: _grouped(queries.catalogue(Filters())))
    found = ((offered.get(hit.document.family, ()), hit) for hit in hits)
    return tuple(_line(_there(group, hit, region)) for group, hit in found if group)


def _there(group: Sequence[Summary], hit: Hit, region: Region | None) -> Sequence[Summary]:
    """The list that the search chose where it serves the place named; else all."""
    chosen = [summary for summary in group if summary.code == hit.document.code]
    serves = region is not None and hit.document.area[:TOWN] == region.area[:TOWN]
    return chosen if chosen and serves else group


def siblings(code: str) -> tuple[Summary, ...]:
    """The same item at other organs."""
    offered = _once("all families", lambda: _grouped(queries.catalogue()))
    return tuple(s for s in offered.get(family_of(code), ()) if s.code != code)


def filters_of(query: Mapping[str, str]) -> Filters:
    """What the address asks for; unknown values simply find nothing."""
    return Filters(**{name: query.get(name, "").strip()[:40] for name in NARROWED_BY})


def facets(filters: Filters, *, whole: str = "") -> tuple[Facet, ...]:
    """All facets with at least two values, or one that is chosen; of many organs the fullest, or the ``whole``."""
    found = (
        Facet(_("服务对象"), *_links("audience", filters, _table(labels.AUDIENCES))),
        Facet(_("主题"), *_links("topic", filters, {})),
        Facet(_("事项类型"), *_links("kind", filters, _table(labels.KINDS))),
        Facet(_("层级"), *_links("level", filters, _table(labels.LEVELS))),
        _most("organ", Facet(_("部门和乡镇"), *_links("organ", filters, _organs())), filters, whole=whole),
        Facet(_("您在哪里"), *_towns(filters)),
    )
    return tuple(facet for facet in found if len(facet.links) > 2 or facet.chosen)


def _most(field: str, facet: Facet, filters: Filters, *, whole: str) -> Facet:
    """The facet with its fullest values, the chosen one, and a way to all."""
    if whole == field or len(facet.links) <= MOST_VALUES:
        return facet
    address = browse_address(filters)
    address += f"{'&' if '?' in address else '?'}whole={field}"
    every = Link(_("全部 %(count)s 个") % {"count": len(facet.links) - 1}, address)
    chosen = (link for link in facet.links[MOST_VALUES:] if link.current)
    return replace(facet, links=(*facet.links[:MOST_VALUES], *chosen), more=every)


_VALUES: dict[str, Callable[[Summary], Iterable[str]]] = {
    "audience": lambda summary: summary.audiences,
    "topic": lambda summary: summary.topics,
    "kind": lambda summary: (summary.kind,),
    "level": lambda summary: (summary.level,),
    "organ": lambda summary: (summary.organ,),
}


def _table(table: Mapping[Code, StrOrPromise]) -> dict[str, str]:
    return {str(key): str(name) for key, name in table.items()}


def _organs() -> dict[str, str]:
    return {summary.organ: summary.organ_name for summary in queries.catalogue()}


def _links(field: str, filters: Filters, words: Mapping[str, str]) -> tuple[tuple[Link, ...], str]:
    """The values of one facet with counts under all the other facets, and the name of the chosen one."""
    others = queries.catalogue(replace(filters, **{field: ""}))
    families = {(value, family_of(summary.code)) for summary in others for value in _VALUES[field](summary)}
    counts = Counter(value for value, _ in families)
    chosen = getattr(filters, field)
    found = [Link(_("全部"), browse_address(replace(filters, **{field: ""})), current=not chosen)]
    found += [
        Link(words.get(value, value), browse_address(replace(filters, **{field: value})), value == chosen, count)
        for value, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return tuple(found), words.get(chosen, chosen)


def _towns(filters: Filters) -> tuple[tuple[Link, ...], str]:
    """The townships: what one can get there is what the township offers and what the county offers."""
    towns = {town.code: town.name for town in areas.divisions(level=TOWNSHIP)}
    found = [Link(_("全县"), browse_address(replace(filters, area="")), current=not filters.area)]
    found += [
        Link(name, browse_address(replace(filters, area=code)), code == filters.area) for code, name in towns.items()
    ]
    return tuple(found) if towns else (), towns.get(filters.area, "")


def browse_address(filters: Filters) -> str:
    """The address of a narrowed list."""
    chosen = {name: getattr(filters, name) for name in NARROWED_BY if getattr(filters, name)}
    return reverse("portal:browse") + (f"?{urlencode(chosen)}" if chosen else "")


def topics() -> tuple[Link, ...]:
    """All topics that have items, the fullest first."""
    return next((facet.links[1:] for facet in facets(Filters()) if facet.name == _("主题")), ())


@dataclass(frozen=True, slots=True)
class Front:
    """What the first page shows of the catalogue; ``count``: items, each once."""

    events: tuple[Event, ...]
    topics: tuple[Link, ...]
    count: int


def front() -> Front:
    """The first page's shelves, made once for what is offered now."""
    return _once("front", lambda: Front(events(), topics(), len(browsed(Filters()).items)))


def events() -> tuple[Event, ...]:
    """The events for which there is at least one item."""
    found = []
    for name, event in _events().items():
        fitting = families(_touching(event["topics"]))
        if fitting:
            href = f"{reverse('portal:browse')}?{urlencode({'event': name})}"
            found.append(
                Event(name, "、".join(first.name for first, *_rest in fitting[:3]), event["topics"], len(fitting), href)
            )
    return tuple(found)


@cache
def _events() -> dict[str, dict[str, tuple[str, ...]]]:
    tree = json.loads((Path(__file__).parent / "events.json").read_text("utf-8"))
    return {name: {"topics": tuple(topics)} for name, topics in tree.items()}
