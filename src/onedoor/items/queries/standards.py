"""Reads of the levels above: standards in force over a place, and the lists that lag behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection

from onedoor.items.models import Standard, Version
from onedoor.items.queries.files import policies
from onedoor.items.rules import Level
from onedoor.items.rules.layers import Effective, Layer, fold
from onedoor.items.rules.standards import StandardVersion, chain

_BEHIND = """
WITH newest AS (
    SELECT DISTINCT ON (code) id, code, number, area, standards, substring(code from 20) AS family
    FROM items_version ORDER BY code, number DESC
), over AS (
    SELECT DISTINCT ON (family, area) id, family, area, level
    FROM items_standard WHERE effective_from <= %(on)s ORDER BY family, area, number DESC
), wanted AS (
    SELECT n.id, array_agg(o.id ORDER BY o.level) AS standards
    FROM newest n JOIN over o ON o.family = n.family
     AND (o.level = '1' OR left(o.area, (ARRAY[0, 2, 4, 6, 9])[o.level::int])
          = left(n.area, (ARRAY[0, 2, 4, 6, 9])[o.level::int]))
    GROUP BY n.id
)
SELECT n.id FROM newest n JOIN wanted w USING (id)
WHERE n.standards <> w.standards
  AND NOT EXISTS (SELECT 1 FROM items_withdrawal x WHERE x.code = n.code AND x.number >= n.number)
ORDER BY n.code
"""


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where a published list comes from: what it sets itself, and the standards that it was folded with."""

    own: Layer
    standards: tuple[StandardVersion, ...]

    def above(self) -> Effective:
        """What the levels above had set when it was published."""
        return fold([standard.layer for standard in self.standards], policies())

    def effective(self) -> Effective:
        """What was in force with it, each value with its level."""
        return fold([*(standard.layer for standard in self.standards), self.own], policies())


def standards_of(families: Collection[str]) -> dict[str, tuple[StandardVersion, ...]]:
    """Every version of every level's standard of these items, by family. One statement."""
    found: dict[str, list[StandardVersion]] = defaultdict(list)
    for row in Standard.objects.filter(family__in=set(families)).order_by("family", "area", "number"):
        found[row.family].append(_value(row))
    return {family: tuple(rows) for family, rows in found.items()}


def standards_over(family: str, *, area: str, on: date) -> tuple[StandardVersion, ...]:
    """The standards in force over a place on a day, from the top down."""
    return chain(standards_of([family]).get(family, ()), area=area, on=on)


def lineage(version: int) -> Lineage:
    """The lineage of one published version of a list."""
    (found,) = lineages([version]).values()
    return found


def lineages(versions: Collection[int]) -> dict[int, Lineage]:
    """The lineages of many versions, by version. Two statements."""
    rows = list(Version.objects.filter(pk__in=versions))
    wanted = {id_ for row in rows for id_ in row.standards}
    held = {one.pk: _value(one) for one in Standard.objects.filter(pk__in=wanted)}
    return {row.pk: _lineage(row, held) for row in rows}


def _lineage(row: Version, held: Mapping[int, StandardVersion]) -> Lineage:
    own = Layer(Level(row.content["level"]), row.content["organ_name"], row.own)
    return Lineage(own, tuple(held[id_] for id_ in row.standards))


def behind(*, on: date) -> tuple[int, ...]:
    """The newest versions of the offered lists above which a standard was changed, made or withdrawn since."""
    with connection.cursor() as cursor:
        cursor.execute(_BEHIND, {"on": on})
        return tuple(id_ for (id_,) in cursor.fetchall())


def standards() -> tuple[StandardVersion, ...]:
    """The newest version of every standard, by item and from the top down."""
    rows = Standard.objects.order_by("family", "level", "area", "-number").distinct("family", "level", "area")
    return tuple(map(_value, rows))


def newest_standards(keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], StandardVersion]:
    """For each (family, area) its newest standard, in force or to come."""
    found = standards_of({family for family, _ in keys})
    return {
        (one.family, one.area): one for rows in found.values() for one in rows if (one.family, one.area) in set(keys)
    }


def _value(row: Standard) -> StandardVersion:
    return StandardVersion(
        family=row.family,
        level=Level(row.level),
        area=row.area,
        name=row.name,
        content=row.content,
        id=row.pk,
        number=row.number,
        effective_from=row.effective_from,
    )
