"""A spreadsheet is read as it is, or refused with what to do; none costs more than its size."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from tests.items.rules.exchange.tables import LAYOUT, POLICIES, tables
from tests.items.samples import item

from onedoor.items.rules import BadFile
from onedoor.items.rules.exchange import read_tables, sheets_of_xlsx, to_xlsx
from onedoor.items.rules.exchange.archive import MOST_INFLATED
from onedoor.items.rules.files import FileFault

BASIC = "up_task_general_basic"


def written(change: Callable[[Any, Any], None]) -> bytes:
    """The food licence's workbook, written anew with one change to the sheet of basic data."""
    rows, out = tables(item()), BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for table, columns in LAYOUT.tables.items():
            sheet = book.add_worksheet(table)
            for at, column in enumerate(columns):
                sheet.write_string(0, at, column.name)
                for number, row in enumerate(rows[table], 1):
                    sheet.write_string(number, at, row[column.name])
            if table == BASIC:
                change(sheet, book)
    return out.getvalue()


def column(name: str) -> int:
    return [one.name for one in LAYOUT.tables[BASIC]].index(name)


def faults(content: bytes) -> list[FileFault]:
    try:
        sheets = sheets_of_xlsx(content, file="x.xlsx", layout=LAYOUT)
    except BadFile as bad:
        return list(bad.faults)
    return read_tables(sheets, file="x.xlsx", layout=LAYOUT, policies=POLICIES).faults


def parts(content: bytes, **more: bytes) -> bytes:
    """The workbook with further parts."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        for name, part in more.items():
            new.writestr(name.replace("__", "/"), part)
    return out.getvalue()


def test_a_sheet_without_the_row_of_labels_is_read_as_well() -> None:
    assert faults(written(lambda sheet, book: None)) == []


def test_merged_cells_are_each_named_and_nothing_is_read() -> None:
    def merge(sheet: Any, book: Any) -> None:
        sheet.merge_range(1, 5, 1, 6, "甲")
        sheet.merge_range(3, 0, 5, 1, "乙")

    found = faults(written(merge))
    assert [(f.rule, f.line, f.field) for f in found] == [
        ("xlsx.merged", 2, f"{BASIC}!F2:G2"),
        ("xlsx.merged", 4, f"{BASIC}!A4:B6"),
    ]


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("catalog_code", lambda sheet, at, book: sheet.write_number(1, at, 131026000)),
        ("promise_day", lambda sheet, at, book: sheet.write_number(1, at, 4.5)),
        ("task_name", lambda sheet, at, book: sheet.write_boolean(1, at, True)),
        (
            "dept_name",
            lambda sheet, at, book: sheet.write_datetime(
                1, at, date(2026, 3, 2), book.add_format({"num_format": "yyyy-mm-dd"})
            ),
        ),
    ],
)
def test_what_the_spreadsheet_made_of_a_text_is_a_fault_at_its_cell(name: str, write: Any) -> None:
    (found,) = faults(written(lambda sheet, book: write(sheet, column(name), book)))
    assert (found.rule, found.line, found.field) == ("tables.cell", 2, f"{BASIC}.{name}")


def test_a_day_and_a_whole_number_may_be_written_as_such() -> None:
    def write(sheet: Any, book: Any) -> None:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_number(1, column("promise_day"), 5)
        sheet.write_datetime(1, column("plan_effective_date"), date(2026, 3, 2), day)

    assert faults(written(write)) == []


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "xlsx.zip"),
        (b"name: [", "xlsx.zip"),
        (b"PK\x03\x04 and no more", "xlsx.zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "xlsx.old"),
    ],
)
def test_what_is_no_spreadsheet_is_one_fault(content: bytes, rule: str) -> None:
    assert [fault.rule for fault in faults(content)] == [rule]


def test_macros_are_refused() -> None:
    content = parts(to_xlsx(tables(item()), LAYOUT), xl__vbaProject=b"")
    renamed = parts(content, **{"xl__vbaProject.bin": b"x"})
    assert [fault.rule for fault in faults(renamed)] == ["xlsx.macro"]


def test_a_bomb_is_refused_though_its_header_says_it_is_small() -> None:
    bomb = bytearray(parts(to_xlsx(tables(item()), LAYOUT), xl__bomb=bytes(MOST_INFLATED + 1)))
    size = (MOST_INFLATED + 1).to_bytes(4, "little")
    assert bomb.count(size) == 2  # local header and directory
    lying = bytes(bomb).replace(size, (9).to_bytes(4, "little"))
    assert [fault.rule for fault in faults(lying)] == ["xlsx.size"]


@pytest.mark.parametrize(("cell", "rule"), [((100_000, 0), "xlsx.rows"), ((0, 16_000), "xlsx.columns")])
def test_a_lone_cell_far_away_does_not_fill_the_memory(cell: tuple[int, int], rule: str) -> None:
    assert [f.rule for f in faults(written(lambda sheet, book: sheet.write_string(*cell, "x")))] == [rule]


def test_rows_are_numbered_as_the_spreadsheet_numbers_them() -> None:
    rows = tables(item())
    rows["up_task_general_material"][2]["is_need"] = "7"
    (found,) = faults(to_xlsx(rows, LAYOUT))
    assert (found.line, found.field) == (5, "up_task_general_material.is_need")


def test_equal_rows_give_equal_cells() -> None:
    first, second = (sheets_of_xlsx(to_xlsx(tables(item()), LAYOUT), file="x", layout=LAYOUT) for _ in range(2))
    assert first == second
