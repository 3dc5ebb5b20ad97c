"""The sample county as national access tables."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from tests.items.samples import COUNTY, DATA, item

from onedoor.items.queries import load_yaml
from onedoor.items.rules import Item, read_standard
from onedoor.items.rules.codes import Level
from onedoor.items.rules.exchange import (
    Issue,
    Layout,
    Reading,
    Rows,
    layout_from,
    read_tables,
    sheets_of_json,
    sheets_of_xlsx,
    tables_of,
    to_json,
    to_xlsx,
)
from onedoor.items.rules.layers import policies_from
from onedoor.items.rules.standards import Standard

ACCESS: Final = load_yaml(DATA / "access.yaml")
LAYOUT: Final = layout_from(ACCESS)
POLICIES: Final = policies_from(load_yaml(DATA / "fields.yaml"))
PARTLY: Final = Standard(
    family="00013102600077",
    level=Level.NATIONAL,
    area="000000000000",
    name="国家基本目录",
    content={"name": "食品经营许可", "basic_code": "000131026000", "sequence": "77", "visits": 1},
)


@cache
def county() -> tuple[Item, ...]:
    return tuple(item(path.stem) for path in sorted(COUNTY.glob("*.yaml")))


@cache
def standards() -> tuple[Standard, ...]:
    files = sorted((COUNTY / "standards").glob("*.yaml"))
    return (PARTLY, *(read_standard(file.read_bytes(), file=str(file), table=POLICIES) for file in files))


def tables(*items: Item) -> Rows:
    return tables_of([(one, Issue()) for one in items], [], layout=LAYOUT)


def again(rows: Rows, form: str, *, layout: Layout = LAYOUT) -> Reading:
    """The rows through a file of the form."""
    if form == "json":
        sheets = sheets_of_json(to_json(rows), file="x.json")
    else:
        sheets = sheets_of_xlsx(to_xlsx(rows, layout), file="x.xlsx", layout=layout)
    return read_tables(sheets, file=f"x.{form}", layout=layout, policies=POLICIES)


def reading(rows: Any) -> Reading:
    """The rows through JSON, with whatever kinds of values are in them."""
    return again(rows, "json")
