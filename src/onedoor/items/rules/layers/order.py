"""The order of rows: what stands above keeps its order; a level puts rows of its own wherever it likes among them.

A row of which a level says nothing but its key marks a place: what stands before it in that level stands before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from onedoor.items.rules.layers.cells import Cells, cells
from onedoor.items.rules.layers.policy import Policies
from onedoor.kernel.tree import Path

Orders = dict[str, tuple[str, ...]]
"""By table the keys of its rows as they stand."""


def orders(parts: Iterable[Path], table: Policies) -> Orders:
    """The order in which the rows of cells stand."""
    rows: dict[str, dict[str, None]] = {name: {} for name in table.rows}
    for path in parts:
        if path[0] in rows and len(path) > 1:
            rows[str(path[0])][str(path[1])] = None
    return {name: tuple(keys) for name, keys in rows.items()}


def said(parts: Cells, table: Policies) -> Cells:
    """Cells without the rows that only mark a place."""
    return {path: value for path, value in parts.items() if value != {} or len(path) != 2 or path[0] not in table.rows}


def merged(above: Sequence[str], below: Iterable[str]) -> tuple[str, ...]:
    """The rows of two levels: those above in their order, each of one's own before the next that the level names."""
    found, following = list(above), None
    for key in reversed(tuple(below)):
        if key not in above:
            found.insert(len(found) if following is None else found.index(following), key)
        following = key
    return tuple(found)


def placed(parts: Cells, rows: Orders) -> Cells:
    """The same cells with their rows in these orders."""
    held: dict[Path, list[Path]] = defaultdict(list)
    for path in parts:
        held[path[:2]].append(path)
    found: dict[Path, Any] = {}
    for path in parts:
        for key in rows[str(path[0])] if path[0] in rows and path not in found else ():
            found |= {cell: parts[cell] for cell in held[path[0], key]}
        found.setdefault(path, parts[path])
    return found


def together(above: Cells, mine: Cells, *, wanted: Orders, table: Policies) -> Orders:
    """The rows of the levels above and of one below them; what ``wanted`` does not name comes last."""
    standing, own = orders(above, table), orders(mine, table)
    found: Orders = {}
    for name, keys in own.items():
        known = {*standing[name], *keys}
        named = [key for key in wanted[name] if key in known]
        added = [key for key in keys if key not in named and key not in standing[name]]
        found[name] = merged(standing[name], [*named, *added])
    return found


def arranged(above: Cells, mine: Cells, *, wanted: Orders, table: Policies) -> Cells:
    """What one level says, its rows in this order; places are marked where nothing else says where a row stands."""
    own = said(mine, table)
    full, held, standing = together(above, own, wanted=wanted, table=table), orders(own, table), orders(above, table)
    marks: Cells = {
        (name, after): {}
        for name, keys in full.items()
        for key, after in pairwise(keys)
        if key not in standing[name] and after not in held[name]
    }
    return placed({**own, **marks}, full)


def alike(one: Mapping[str, Any], other: Mapping[str, Any], *, above: Cells, table: Policies) -> bool:
    """Whether a level says the same, its rows in the same order, in both below what stands above."""
    parts = [cells(tree, table) for tree in (one, other)]
    own = [said(each, table) for each in parts]
    rows = [
        together(above, mine, wanted=orders(each, table), table=table) for mine, each in zip(own, parts, strict=True)
    ]
    return own[0] == own[1] and rows[0] == rows[1]
