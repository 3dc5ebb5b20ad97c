"""The national access tables as a spreadsheet: one sheet a table, every cell a text.

The first row names the columns, the second says them in Chinese. A text longer than a cell can be goes on in columns
named ``NAME~2``, ``NAME~3``.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

import xlsxwriter
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from onedoor.items.rules.exchange import archive
from onedoor.items.rules.exchange.export import Row, Rows
from onedoor.items.rules.exchange.layout import Layout
from onedoor.items.rules.exchange.sheets import MOST_ROWS, Line, Sheet
from onedoor.items.rules.files import BadFile, FileFault

LONGEST: Final = 5_000  # characters of a text in one cell; the format allows 32,767, and making safe takes up to six
HEADERS: Final = 2
_JSON: Final = "json:"
_ODD: Final = re.compile(rf"^{_JSON}|_x[0-9A-Fa-f]{{4}}_|[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_UNSAID: Final = re.compile(r"[_\ud800-\udfff\ufffe\uffff]")
"""What the format or its readers change; such a text is written as a JSON string after this mark."""
_OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def to_xlsx(rows: Rows, layout: Layout) -> bytes:
    """The workbook of all tables; the same rows always give the same cells."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        text, head = book.add_format({"num_format": "@", "valign": "top"}), book.add_format({"bold": True})
        for table, columns in layout.tables.items():
            sheet = book.add_worksheet(table)
            wide = [_chunks(rows[table], column.name) for column in columns]
            sheet.set_column(0, sum(wide) - 1, 18, text)
            sheet.freeze_panes(HEADERS, 0)
            at = 0
            for column, parts in zip(columns, wide, strict=True):
                for part in range(parts):
                    sheet.write_string(0, at, _part_name(column.name, part), head)
                    sheet.write_string(1, at, "" if part else column.label, head)
                    _write(sheet, at, [row[column.name][part * LONGEST :][:LONGEST] for row in rows[table]], text=text)
                    at += 1
    return out.getvalue()


def sheets_of_xlsx(content: bytes, *, file: str, layout: Layout) -> list[Sheet]:
    """The tables of a workbook; sheets of other names are left for the caller to refuse. Raises BadFile."""
    try:
        archive.check(content, most_rows=MOST_ROWS + HEADERS)
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            kinds = {sheet.name: sheet.typ for sheet in book.sheets_metadata}
            sheets = [
                book.get_sheet_by_name(name) for name in book.sheet_names if kinds[name] is SheetTypeEnum.WorkSheet
            ]
    except archive.Refused as refused:
        raise _bad(file, refused.rule, refused.message) from refused
    except CalamineError as error:
        raise _bad(file, "xlsx.zip", "文件打不开：不是 .xlsx，或者已经损坏") from error
    if merged := [fault for sheet in sheets for fault in _merged(sheet, file)]:
        raise BadFile(tuple(merged))
    return [_sheet(sheet, layout) for sheet in sheets]


def _write(sheet: Any, at: int, texts: Sequence[str], *, text: Any) -> None:
    for number, value in enumerate(texts, HEADERS):
        if value and sheet.write_string(number, at, _safe(value), text):
            raise ValueError(f"a cell that the format does not hold: row {number}, column {at}")


def _safe(value: str) -> str:
    """The text, or what stands for it where the format or its readers would change it."""
    if not _ODD.search(value):
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return _JSON + _UNSAID.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def _plain(cell: Any) -> Any:
    """The text as it was before it was made safe; a mark that somebody typed stays as it is."""
    if isinstance(cell, str) and cell.startswith(_JSON):
        with contextlib.suppress(ValueError):
            return json.loads(cell.removeprefix(_JSON))
    return cell


def _chunks(rows: Sequence[Row], column: str) -> int:
    longest = max((len(row[column]) for row in rows), default=0)
    return max(1, -(-longest // LONGEST))


def _part_name(column: str, part: int) -> str:
    return f"{column}~{part + 1}" if part else column


def _merged(sheet: CalamineSheet, file: str) -> list[FileFault]:
    return [
        FileFault(
            file,
            top + 1,
            f"{sheet.name}!{_letters(left)}{top + 1}:{_letters(right)}{bottom + 1}",
            "xlsx.merged",
            "这里有合并单元格，请取消合并并逐格填写",
        )
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _sheet(sheet: CalamineSheet, layout: Layout) -> Sheet:
    grid = sheet.to_python(skip_empty_area=False)
    names = [str(cell).strip() for cell in grid[0]] if grid else []
    while names and not names[-1] and all(len(row) < len(names) or row[len(names) - 1] == "" for row in grid):
        names.pop()
    lines = []
    for number, cells in enumerate(grid[1:], 2):
        row = _joined(names, cells)
        if any(value not in ("", None) for value in row.values()) and not _labels(
            number, row, table=sheet.name, layout=layout
        ):
            lines.append(Line(number, row))
    return Sheet(sheet.name, [name for name in names if "~" not in name], lines)


def _joined(names: Sequence[str], cells: Sequence[Any]) -> dict[str, Any]:
    """The row by column, long texts put together."""
    row: dict[str, Any] = {}
    for name, cell in zip(names, cells, strict=False):
        value = _plain(cell)
        column, more, _ = name.partition("~")
        if more and isinstance(value, str) and isinstance(row.get(column), str):
            row[column] += value
        else:
            row[column] = value
    return row


def _labels(number: int, row: dict[str, Any], *, table: str, layout: Layout) -> bool:
    """Whether this is the row that says the columns in Chinese."""
    columns = layout.names.get(table, {})
    return number == HEADERS and all(row.get(name) == column.label for name, column in columns.items() if name in row)


def _bad(file: str, rule: str, message: str) -> BadFile:
    return BadFile((FileFault(file, 1, "", rule, message),))
