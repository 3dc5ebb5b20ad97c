"""Items and standards to rows of the national access tables; what no column holds goes to ``extend_field``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from onedoor.items.rules.codec import encode
from onedoor.items.rules.codes import ItemKind
from onedoor.items.rules.exchange import told
from onedoor.items.rules.exchange.layout import MISSING, Column, How, Layout
from onedoor.items.rules.standards import Standard, standard_tree
from onedoor.items.rules.values import Item
from onedoor.kernel import sm

Row = dict[str, str]
Rows = dict[str, list[Row]]
ROWS_OF: Final = {"materials": ("material", "key"), "fees": ("fee_project", "name"), "faqs": ("questions", "question")}
"""Fields of an item that have a table of their own: its part, and the field that tells its rows apart."""
_OPENED: Final = ("clock", "result")
_DATA_SOURCE: Final = 3  # characters


@dataclass(frozen=True, slots=True)
class Issue:
    """What the tables say of a publication; it is told, and not taken in again."""

    number: int = 1
    published: date = date(2000, 1, 1)
    effective: date | None = None

    def cells(self, area: str) -> Row:
        """The columns of synchronisation, version and effect."""
        return {
            "cd_operation": "I",
            "cd_time": f"{self.published.isoformat()} 00:00:00",
            "cd_batch": self.published.strftime("%Y%m%d"),
            "data_source": area[:_DATA_SOURCE],
            "task_version": str(self.number),
            "plan_effective_date": self.effective.isoformat() if self.effective else "",
        }


def tables_of(
    items: Iterable[tuple[Item, Issue]], standards: Iterable[tuple[Standard, Issue]], *, layout: Layout
) -> Rows:
    """All tables, in the order of the items; the organs that implement them come last."""
    rows: Rows = {table: [] for table in layout.tables}
    listed = list(items)
    for standard, issue in standards:
        rows["up_task_directory"].append(standard_row(standard, issue, layout))
    for item, issue in listed:
        for table, made in rows_of(item, issue, layout=layout).items():
            rows[table] += made
    rows["up_zone_organization"] = _organs(listed, layout)
    return rows


def rows_of(item: Item, issue: Issue, *, layout: Layout) -> Rows:
    """The rows of one item, by table."""
    family = "public" if item.kind is ItemKind.SERVICE else "general"
    tree = encode(item)
    whole = _said(item) | {name: _said(getattr(item, name)) for name in _OPENED}
    shown = told.of_item(item)
    common = issue.cells(item.area)
    rows: Rows = {}
    rest: dict[str, Any] = {}
    for field, (part, key) in ROWS_OF.items():
        table, columns = layout.part(family, part)
        values = getattr(item, field)
        rows[table], rest[field] = _rows(values, columns, shown | common, code=item.code, field=field, key=key)
    back: dict[str, Any] = {}
    for part in ("basic", "extend"):
        table, columns = layout.part(family, part)
        guid = {"row_guid": guid_of(item.code, part)}
        rows[table] = [_row(columns, whole, shown | common | guid)]
        _put_back(back, columns, rows[table][0])
    for field in ROWS_OF:
        tree.pop(field, None), whole.pop(field)
    rest = {field: kept for field, kept in rest.items() if kept}
    rows[table][0]["extend_field"] = _json({**left(whole, tree, back), **rest})
    return rows


def guid_of(*parts: str) -> str:
    """A stable name for a row."""
    return sm.sm3("/".join(parts).encode()).hex()[:32]


def read_row(columns: Sequence[Column], row: Mapping[str, str]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The part of a tree that a row holds; and the columns that cannot be read, each with why."""
    tree: dict[str, Any] = {}
    faults = []
    for column in columns:
        try:
            value = column.read(row[column.name]) if column.path else MISSING
        except ValueError as error:
            faults.append((column.name, str(error)))
            continue
        if value is not MISSING:
            _put(tree, column.path, value)
    return tree, faults


def left(whole: Mapping[str, Any], tree: Mapping[str, Any], back: Mapping[str, Any]) -> dict[str, Any]:
    """What the columns did not keep. ``whole``: with defaults; ``tree``: without; ``back``: read from the columns."""
    kept: dict[str, Any] = {}
    for name, value in whole.items():
        held = back.get(name, MISSING)
        if isinstance(value, dict) and isinstance(held, dict):
            if inner := left(value, tree.get(name, {}), held):
                kept[name] = inner
        elif held != value and (held is not MISSING or name in tree):
            kept[name] = tree.get(name, value)
    return kept


def _rows(
    values: Sequence[Any], columns: tuple[Column, ...], cells: Mapping[str, str], *, code: str, field: str, key: str
) -> tuple[list[Row], dict[str, Any]]:
    """The rows of one list, and by row what the columns did not keep."""
    rows, rest = [], {}
    for order, value in enumerate(values, 1):
        guid = guid_of(code, field, getattr(value, key))
        whole = _said(value)
        shown = {**cells, "row_guid": guid, "order_num": str(order)}
        shown |= told.of_material(value) if field == "materials" else {}
        row = _row(columns, whole, shown)
        back: dict[str, Any] = {}
        _put_back(back, columns, row)
        if kept := left(whole, encode(value), back):
            rest[guid] = kept
        rows.append(row)
    return rows, rest


def _row(columns: Sequence[Column], whole: Mapping[str, Any], shown: Mapping[str, str]) -> Row:
    """``whole``: the fields; ``shown``: renderings by name, and by column what is said of the publication."""
    return {column.name: _cell(column, whole, shown) for column in columns}


def _cell(column: Column, whole: Mapping[str, Any], shown: Mapping[str, str]) -> str:
    if column.path:
        return column.write(_at(whole, column.path))
    if column.told == "batch":
        return shown[column.name]
    if column.how is How.ORDER:
        return shown["order_num"]
    return shown.get(column.told, "")


def _at(tree: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        tree = tree.get(name) if isinstance(tree, Mapping) else None
    return tree


def _put(tree: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for name in path[:-1]:
        tree = tree.setdefault(name, {})
    tree[path[-1]] = value


def _put_back(back: dict[str, Any], columns: Sequence[Column], row: Row) -> None:
    read, _ = read_row(columns, row)
    for name, value in read.items():
        back[name] = {**back.get(name, {}), **value} if isinstance(value, dict) else value


def _said(value: Any) -> dict[str, Any]:
    """The tree of a value, one level deep, with what goes without saying."""
    return {field.name: encode(getattr(value, field.name)) for field in fields(value)}


def standard_row(standard: Standard, issue: Issue, layout: Layout) -> Row:
    """The row of one standard in ``up_task_directory``."""
    columns = layout.tables["up_task_directory"]
    tree = standard_tree(standard)
    cells = issue.cells(standard.area)
    guid = guid_of(standard.family, standard.area)
    row = _row(columns, tree, {**cells, "row_guid": guid, "basis": told.basis(tree.get("basis", []))})
    back: dict[str, Any] = {}
    _put_back(back, columns, row)
    row["extend_field"] = _json(left(tree, tree, back))
    return row


def _organs(listed: Sequence[tuple[Item, Issue]], layout: Layout) -> list[Row]:
    columns = layout.tables["up_zone_organization"]
    first: dict[str, tuple[Item, Issue]] = {}
    for item, issue in listed:
        first.setdefault(item.organ, (item, issue))
    rows = []
    for order, (organ, (item, issue)) in enumerate(sorted(first.items()), 1):
        shown = {"row_guid": guid_of("organ", organ), "order_num": str(order), "one": "1"}
        shown |= {"organ_name": item.organ_name, "organ_code": organ[8:17]}
        tree = {"organ": organ, "organ_name": item.organ_name}
        rows.append(_row(columns, tree, shown | issue.cells(item.area)))
    return rows


def _json(tree: Mapping[str, Any]) -> str:
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"))
