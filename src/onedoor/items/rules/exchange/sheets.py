"""Tables as they stand in a file, JSON or spreadsheet, and the faults that say where in them something is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from onedoor.items.rules.exchange.export import Row
from onedoor.items.rules.exchange.layout import Column, How, Layout
from onedoor.items.rules.files import FileFault

MOST_ROWS: Final = 50_000  # of one table
MOST_FAULTS: Final = 200
_COLUMN: Final = {
    "missing": "缺少这一列",
    "unknown": "没有这一列，请删去",
    "twice": "这一列出现了两次，请删去一列",
}
_DATES: Final = ("cd_time", "plan_effective_date", "plan_cancel_date")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: its number in the file (from 1), and its cells by column as the file has them."""

    number: int
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file."""

    name: str
    columns: Sequence[str]
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a file, and what it says as texts."""

    table: str
    number: int
    row: Row


def texts(sheets: Sequence[Sheet], layout: Layout, *, file: str) -> tuple[dict[str, list[Place]], list[FileFault]]:
    """Every table's rows as texts; and what is wrong with tables, columns and single cells."""
    faults = _shape(sheets, layout, file)
    rows: dict[str, list[Place]] = {}
    for sheet in sheets if not faults else ():
        columns = layout.names[sheet.name]
        places = rows[sheet.name] = []
        seen: dict[str, int] = {}
        for line in sheet.lines:
            row, wrong = _texts(line, columns)
            guid = row["row_guid"]
            if guid and guid in seen:
                wrong.append(("row_guid", "tables.duplicate", f"这一行与第{seen[guid]}行重复，请删去一行"))
            seen.setdefault(guid, line.number)
            faults += [FileFault(file, line.number, f"{sheet.name}.{name}", rule, said) for name, rule, said in wrong]
            places.append(Place(sheet.name, line.number, row))
    return rows, faults


def _shape(sheets: Sequence[Sheet], layout: Layout, file: str) -> list[FileFault]:
    found = {sheet.name for sheet in sheets}
    faults = [
        FileFault(file, 1, name, "tables.missing", f"缺少表 {name}；没有内容的表也要保留表头")
        for name in layout.tables
        if name not in found
    ]
    for sheet in sheets:
        if sheet.name not in layout.tables:
            faults.append(FileFault(file, 1, sheet.name, "tables.unknown", f"没有 {sheet.name} 这张表，请删去"))
            continue
        known = set(layout.names[sheet.name]) if sheet.columns or sheet.lines else set()
        wrong = {"missing": known - set(sheet.columns), "unknown": set(sheet.columns) - known}
        wrong["twice"] = {name for name in sheet.columns if list(sheet.columns).count(name) > 1}
        faults += [
            FileFault(file, 1, f"{sheet.name}.{name}", f"tables.column_{rule}", _COLUMN[rule])
            for rule, names in wrong.items()
            for name in sorted(names)
        ]
        if len(sheet.lines) > MOST_ROWS:
            faults.append(FileFault(file, 1, sheet.name, "tables.size", f"超过 {MOST_ROWS} 行，请分成几个文件"))
    return faults


def _texts(line: Line, columns: Mapping[str, Column]) -> tuple[Row, list[tuple[str, str, str]]]:
    row: Row = {}
    wrong = []
    for name, column in columns.items():
        try:
            row[name] = _text(line.cells.get(name), column)
        except ValueError as error:
            row[name] = ""
            wrong.append((name, "tables.cell", str(error)))
            continue
        if column.must and not row[name]:
            wrong.append((name, "tables.empty", f"{column.label}必填"))
    return row, wrong


def _text(value: Any, column: Column) -> str:
    """The text of a cell. Raises ValueError where a spreadsheet has made something else of it."""
    if value is None or isinstance(value, str):
        if column.how is How.ORDER and not (value and value.isascii() and value.isdecimal() and len(value) < 10):
            raise ValueError("排序应当是整数")
        return value or ""
    if isinstance(value, date) and column.name in _DATES:
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    counted = column.how in (How.NUMBER, How.ORDER) or column.name in ("task_version", "page_num")
    if counted and isinstance(value, int | float) and not isinstance(value, bool):
        if value != int(value):
            raise ValueError(f"{column.label}应当是整数，不能是 {value}")
        return str(int(value))
    what = "数字" if isinstance(value, int | float) and not isinstance(value, bool) else "日期或者其他格式"
    raise ValueError(
        f"{column.label}应当是文本，单元格里是{what}：表格软件可能已经改动了内容（例如编码开头的零），"
        "请把单元格格式设为文本后重新填写"
    )
