"""Rows of the national access tables to items and standards: all of them, or every fault with table, row and column.

What a row tells in words is rendered again from what was read: a difference is a fault, so nothing that somebody
changed in a table is lost without a word.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from onedoor.items.rules.codec import decode
from onedoor.items.rules.exchange.export import ROWS_OF, Issue, Row, read_row, rows_of, standard_row
from onedoor.items.rules.exchange.layout import FAMILIES, Column, Layout, held
from onedoor.items.rules.exchange.sheets import MOST_FAULTS, Place, Sheet, texts
from onedoor.items.rules.files import FileFault, ItemSource
from onedoor.items.rules.layers import Policies
from onedoor.items.rules.standards import Standard, standard_from
from onedoor.items.rules.values import Item
from onedoor.kernel.tree import Fault, Malformed, Path, place

_NOT_COMPARED: Final = frozenset({"extend_field", "row_guid", "order_num", *Issue().cells("")})
"""Columns about the row and its publication, and the one that was read as a whole."""


@dataclass(frozen=True, slots=True)
class ItemRows(ItemSource):
    """An item read from tables, which can still say where each field stands."""

    places: Mapping[str, Sequence[Place]]
    layout: Layout

    def line(self, path: Path) -> int:
        """The row of a field, in the table that holds it."""
        return _where(self.places, path, self.layout)[1]


@dataclass
class Reading:
    """What a file of tables came to."""

    items: list[ItemRows] = field(default_factory=list)
    standards: list[Standard] = field(default_factory=list)
    faults: list[FileFault] = field(default_factory=list)


def read_tables(sheets: Sequence[Sheet], *, file: str, layout: Layout, policies: Policies) -> Reading:
    """Items and standards of a file's tables, or its faults (at most MOST_FAULTS)."""
    found = Reading()
    rows, found.faults = texts(sheets, layout, file=file)
    if found.faults:
        del found.faults[MOST_FAULTS:]
        return found
    for one in rows["up_task_directory"]:
        _standard(one, found, layout=layout, policies=policies, file=file)
    for family in FAMILIES:
        for places in _items(rows, family, found, layout=layout, file=file):
            _item(places, found, layout=layout, file=file)
    _organs(rows["up_zone_organization"], found, file=file)
    if not (found.items or found.standards or found.faults):
        found.faults.append(FileFault(file, 1, "", "tables.none", "文件里没有任何事项"))
    del found.faults[MOST_FAULTS:]
    return found


def _items(
    rows: Mapping[str, list[Place]], family: str, found: Reading, *, layout: Layout, file: str
) -> Iterator[dict[str, list[Place]]]:
    """The rows of each item by table; rows that belong to none are faults."""
    basic, _ = layout.part(family, "basic")
    extend, _ = layout.part(family, "extend")
    tables = [layout.part(family, part)[0] for part in ("basic", "extend", *(part for part, _ in ROWS_OF.values()))]
    of: dict[str, dict[str, list[Place]]] = defaultdict(lambda: {table: [] for table in tables})
    for table in tables:
        for one in rows[table]:
            of[one.row["task_guid"]][table].append(one)
    for places in of.values():
        first = next(one for ones in places.values() for one in ones)
        lone = [table for table in (basic, extend) if len(places[table]) != 1]
        for table in lone:
            said = "这个事项在这张表里有好几行，只能有一行" if places[table] else f"表 {table} 里没有这个事项的行"
            at = places[table][1] if places[table] else first
            found.faults.append(_fault(file, at, "task_guid", rule="tables.belonging", said=said))
        if not lone:
            for ones in places.values():
                ones.sort(key=lambda one: int(one.row.get("order_num") or 0))
            yield places


def _item(places: dict[str, list[Place]], found: Reading, *, layout: Layout, file: str) -> None:
    tree, wrong = _tree(places, layout)
    found.faults += [_fault(file, at, name, rule="tables.cell", said=said) for at, name, said in wrong]
    if wrong:
        return
    try:
        item = decode(Item, tree)
    except Malformed as malformed:
        found.faults += [_malformed(file, places, fault, layout=layout) for fault in malformed.faults]
        return
    again = rows_of(item, Issue(), layout=layout)
    if set(again) != set(places):
        at, right = next(iter(places.values()))[0], next(iter(again))
        found.faults.append(_fault(file, at, "task_type", rule="tables.family", said=f"这类事项应当放在表 {right} 里"))
    for table, ones in places.items():
        _compare(ones, again.get(table, ()), found, layout=layout, file=file)
    found.items.append(ItemRows(file, item, "", places, layout))


def _tree(places: Mapping[str, Sequence[Place]], layout: Layout) -> tuple[dict[str, Any], list[tuple[Place, str, str]]]:
    (basic, extend, *more) = places
    wrong: list[tuple[Place, str, str]] = []
    tree: dict[str, Any] = {}
    for table in (basic, extend):
        read, faults = read_row(layout.tables[table], places[table][0].row)
        tree = merged(tree, read)
        wrong += [(places[table][0], name, said) for name, said in faults]
    rest, why = _rest(places[extend][0].row["extend_field"])
    wrong += [(places[extend][0], "extend_field", why)] if why else []
    for (name, (_, key)), table in zip(ROWS_OF.items(), more, strict=True):
        kept = rest.pop(name, {})
        tree[name] = []
        for order, one in enumerate(places[table], 1):
            read, faults = read_row(layout.tables[table], one.row)
            wrong += [(one, column, said) for column, said in faults]
            own = kept.get(one.row["row_guid"], {}) if isinstance(kept, dict) else {}
            tree[name].append(merged({key: f"row_{order}"} | read, own))
    return merged(tree, rest), wrong


def merged(tree: Mapping[str, Any], over: Any) -> Any:
    """The tree with what is said over it; mappings are joined, everything else is replaced."""
    if not isinstance(over, Mapping):
        return over
    joined = dict(tree)
    for name, value in over.items():
        below = joined.get(name)
        joined[name] = merged(below, value) if isinstance(below, Mapping) else value
    return joined


def _rest(cell: str) -> tuple[dict[str, Any], str]:
    try:
        tree = json.loads(cell or "{}")
    except (ValueError, RecursionError) as error:
        return {}, f"扩展字段不是正确的 JSON：{error}"[:200]
    return (tree, "") if isinstance(tree, dict) else ({}, "扩展字段应当是一个 JSON 对象")


def _compare(ones: Sequence[Place], again: Sequence[Row], found: Reading, *, layout: Layout, file: str) -> None:
    """The cells that say something else than what was read from their row."""
    for one, row in zip(ones, again, strict=False):
        for column in layout.tables[one.table]:
            if column.name not in _NOT_COMPARED and one.row[column.name] != row[column.name]:
                found.faults.append(
                    _fault(file, one, column.name, rule="tables.told", said=_why(column, row[column.name]))
                )


def _why(column: Column, cell: str) -> str:
    said = f"“{cell[:60]}”" if cell else "（空）"
    if column.path:
        return f"{column.label}与扩展字段里的内容不一致，按扩展字段应当是{said}：请一并修改，或者从扩展字段里删去"
    if column.told:
        return f"{column.label}由事项的其他字段生成，应当是{said}：请改那些字段，不要改这一列"
    return f"本平台不保存{column.label}，请清空"


def _malformed(file: str, places: Mapping[str, Sequence[Place]], fault: Fault, *, layout: Layout) -> FileFault:
    table, number, column = _where(places, fault.path, layout)
    inside = f".{place(fault.path)}" if column == "extend_field" and fault.path else ""
    return FileFault(file, number, f"{table}.{column}{inside}", fault.rule, fault.message)


def _where(places: Mapping[str, Sequence[Place]], path: Path, layout: Layout) -> tuple[str, int, str]:
    """Table, row and column of a field."""
    (basic, extend, *more) = places
    for name, table in zip(ROWS_OF, more, strict=True):
        if path[:1] == (name,) and len(path) > 1 and isinstance(path[1], int) and path[1] < len(places[table]):
            column = held(layout.tables[table], path[2:])
            if column != "extend_field":
                return table, places[table][path[1]].number, column
    for table in (basic, extend):
        if (column := held(layout.tables[table], path)) != "extend_field":
            return table, places[table][0].number, column
    return extend, places[extend][0].number, "extend_field"


def _standard(one: Place, found: Reading, *, layout: Layout, policies: Policies, file: str) -> None:
    read, wrong = read_row(layout.tables["up_task_directory"], one.row)
    rest, why = _rest(one.row["extend_field"])
    wrong += [("extend_field", why)] if why else []
    found.faults += [_fault(file, one, name, rule="tables.cell", said=said) for name, said in wrong]
    if wrong:
        return
    try:
        standard = standard_from(merged(read, rest), policies)
    except Malformed as malformed:
        columns = layout.tables["up_task_directory"]
        found.faults += [
            _fault(file, one, held(columns, f.path), rule=f.rule, said=f.message) for f in malformed.faults
        ]
        return
    _compare([one], [standard_row(standard, Issue(), layout)], found, layout=layout, file=file)
    found.standards.append(standard)


def _organs(places: Sequence[Place], found: Reading, *, file: str) -> None:
    """Every organ that implements an item is listed."""
    known = {one.row["credit_code"] for one in places}
    for source in found.items:
        if source.item.organ not in known:
            first = next(iter(source.places.values()))[0]
            said = "up_zone_organization 里没有这个实施主体，请补上一行"
            found.faults.append(_fault(file, first, "dept_code", rule="tables.organ", said=said))


def _fault(file: str, at: Place, column: str, *, rule: str, said: str) -> FileFault:
    return FileFault(file, at.number, f"{at.table}.{column}", rule, said)
