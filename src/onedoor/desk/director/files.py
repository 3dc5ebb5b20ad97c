"""Tables as files: CSV that a spreadsheet opens as it stands, and XLSX."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from onedoor.desk.director.tables import Cell, Table

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(table: Table) -> bytes:
    """UTF-8 with a mark, so that spreadsheets read Chinese; text that looks like a formula is disarmed."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([_plain(cell) for cell in row] for row in _rows(table))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(table: Table) -> bytes:
    """One sheet; numbers as numbers, shares as per cent, text never as a formula."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, bold = book.add_worksheet(table.title[:31]), book.add_format({"bold": True})
        percent = book.add_format({"num_format": "0.0%"})
        sheet.write_row(0, 0, table.columns, bold)
        for at, row in enumerate(_rows(table), 1):
            for column, cell in enumerate(row):
                if isinstance(cell.value, float):
                    sheet.write_number(at, column, cell.value, percent)
                else:
                    sheet.write(at, column, "" if cell.value is None else cell.value)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 28)
    return out.getvalue()


def _rows(table: Table) -> tuple[tuple[Cell, ...], ...]:
    return (*table.rows, table.total) if table.total else table.rows


def _plain(cell: Cell) -> str | int | float:
    value = cell.value
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value
