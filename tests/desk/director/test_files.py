"""Tables as files."""

import csv
from io import BytesIO, StringIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from onedoor.desk.director.files import FORMULA, as_csv, as_xlsx
from onedoor.desk.director.tables import Cell, Table

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def held(*values: str | float | None) -> Table:
    return Table("t", "表", tuple(f"列{n}" for n, _ in enumerate(values)), (tuple(Cell("", v) for v in values),))


@pytest.mark.parametrize("sign", FORMULA)
def test_text_that_looks_like_a_formula_is_disarmed(sign: str) -> None:
    text = f"{sign}HYPERLINK(1)"
    (row,) = list(csv.reader(StringIO(as_csv(held(text)).decode("utf-8-sig"), newline="")))[1:]
    assert row == [f"'{text}"]


def cells(table: Table) -> list[tuple[str, str]]:
    """Type and content of the cells of a workbook's first row; formulas and links would stand out."""
    with ZipFile(BytesIO(as_xlsx(table))) as book:
        root = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        texts = [node.text or "" for node in ElementTree.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{NS}t")]
    assert not list(root.iter(f"{NS}f"))
    assert not list(root.iter(f"{NS}hyperlink"))
    row = list(root.iter(f"{NS}row"))[1]
    found = [(cell.get("t", "n"), cell.findtext(f"{NS}v", "")) for cell in row]
    return [(kind, texts[int(value)] if kind == "s" else value) for kind, value in found]


def test_numbers_and_noughts_stay_numbers() -> None:
    table = held(-1, 0, -0.5)
    assert as_csv(table).decode("utf-8-sig").splitlines()[1] == "-1,0,-0.5"
    assert cells(table) == [("n", "-1"), ("n", "0"), ("n", "-0.5")]


def test_a_workbook_holds_text_as_text() -> None:
    texts = ("=1+1", "{=1+1}", "@SUM(1)", "http://evil.example/", "-1")
    assert cells(held(*texts)) == [("s", text) for text in texts]
