"""Reads of what the catalogue rests on: the register of laws, and the lists that cite them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from functools import cache

from onedoor.items.queries.files import DATA, load_yaml, policies
from onedoor.items.queries.versions import Summary, catalogue, versions_by_id
from onedoor.items.rules.citations import (
    Citation,
    Effect,
    Enactment,
    effect,
    enactments_from,
    field_citations,
    part_label,
)
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.errors import NotFound

_fields: dict[tuple[str, int], tuple[Citation, ...]] = {}
_cited: dict[str, tuple[Citation, ...]] = {}


@dataclass(frozen=True, slots=True)
class Cited:
    """One law and how much of the catalogue rests on it."""

    law: Enactment
    registered: bool
    items: int
    lists: int
    places: int


@dataclass(frozen=True, slots=True)
class Reach:
    """One law in full: ``articles``: how many places cite each; ``parts``: which fields; and what a change touches."""

    law: Enactment
    articles: tuple[tuple[str, int], ...]
    parts: tuple[tuple[str, int], ...]
    effect: Effect


@cache
def enactments() -> dict[str, Enactment]:
    """The register of laws, standards and local rules, by the name that items cite."""
    return enactments_from(load_yaml(DATA / "laws.yaml"))


def cited() -> tuple[Cited, ...]:
    """The register, and every law that lists cite without standing in it; those that most lists rest on first."""
    known = enactments()
    items, lists, places = _counts()
    rows = (
        Cited(known.get(key) or Enactment(name=key), key in known, items[key], lists[key], places[key])
        for key in {**known, **places}
    )
    return tuple(sorted(rows, key=lambda one: (-one.lists, -one.places, one.law.name)))


def reach(key: str, *, article: str = "") -> Reach:
    """What rests on a law, or on one article of it. NotFound for a law that neither the register nor a list knows."""
    rests = [(id_, citation) for id_, told in _all().items() for citation in told if citation.law == key]
    law = enactments().get(key)
    if law is None and not rests:
        raise NotFound("登记册里没有这部法律、标准或者规定，也没有事项引用它。")
    families = {id_: line.code[-14:] for id_, line in _lines().items()}
    once = {(families[id_], citation) for id_, citation in rests}
    articles = Counter(one for _, citation in once for one in citation.articles)
    parts = Counter(part_label(citation.path, policies()) for _, citation in once)
    touched = effect(key, versions_by_id(sorted({id_ for id_, _ in rests})), article=article, known=enactments())
    return Reach(law or Enactment(name=key), tuple(articles.items()), tuple(parts.most_common()), touched)


def _counts() -> tuple[Counter[str], Counter[str], Counter[str]]:
    """By law: how many items, lists and fields cite it; a field of an item counts once for all its lists."""
    lines, lists = _lines(), Counter[str]()
    fields: set[tuple[str, str, object]] = set()
    for id_, told in _all().items():
        lists.update({citation.law for citation in told})
        fields.update((citation.law, lines[id_].code[-14:], citation.path) for citation in told)
    items = Counter(law for law, _ in {(law, family) for law, family, _ in fields})
    return items, lists, Counter(law for law, _, _ in fields)


def _lines() -> dict[int, Summary]:
    return {line.id: line for line in catalogue()}


def _all() -> dict[int, tuple[Citation, ...]]:
    """The citations of every list offered, by version; equal content is read once in a process."""
    items = versions_by_id(list(_lines()))
    for item in items:
        if item.digest not in _cited:
            _cited[item.digest] = tuple(found for field in fields(item) for found in _told(item, field.name))
    return {item.id: _cited[item.digest] for item in items}


def _told(item: ItemVersion, name: str) -> tuple[Citation, ...]:
    """The citations in one field, read once for all lists that share its value: a process holds it once."""
    key = name, id(getattr(item, name))
    if key not in _fields:
        _fields[key] = field_citations(item, name, _names())
    return _fields[key]


@cache
def _names() -> tuple[str, ...]:
    return tuple(sorted(enactments(), key=len, reverse=True))
