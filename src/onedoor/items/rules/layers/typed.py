"""Cells that are read as their field's type says, so that equal values are written equally."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

from onedoor.items.rules.codec import encode, read_field
from onedoor.items.rules.layers.cells import Cells, assemble, cells
from onedoor.items.rules.layers.fold import Effective
from onedoor.items.rules.layers.order import arranged, orders
from onedoor.items.rules.layers.policy import Policies
from onedoor.items.rules.values import Item
from onedoor.kernel.tree import Fault, Malformed, Path


def cell(path: Path, node: object, table: Policies) -> Any:
    """One cell's value in the form in which files and tables keep it. Raises Malformed for what is no such value."""
    rows = table.rows.get(str(path[0]))
    if rows is None or len(path) == 1:
        return encode(read_field(Item, path, node))
    if len(path) > 2:
        return encode(read_field(Item, (path[0], 0, *path[2:]), node))
    if not isinstance(node, Mapping):
        raise Malformed([Fault(path, "schema.mapping", "这里应当是一组“字段: 值”")])
    if not node:
        return {}
    row = encode(read_field(Item, (path[0], 0), {rows.key: path[1], **node}))
    return {field: value for field, value in row.items() if field != rows.key}


def read_cells(tree: Mapping[str, Any], table: Policies) -> Cells:
    """All cells of a part of an item. Raises Malformed with every fault."""
    read: Cells = {}
    faults: list[Fault] = []
    for path, node in cells(tree, table).items():
        try:
            read[path] = cell(path, node, table)
        except Malformed as malformed:
            faults += (Fault((*path, *fault.path), fault.rule, fault.message) for fault in malformed.faults)
    if faults:
        raise Malformed(faults)
    return read


def complete(item: Item, table: Policies) -> Cells:
    """Every cell of a whole list, those too that say what would go without saying: a list is complete."""
    return {path: value for path, value, _ in _complete(item, (), table)}


def own(above: Effective, item: Item) -> dict[str, Any]:
    """What a complete list says beyond the levels above it: equal cells are left to be inherited."""
    found = list(_complete(item, (), above.table))
    said = {p: v for p, v, worth_saying in found if (above.cells[p] != v if p in above.cells else worth_saying)}
    rows = orders((path for path, _, _ in found), above.table)
    return assemble(arranged(above.cells, said, wanted=rows, table=above.table), above.table)


_Found = tuple[Path, Any, bool]


def _complete(owner: Any, path: Path, table: Policies) -> Iterator[_Found]:
    """The cells below, each with whether it says more than its field's default."""
    for field in fields(owner):
        here, value = (*path, field.name), getattr(owner, field.name)
        if not path and field.name in table.rows:
            yield from _rows(value, field.name, table)
        elif is_dataclass(value) and table.divided(here):
            yield from _complete(value, here, table)
        else:
            yield here, encode(value), field.default is MISSING or value != field.default


def _rows(rows: Iterable[Any], name: str, table: Policies) -> Iterator[_Found]:
    key = table.rows[name].key
    for row in rows:
        here = (name, str(getattr(row, key)))
        if table.divided(here):
            yield from (found for found in _complete(row, here, table) if found[0][2:] != (key,))
        else:
            yield here, {field: value for field, value in encode(row).items() if field != key}, True
