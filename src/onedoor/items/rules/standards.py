"""基本目录: what each level above a list sets for an item, and the chain of them over a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from onedoor.items.rules.codes import Level
from onedoor.items.rules.layers import Deviation, Layer, Policies, assemble, deviations, fold, own, read_cells
from onedoor.items.rules.values import Item
from onedoor.items.rules.versions import digest_of, expand
from onedoor.kernel.codes import why_not_division
from onedoor.kernel.errors import NotFound
from onedoor.kernel.tree import Fault, Malformed, Path

NATION: Final = "000000000000"
_ENDS: Final = {Level.NATIONAL: 0, Level.PROVINCE: 2, Level.CITY: 4, Level.COUNTY: 6, Level.TOWNSHIP: 9}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """What one level sets for a 办理项 (``family``: basic code, sequence). ``content``: part of an item's tree."""

    family: str
    level: Level
    area: str
    name: str
    content: Mapping[str, Any]

    @property
    def layer(self) -> Layer:
        """Its place in the chain."""
        return Layer(self.level, self.name, self.content)

    @property
    def digest(self) -> str:
        """SM3 over its canonical content."""
        return digest_of({"name": self.name, "content": self.content})


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardVersion(Standard):
    """One published version; immutable."""

    id: int
    number: int
    effective_from: date


def areas_above(area: str) -> tuple[str, ...]:
    """The nation, and each division down to this one: whose standards bind a list of the place."""
    return tuple(dict.fromkeys([*(area[:end].ljust(12, "0") for end in _ENDS.values()), area]))


def level_of(area: str) -> Level:
    """The level at which a division stands. NotFound below the townships, where nobody sets standards."""
    found = next((level for level, end in _ENDS.items() if area == area[:end].ljust(12, "0")), None)
    if found is None:
        raise NotFound("这一级不制定事项标准。")
    return found


def chain(standards: Iterable[StandardVersion], *, area: str, on: date) -> tuple[StandardVersion, ...]:
    """Those in force over a place on a day, from the top down; of each level its newest version."""
    over = areas_above(area)
    newest: dict[str, StandardVersion] = {}
    for standard in sorted(standards, key=lambda one: one.number):
        if standard.area in over and standard.effective_from <= on:
            newest[standard.area] = standard
    return tuple(newest[place] for place in over if place in newest)


def against(item: Item, standards: Iterable[Standard], table: Policies) -> tuple[Deviation, ...]:
    """Where a complete list, at any of its organs, is looser or other than the standards over its place, each once."""
    mine = [standard for standard in standards if standard.family == item.family]
    found: dict[Path, Deviation] = {}
    for variant in expand(item):
        places = areas_above(variant.area)
        over = sorted((one for one in mine if one.area in places), key=lambda one: places.index(one.area))
        above = fold([standard.layer for standard in over], table)
        wrong = deviations(above, Layer(variant.level, variant.organ_name, own(above, variant)))
        found |= {one.path: one for one in wrong if one.path not in found}
    return tuple(found.values())


def standard_from(tree: Mapping[str, Any], table: Policies) -> Standard:
    """A standard as a file writes it: ``standard: {level, area, name}`` and what it sets. Raises Malformed."""
    head = tree.get("standard")
    faults = list(_head_faults(head))
    if faults:
        raise Malformed(faults)
    parts = read_cells({name: value for name, value in tree.items() if name != "standard"}, table)
    missing = [name for name in ("name", "basic_code", "sequence") if (name,) not in parts]
    if missing:
        raise Malformed(Fault((name,), "schema.missing", f"缺少字段 {name}") for name in missing)
    return Standard(
        family=f"{parts['basic_code',]}{parts['sequence',]}",
        level=Level(head["level"]),  # type: ignore[index]
        area=head["area"],  # type: ignore[index]
        name=head["name"],  # type: ignore[index]
        content=assemble(parts, table),
    )


def standard_tree(standard: Standard) -> dict[str, Any]:
    """The tree of a standard's file; ``standard_from`` reads it."""
    head = {"level": standard.level.value, "area": standard.area, "name": standard.name}
    return {"standard": head, **standard.content}


def _head_faults(head: object) -> Iterable[Fault]:
    wanted = {"level", "area", "name"}
    if not isinstance(head, Mapping) or set(head) != wanted or not all(isinstance(v, str) for v in head.values()):
        yield Fault(("standard",), "schema.standard", "应当写明 standard: {level, area, name}，三项都是文字")
        return
    if head["level"] not in {level.value for level in _ENDS}:
        yield Fault(("standard", "level"), "schema.code", "层级应当是 1（国家）、2（省）、3（市）、4（县）或 5（乡镇）")
        return
    end = _ENDS[Level(head["level"])]
    if head["area"] != NATION and (why := why_not_division(head["area"])):
        yield Fault(("standard", "area"), "schema.area", why)
    elif head["area"] != head["area"][:end].ljust(12, "0"):
        yield Fault(("standard", "area"), "schema.area", "区划代码与层级不一致：下级部分应当为零，全国写十二个零")
