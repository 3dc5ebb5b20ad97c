"""An item's tree taken apart into cells (the smallest parts inherited on their own), and put together again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from onedoor.items.rules.layers.policy import Policies
from onedoor.kernel.tree import Path

Cells = dict[Path, Any]
"""Values by path, rows named by their key: ``("materials", "layout", "copies")``; rows stand in their order."""


def cells(tree: Mapping[str, Any], table: Policies) -> Cells:
    """Take apart. A row without anything but its key is held by the empty cell ``(field, key)``."""
    return dict(_cells(tree, (), table))


def _cells(node: Mapping[str, Any], path: Path, table: Policies) -> Iterator[tuple[Path, Any]]:
    for name, value in node.items():
        here = (*path, name)
        if not path and name in table.rows:
            yield from _rows(value, name, table)
        elif isinstance(value, Mapping) and table.divided(here):
            yield from _cells(value, here, table)
        else:
            yield here, value


def _rows(rows: list[Mapping[str, Any]], name: str, table: Policies) -> Iterator[tuple[Path, Any]]:
    key = table.rows[name].key
    for row in rows:
        here = (name, str(row[key]))
        rest = {field: value for field, value in row.items() if field != key}
        if table.divided(here) and rest:
            yield from _cells(rest, here, table)
        else:
            yield here, rest


def assemble(parts: Cells, table: Policies) -> dict[str, Any]:
    """Put together: ``assemble(cells(tree)) == tree`` up to the order of fields."""
    tree: dict[str, Any] = {}
    for path, value in parts.items():
        if path[0] in table.rows:
            _put_row(tree.setdefault(str(path[0]), []), path, value, key=table.rows[str(path[0])].key)
        else:
            _put(tree, path, value)
    return tree


def _put_row(rows: list[dict[str, Any]], path: Path, value: Any, *, key: str) -> None:
    row = next((row for row in rows if row[key] == path[1]), None)
    if row is None:
        rows.append(row := {key: path[1]})
    if len(path) == 2:
        row.update(value)
    else:
        _put(row, path[2:], value)


def _put(tree: dict[str, Any], path: Path, value: Any) -> None:
    for name in path[:-1]:
        tree = tree.setdefault(str(name), {})
    tree[str(path[-1])] = value
