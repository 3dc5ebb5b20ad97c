"""The chain of levels folded into what is in force, each value with the level that it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from onedoor.items.rules.codes import Level
from onedoor.items.rules.layers.cells import Cells, assemble, cells
from onedoor.items.rules.layers.meet import as_good, meet
from onedoor.items.rules.layers.order import orders, placed, said, together
from onedoor.items.rules.layers.policy import Policies, Rule
from onedoor.kernel.law import law
from onedoor.kernel.tree import Path

LEVELS = {"1": "国家级", "2": "省级", "3": "市级", "4": "县级", "5": "乡镇级", "6": "村级", "7": "分级管理"}


@dataclass(frozen=True, slots=True)
class Layer:
    """What one level sets: a part of an item's tree. ``name`` says whose it is, e.g. ``国家基本目录``."""

    level: Level
    name: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Effective:
    """What is in force: the cells, and for each the layer (counted from the top) that its value comes from."""

    table: Policies
    layers: tuple[Layer, ...]
    cells: Cells
    origins: dict[Path, int]

    def origin(self, path: Path) -> Layer:
        """The layer that a cell's value comes from."""
        return self.layers[self.origins[path]]

    def tree(self) -> dict[str, Any]:
        """The item's tree."""
        return assemble(self.cells, self.table)

    def additions(self, paths: Iterable[Path], *, by: Level) -> frozenset[Path]:
        """Those of the cells that would add a row to a table to which this level may add none."""
        standing = {known[:2] for known in self.cells}
        begun = {row[0] for row in standing}
        closed = {name for name, rows in self.table.rows.items() if name in begun and by > rows.adds}
        return frozenset(path for path in paths if path[0] in closed and path[:2] not in standing)


@dataclass(frozen=True, slots=True)
class Deviation:
    """A field in which a lower level would be worse than, or other than, what stands above (偏离)."""

    path: Path
    label: str
    above: Any
    below: Any
    message: str


@law("优化营商环境条例", 35, 40)
def fold(layers: Sequence[Layer], table: Policies) -> Effective:
    """Fold from the top down. Whatever the layers say, no locked or only-improve field comes out looser than above.

    A lower level's value that it may not set is passed over, and so is a row that its level may not add. Rows stand
    in the order of the levels above, a level's own where that level puts them.
    """
    found = Effective(table, tuple(layers), {}, {})
    for number, layer in enumerate(layers):
        whole = cells(layer.content, table)
        mine = said(whole, table)
        shut = found.additions(mine, by=layer.level)
        mine = {path: value for path, value in mine.items() if path not in shut}
        rows = together(found.cells, mine, wanted=orders(whole, table), table=table)
        for path, value in mine.items():
            _set(found, path, value, number=number)
        if rows != orders(found.cells, table):
            found = replace(found, cells=placed(found.cells, rows))
    return found


def _set(found: Effective, path: Path, value: Any, *, number: int) -> None:
    if path in found.cells:
        above = found.cells[path]
        value = meet(above, value, found.table.of(path))
        if value == above:
            return
    found.cells[path], found.origins[path] = value, number


def deviations(above: Effective, layer: Layer) -> tuple[Deviation, ...]:
    """Why this layer may not stand below those: each field with what is wrong and what may be done instead."""
    return tuple(_deviations(above, layer))


def _deviations(above: Effective, layer: Layer) -> Iterator[Deviation]:
    mine = said(cells(layer.content, above.table), above.table)
    added = above.additions(mine, by=layer.level)
    for row in dict.fromkeys(path[:2] for path in mine if path in added):
        yield _added(above, row, layer)
    for path, value in mine.items():
        if path in above.cells and not as_good(above.cells[path], value, above.table.of(path)):
            yield _worse(above, path, value)
    yield from _unfounded(above, mine)


def _added(above: Effective, row: Path, layer: Layer) -> Deviation:
    rows = above.table.rows[str(row[0])]
    label = f"{rows.label}“{row[1]}”"
    message = f"{LEVELS[layer.level]}不能增加{label}：{rows.why}。请删去，或者请上级修改标准。"
    return Deviation(row, label, None, row[1], message)


def _worse(above: Effective, path: Path, value: Any) -> Deviation:
    policy, origin = above.table.of(path), above.origin(path)
    label, deed = above.table.label(path), "不能改动" if policy.rule is Rule.LOCKED else "只能在此基础上改进"
    message = f"{label}由{origin.name}（{LEVELS[origin.level]}）规定，{deed}：{policy.why}。"
    return Deviation(path, label, above.cells[path], value, message)


def _unfounded(above: Effective, mine: Cells) -> Iterator[Deviation]:
    """A fee is reduced only by a cited basis."""
    for path, value in mine.items():
        held = above.cells.get(path)
        if path[0] != "fees" or path[2:] != ("cents",) or held in (None, value):
            continue
        cited = (*path[:2], "reduction_basis")
        if not (mine.get(cited) or above.cells.get(cited)):
            label = above.table.label(path)
            yield Deviation(path, label, held, value, f"{label}减免了，请同时写明减免依据。")
