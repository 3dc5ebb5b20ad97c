"""The tables as JSON: one fault with its line for what is no such file."""

import pytest
from tests.items.rules.exchange.tables import LAYOUT, POLICIES, tables
from tests.items.samples import item

from onedoor.items.rules import BadFile
from onedoor.items.rules.exchange import read_tables, sheets_of_json, to_json


def test_the_file_is_the_same_again() -> None:
    content = to_json(tables(item()))
    sheets = sheets_of_json(content, file="x.json")
    assert to_json({sheet.name: [dict(line.cells) for line in sheet.lines] for sheet in sheets}) == content
    assert read_tables(sheets, file="x.json", layout=LAYOUT, policies=POLICIES).faults == []


@pytest.mark.parametrize(
    ("content", "rule", "line"),
    [
        (b"", "json.syntax", 1),
        (b'{"tables":\n {"a": [}', "json.syntax", 2),
        ("表".encode("gbk"), "files.encoding", 1),
        (b"[]", "json.tables", 1),
        (b'{"tables": {"a": {}}}', "json.tables", 1),
        (b'{"tables": {"a": [1]}}', "json.tables", 1),
        (b'{"tables": {}, "tables": {}}', "json.syntax", 1),
        (b"[" * 200_000, "json.syntax", 1),
    ],
)
def test_what_is_no_such_file_is_one_fault(content: bytes, rule: str, line: int) -> None:
    with pytest.raises(BadFile) as caught:
        sheets_of_json(content, file="x.json")
    assert [(fault.rule, fault.line) for fault in caught.value.faults] == [(rule, line)]
