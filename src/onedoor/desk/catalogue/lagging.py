"""A published list behind its standards: what changed above since, and what becomes of the list by adopting it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.desk.catalogue.comparing import Difference
from onedoor.desk.catalogue.saying import name_of, say_node
from onedoor.desk.catalogue.shape import place_of
from onedoor.items import queries
from onedoor.items.rules.facts import labels_of
from onedoor.items.rules.layers import fold

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any

    from onedoor.items.rules import ItemVersion
    from onedoor.items.rules.layers import Effective
    from onedoor.kernel.tree import Path


@dataclass(frozen=True, slots=True)
class Lag:
    """What the levels above set otherwise now."""

    differences: tuple[Difference, ...]


def lag_of(version: ItemVersion, *, on: date) -> Lag:
    """Field by field, what stood above when the list was published and what stands there now."""
    old = queries.lineage(version.id).above()
    over = queries.standards_over(version.family, area=version.area, on=on)
    new = fold([standard.layer for standard in over], queries.policies())
    trees, words = (old.tree(), new.tree()), labels_of(version)
    changed = [path for path in dict.fromkeys([*new.cells, *old.cells]) if _at(old.cells, path) != _at(new.cells, path)]
    return Lag(
        tuple(
            Difference(
                _named(path, trees),
                *(_said(path, level, words) for level in (old, new)),
            )
            for path in changed
        )
    )


def _at(cells: Mapping[Path, Any], path: Path) -> Any:
    return cells.get(path, ...)


def _named(path: Path, trees: tuple[Mapping[str, Any], ...]) -> str:
    tree = trees[1] if trees[1] else trees[0]
    place = place_of(path, tree, queries.policies())
    if len(place) > 2 and place != path:
        return queries.policies().label(path)
    return name_of(place)


def _said(path: Path, level: Effective, words: Mapping[str, str]) -> str:
    if path not in level.cells:
        return _("没有规定")
    return say_node(place_of(path, level.tree(), queries.policies()), level.cells[path], words)
