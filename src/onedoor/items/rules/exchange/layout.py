"""The national access tables as ``data/access.yaml`` describes them: tables, columns, and how a cell holds a field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from onedoor.kernel.tree import Path

COMMA: Final = ","
MISSING: Final = object()
"""What an empty cell is read as: the field is not there."""
_PARTS: Final = ("basic", "extend", "material", "fee_project", "questions")
FAMILIES: Final = ("general", "public")
"""许可、给付、奖励、确认、裁决、其他; and 公共服务, which has tables of its own."""


class How(StrEnum):
    """How a cell holds what it holds."""

    TEXT = "text"
    NUMBER = "number"
    YES = "yes"
    LIST = "list"
    CODE = "code"
    CODES = "codes"
    ORDER = "order"  # the place of the row among those of its item
    REST = "rest"  # JSON of what no other column holds


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``path``: the field that it holds; ``told``: the rendering that it shows; neither: stays empty."""

    name: str
    label: str
    must: bool = False
    path: tuple[str, ...] = ()
    told: str = ""
    how: How = How.TEXT
    codes: Mapping[str, str] = field(default_factory=dict)
    none: str = ""

    def write(self, value: Any) -> str:
        """The cell for a value of the field; None = there is none."""
        if value is None:
            return self.none
        if self.how is How.YES:
            return "1" if value else "0"
        if self.how is How.CODE:
            return self.codes.get(value, "")
        if self.how is How.CODES:
            return COMMA.join(dict.fromkeys(self.codes[one] for one in value if one in self.codes))
        return COMMA.join(value) if self.how is How.LIST else str(value)

    def read(self, cell: str) -> Any:
        """The value that a cell holds, MISSING for an empty one. Raises ValueError with what is wrong."""
        if not cell:
            return MISSING
        if self.how is How.NUMBER:
            return _number(cell)
        if self.how is How.YES:
            return _code(cell, {"1": True, "0": False})
        if self.how is How.CODE:
            return _code(cell, self._back)
        if self.how is How.CODES:
            return [_code(one, self._back) for one in cell.split(COMMA)]
        return cell.split(COMMA) if self.how is How.LIST else cell

    @property
    def _back(self) -> dict[str, str]:
        """By national code; where several of our values have the same one, the first."""
        return {national: ours for ours, national in reversed(list(self.codes.items()))}


@dataclass(frozen=True)
class Layout:
    """All tables, by name, each with its columns in order."""

    tables: Mapping[str, tuple[Column, ...]]

    def part(self, family: str, part: str) -> tuple[str, tuple[Column, ...]]:
        """The name and the columns of e.g. ``general``, ``material``."""
        name = f"up_task_{family}_{part}"
        return name, self.tables[name]

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, Column]]:
        """The columns of every table by name."""
        return {table: {column.name: column for column in columns} for table, columns in self.tables.items()}


def layout_from(tree: Mapping[str, Any], *, dictionary: str = "c0109") -> Layout:
    """The tables with the codes of a dictionary: ``c0109`` (national platform) or ``gbt39046`` (its appendix A)."""
    codes = {**tree["dictionaries"]["c0109"], **tree["dictionaries"][dictionary]}
    common, task = tree["common"], tree["task"]
    parts = {name: [*common, *task, *rows] for name, rows in tree["parts"].items()}
    lone = {name: [*common, *tree["parts"][name]] for name in ("directory", "organization")}
    wanted = {f"up_task_{family}_{part}": parts[part] for family in FAMILIES for part in _PARTS}
    wanted = {"up_task_directory": lone["directory"], **wanted, "up_zone_organization": lone["organization"]}
    return Layout({name: tuple(_column(row, codes) for row in rows) for name, rows in wanted.items()})


def held(columns: tuple[Column, ...], path: Path) -> str:
    """The column that holds a field, or the one of all the rest."""
    fit = next((column for column in columns if column.path and path[: len(column.path)] == column.path), None)
    return fit.name if fit else "extend_field"


def _column(row: Mapping[str, Any], codes: Mapping[str, Mapping[str, str]]) -> Column:
    return Column(
        name=row["column"],
        label=row["label"],
        must=row.get("must", False),
        path=tuple(row["path"].split(".")) if "path" in row else (),
        told=row.get("told", ""),
        how=How(row.get("as", "text")),
        codes=codes[row["codes"]] if "codes" in row else {},
        none=row.get("none", ""),
    )


def _number(cell: str) -> int:
    if not (cell.isascii() and cell.isdecimal() and len(cell) <= 9):
        raise ValueError("应当是整数")
    return int(cell)


def _code(cell: str, known: Mapping[str, Any]) -> Any:
    if cell not in known:
        raise ValueError(f"“{cell[:40]}”不是代码表中的值，可用：{'、'.join(known)}")
    return known[cell]
