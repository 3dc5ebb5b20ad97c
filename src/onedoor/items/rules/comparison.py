"""One item side by side: what each list says field by field, which level sets it, and where they differ (比较)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from onedoor.items.rules.layers import Cells, Effective, Policies, Policy, Rule, as_good, complete
from onedoor.items.rules.values import Item
from onedoor.kernel.tree import Path


class Part(StrEnum):
    """What of an item is compared (比较的部分)."""

    NAME = "name"  # 名称和依据
    LIMITS = "limits"  # 时限
    MATERIALS = "materials"  # 材料
    STEPS = "steps"  # 环节
    FEES = "fees"  # 收费和结果
    WAYS = "ways"  # 怎么办


class Mark(StrEnum):
    """How one list's value stands to the standard, or, where there is none, to what most lists say (差异)."""

    SAME = "same"  # 一致
    BETTER = "better"  # 优于标准
    OTHER = "other"  # 本地规定，或者各地不同
    WORSE = "worse"  # 偏离标准
    BEHIND = "behind"  # 标准改了，还没有采纳
    MISSING = "missing"  # 没有这一项


_FIELDS: Final = {
    Part.NAME: ("name", "kind", "basic_code", "sequence", "state", "basis", "topics", "audiences"),
    Part.LIMITS: ("clock", "shorter_limits", "project_type", "limit_notes"),
    Part.MATERIALS: ("materials", "conditions", "prohibited", "quantity_limit", "situations", "form"),
    Part.STEPS: (
        "plan",
        "flow",
        "special_procedures",
        *("intermediaries", "cooperating", "promise", "tolerance", "instant"),
        *("separate_duties", "separate_duties_basis"),
    ),
    Part.FEES: ("fees", "online_payment", "result", "delivery"),
    Part.WAYS: (
        *("handle_forms", "online", "online_depth", "visits", "visit_reason", "scope", "in_hall", "one_window"),
        *("appointment", "courier", "terminal", "agent", "elderly_friendly", "summary"),
    ),
}
_PARTS: Final = {field: part for part, fields in _FIELDS.items() for field in fields}
"""What is not named here (who, where, telephones, addresses, samples) is other in every place and not compared."""


@dataclass(frozen=True, slots=True)
class Column:
    """One list, or the standard above all of them. ``origins``: whose layer sets a cell, its own where not named."""

    names: tuple[str, ...]
    cells: Cells
    origins: Mapping[Path, str]
    standard: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What one list says of one field; ``stated``: whether it says anything."""

    value: Any
    stated: bool
    origin: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Line:
    """One field of all lists. ``why``: by what rule lists may differ in it, where they may not as they like."""

    path: Path
    part: Part
    label: str
    why: str
    held: tuple[Held, ...]

    @property
    def differs(self) -> bool:
        """Whether any list says something else."""
        return any(held.mark is not Mark.SAME for held in self.held)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Lists side by side; equal ones share a column."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    @property
    def differing(self) -> tuple[Line, ...]:
        """The fields in which not all agree."""
        return tuple(line for line in self.lines if line.differs)


def column(item: Item, table: Policies, *, found: Effective | None = None) -> Column:
    """A complete list as a column. ``found``: what it was folded from, which says the level of each field."""
    cells = complete(item, table)
    inherited = (path for path, value in cells.items() if found and found.cells.get(path, ...) == value)
    origins = {path: found.origin(path).name for path in inherited} if found else {}
    return Column((item.organ_name,), cells, origins, code=item.code)


def standard_column(above: Effective) -> Column:
    """What the levels above set, as the column that all others are held against."""
    origins = {path: above.origin(path).name for path in above.origins}
    return Column(tuple(dict.fromkeys(layer.name for layer in above.layers)), above.cells, origins, standard=True)


def compare(columns: Sequence[Column], table: Policies) -> Comparison:
    """Side by side, in the order of the first list that says a thing. Columns that say the same become one."""
    shown = _merged(columns)
    partial = _partial(shown, table)
    # of a row that some list lacks one line says so, by its name: not one line for each of its fields
    paths = [path for path in _ordered(shown) if path[:2] not in partial or path[2:] in ((), ("name",))]
    return Comparison(shown, tuple(_line(path, shown, table) for path in paths))


def _partial(columns: Sequence[Column], table: Policies) -> frozenset[Path]:
    """The rows that some list has and another lacks."""
    rows = [{path[:2] for path in one.cells if path[0] in table.rows} for one in columns if not one.standard]
    return frozenset(row for row in set[Path]().union(*rows) if not all(row in each for each in rows))


def _merged(columns: Sequence[Column]) -> tuple[Column, ...]:
    kept: list[Column] = []
    for one in columns:
        alike = next((at for at, held in enumerate(kept) if not one.standard and _alike(held, one)), None)
        if alike is None:
            kept.append(one)
        else:
            kept[alike] = replace(kept[alike], names=(*kept[alike].names, *one.names))
    return tuple(kept)


def _alike(held: Column, one: Column) -> bool:
    return not held.standard and dict(_compared(held)) == dict(_compared(one))


def _compared(one: Column) -> Iterator[tuple[Path, tuple[Any, bool]]]:
    """A value that is its own in both is the same, whoever of the two they are."""
    return ((p, (v, _own(one, p))) for p, v in one.cells.items() if p[0] in _PARTS)


def _own(one: Column, path: Path) -> bool:
    return one.origins.get(path, one.names[0]) in one.names


def _ordered(columns: Sequence[Column]) -> list[Path]:
    paths = dict.fromkeys(path for one in columns for path, _ in _compared(one))
    parts = list(Part)
    fields = [field for names in _FIELDS.values() for field in names]
    return sorted(paths, key=lambda p: (parts.index(_PARTS[str(p[0])]), fields.index(str(p[0]))))


def _line(path: Path, columns: Sequence[Column], table: Policies) -> Line:
    policy = table.of(path)
    base = _base(path, columns)
    held = tuple(_held(one, path, base=base, policy=policy) for one in columns)
    return Line(path, _PARTS[str(path[0])], _label(path, columns, table), policy.why, held)


def _base(path: Path, columns: Sequence[Column]) -> tuple[Any, bool]:
    """What the others are held against: the standard's value, else what most lists say; and whether it binds."""
    above = next((one for one in columns if one.standard and path in one.cells), None)
    if above:
        return above.cells[path], True
    said = [one.cells[path] for one in columns if path in one.cells for _ in one.names]
    return max(said, key=said.count), False


def _held(one: Column, path: Path, *, base: tuple[Any, bool], policy: Policy) -> Held:
    if path not in one.cells:
        return Held(None, False, "", Mark.SAME if one.standard else Mark.MISSING)
    value = one.cells[path]
    origin = one.origins.get(path, one.names[0])
    mark = _mark(value, base, policy)
    inherited = not one.standard and origin not in one.names
    return Held(value, True, origin, Mark.BEHIND if inherited and mark in (Mark.BETTER, Mark.WORSE) else mark)


def _mark(value: Any, base: tuple[Any, bool], policy: Policy) -> Mark:
    expected, binding = base
    if value == expected:
        return Mark.SAME
    if not binding or policy.rule is Rule.LOCAL:
        return Mark.OTHER
    return Mark.BETTER if as_good(expected, value, policy) else Mark.WORSE


def _label(path: Path, columns: Sequence[Column], table: Policies) -> str:
    """A field in words; a row by the name that people know, not by its key."""
    rows = table.rows.get(str(path[0]))
    if rows is None or len(path) < 2:
        return table.label(path)
    named = next((one.cells[n] for one in columns for n in [(*path[:2], "name")] if n in one.cells), path[1])
    what = "" if len(path) < 3 or path[2] == "name" else f"：{table.of(path).label or path[-1]}"
    return f"{rows.label}“{named}”{what}"
