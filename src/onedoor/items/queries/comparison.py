"""Reads that hold lists against each other: of one item everywhere, against a file, and before and after adoption."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from onedoor.items.queries.files import policies
from onedoor.items.queries.standards import Lineage, lineages, standards_of
from onedoor.items.queries.trials import hindrances
from onedoor.items.queries.versions import catalogue, versions_by_id
from onedoor.items.rules import Item, ItemVersion, decode
from onedoor.items.rules.comparison import Column, Comparison, column, compare, standard_column
from onedoor.items.rules.drafting import Draft, kept
from onedoor.items.rules.layers import Layer, fold
from onedoor.items.rules.standards import StandardVersion, areas_above, chain
from onedoor.kernel.errors import FieldError, NotFound
from onedoor.kernel.tree import Malformed


@dataclass(frozen=True, slots=True)
class Family:
    """One item and how many lists of it are offered; ``names``: what they call it, which should be one name."""

    family: str
    names: tuple[str, ...]
    organs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lagging:
    """A list behind a changed standard: as it stands, and as it would be. ``faults``: why it cannot be adopted yet."""

    item: ItemVersion
    comparison: Comparison
    standards: tuple[StandardVersion, ...]
    faults: tuple[FieldError, ...] = ()


def families() -> tuple[Family, ...]:
    """Every item of which lists are offered, those of most organs first."""
    found: dict[str, tuple[dict[str, None], list[str]]] = {}
    for line in catalogue():
        names, organs = found.setdefault(line.code[-14:], ({}, []))
        names[line.name] = None
        organs.append(line.organ_name)
    rows = (Family(family, tuple(names), tuple(organs)) for family, (names, organs) in found.items())
    return tuple(sorted(rows, key=lambda one: (-len(one.organs), one.names)))


def beside(family: str, *, on: date, others: Sequence[tuple[str, Item]] = ()) -> Comparison:
    """All lists of one item side by side, below what is set above them; ``others``: lists from files, with their names.

    The standard shown is what holds for all of the places: of the levels above, those that they have in common.
    NotFound where no list of it is offered.
    """
    ids = [line.id for line in catalogue() if line.code.endswith(family) and len(family) == 14]
    if not ids:
        raise NotFound("目录里没有这个事项的清单。")
    items, table, descent = versions_by_id(ids), policies(), lineages(ids)
    shared = _shared(standards_of([family]).get(family, ()), items, on)
    above = [standard_column(fold([one.layer for one in shared], table))] if shared else []
    ours = [column(item, table, found=descent[item.id].effective()) for item in items]
    return compare([*above, *ours, *(_named(column(item, table), name) for name, item in others)], table)


def _shared(standards: Sequence[StandardVersion], items: Iterable[Item], on: date) -> list[StandardVersion]:
    """The standards that bind all of these lists, from the top down."""
    over = [{one.id: one for one in chain(standards, area=item.area, on=on)} for item in items]
    return [one for id_, one in over[0].items() if all(id_ in each for each in over)]


def _named(one: Column, name: str) -> Column:
    return Column((name,), one.cells, {}, code=one.code)


def lagging(ids: Collection[int], *, on: date) -> tuple[Lagging, ...]:
    """Of these versions, which lag behind a standard (``behind``), the fields before and after adoption."""
    items, descent = versions_by_id(ids), lineages(ids)
    standards = standards_of({item.family for item in items})
    return tuple(
        _lagging(item, descent[item.id], chain(standards.get(item.family, ()), area=item.area, on=on), on=on)
        for item in items
    )


def ahead(one: Draft, *, on: date) -> tuple[Lagging, ...]:
    """The lists below the draft of a standard, each as it stands and as it will be once it adopts what is drafted."""
    coming = StandardVersion(
        family=one.family,
        level=one.level,
        area=one.area,
        name=one.organ_name,
        content=one.own,
        id=0,
        number=one.number + 1,
        effective_from=on,
    )
    ids = [line.id for line in catalogue() if line.code.endswith(one.family) and one.area in areas_above(line.area)]
    items, descent = versions_by_id(ids), lineages(ids)
    standards = [*standards_of([one.family]).get(one.family, ()), coming]
    return tuple(_lagging(item, descent[item.id], chain(standards, area=item.area, on=on), on=on) for item in items)


def _lagging(item: ItemVersion, held: Lineage, over: tuple[StandardVersion, ...], *, on: date) -> Lagging:
    table = policies()
    above = fold([one.layer for one in over], table)
    mine = Layer(item.level, item.organ_name, kept(above, held.own.content))
    after = fold([*above.layers, mine], table)
    now = column(item, table, found=held.effective())
    try:
        adopted = decode(Item, after.tree())
    except Malformed as malformed:
        return Lagging(item, Comparison((), ()), over, malformed.errors)
    changes = compare([now, column(adopted, table, found=after)], table)
    return Lagging(item, changes, over, hindrances(adopted, on=on))
