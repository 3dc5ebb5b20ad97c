"""与上一版相比: what one version of an item says that the one before did not, by the fields that people know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onedoor.items.rules.layers import Cells, Policies, complete, orders
from onedoor.items.rules.values import Item
from onedoor.items.rules.versions import item_of
from onedoor.kernel.tree import Path


@dataclass(frozen=True, slots=True)
class Revision:
    """One field that says something else now; a whole row that is new or gone has only one of the two.

    ``moved``: a table of which the rows stand in another order; ``before`` and ``after`` name them.
    """

    path: Path
    label: str
    before: Any = None
    after: Any = None
    new: bool = False
    gone: bool = False
    moved: bool = False


def revisions(before: Item, after: Item, table: Policies) -> tuple[Revision, ...]:
    """Every difference once, in the order of the newer version; a row is told by its name, not by its key."""
    then, now = complete(item_of(before), table), complete(item_of(after), table)
    return (*_revisions(then, now, table), *moves(then, now, table))


def moves(then: Cells, now: Cells, table: Policies) -> tuple[Revision, ...]:
    """The tables whose rows stand in another order, as far as both have them."""
    return tuple(_moves(then, now, table))


def _moves(then: Cells, now: Cells, table: Policies) -> Iterator[Revision]:
    before, after = orders(then, table), orders(now, table)
    for name, rows in table.rows.items():
        was = tuple(key for key in before[name] if key in after[name])
        is_ = tuple(key for key in after[name] if key in before[name])
        if was != is_:
            said = [tuple(_row((name, key), now).rstrip("？?") for key in keys) for keys in (was, is_)]
            yield Revision((name,), f"{rows.label}的先后", said[0], said[1], moved=True)


def _revisions(then: Cells, now: Cells, table: Policies) -> Iterator[Revision]:
    rows: set[Path] = set()
    for path in dict.fromkeys([*now, *then]):
        row = path[:2] if str(path[0]) in table.rows else ()
        was, is_ = _has(then, row or path), _has(now, row or path)
        if was and is_:
            if then.get(path) != now.get(path):
                yield Revision(path, _label(path, now, table), then.get(path), now.get(path))
        elif not row or row not in rows:
            rows.add(row)
            held = now if is_ else then
            yield Revision(row or path, _label(row or path, held, table), new=is_, gone=was)


def _has(cells: Cells, path: Path) -> bool:
    return any(known[: len(path)] == path for known in cells)


def _label(path: Path, cells: Cells, table: Policies) -> str:
    rows = table.rows.get(str(path[0]))
    if rows is None or len(path) < 2:
        return table.label(path)
    row = _row(path, cells)
    return f"{rows.label}“{row}”" if len(path) == 2 else f"{rows.label}“{row}”的{table.of(path).label or path[-1]}"


def _row(path: Path, cells: Cells) -> str:
    return str(cells.get((*path[:2], "name")) or (cells.get(path[:2]) or {}).get("question") or path[1])
