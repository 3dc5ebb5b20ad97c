"""The shape of an item: what stands at a place of its tree, by the types of its fields; and changes of the tree.

A place is a path of field names and row numbers, written ``materials.2.copies``.
"""

from __future__ import annotations

import types
from copy import deepcopy
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from onedoor.items.rules import Item
from onedoor.items.rules.drafting import INHERIT
from onedoor.items.rules.layers import cells
from onedoor.kernel.errors import NotFound
from onedoor.kernel.expr.nodes import Fact
from onedoor.kernel.law import Article

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onedoor.items.rules.layers import Policies
    from onedoor.kernel.tree import Path

# What people need not see: names that only the machine uses are made by it.
HIDDEN = frozenset({"sm3", "key", "value", "pattern", "pattern_message", "max_length", "sample_values"})
IDENTITY = frozenset({"organ", "organ_name", "level", "area", "implementers", "state"})


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a class: its name, its type without ``None``, whether it must be there, what it is otherwise."""

    name: str
    hint: Any
    optional: bool
    required: bool
    default: Any = None


def read_place(text: str) -> Path:
    """``materials.2.copies`` → ``("materials", 2, "copies")``. Raises NotFound for what is no place of an item."""
    path = tuple(int(p) if p.isascii() and p.isdigit() and len(p) < 4 else p for p in text.split("."))
    part_at(path)
    return path


def write_place(path: Path) -> str:
    """The other way round."""
    return ".".join(map(str, path))


def part_at(path: Path) -> Part:
    """What stands at a place. NotFound."""
    found = Part("", Item, optional=False, required=True)
    for step in path:
        rows = get_args(found.hint)[0] if is_rows(found.hint) else None
        if isinstance(step, int) and rows:
            found = Part(found.name, rows, optional=False, required=True)
        elif isinstance(step, str) and is_dataclass(found.hint) and step in parts_of(found.hint):  # type: ignore[arg-type]
            found = parts_of(found.hint)[step]  # type: ignore[arg-type]
        else:
            raise NotFound
    return found


@cache
def parts_of(cls: type) -> Mapping[str, Part]:
    """The fields of a class by name."""
    hints = get_type_hints(cls)
    return {f.name: _part(f.name, hints[f.name], f.default) for f in fields(cls)}


def _part(name: str, hint: Any, default: Any) -> Part:
    inner = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    condition = Fact in inner
    bare = Fact if condition else next(h for h in inner if h is not types.NoneType)
    missing = default is MISSING
    return Part(name, bare, types.NoneType in inner, missing, None if missing else default)


def is_rows(hint: Any) -> bool:
    """A table of rows."""
    return get_origin(hint) is tuple and is_dataclass(get_args(hint)[0])


def is_options(hint: Any) -> bool:
    """Answers to choose from: written one a line, not as rows."""
    return is_rows(hint) and get_args(hint)[0].__name__ == "Option"


def is_condition(hint: Any) -> bool:
    """An expression."""
    return hint is Fact


def is_simple(hint: Any) -> bool:
    """Asked by one question: text, number, yes or no, codes, lines, an article."""
    if hint is Article or is_options(hint):
        return True
    return not (is_condition(hint) or is_rows(hint) or is_dataclass(hint))


def inside(path: Path) -> tuple[Path, ...]:
    """The places right below a place that people see."""
    hint = part_at(path).hint
    if not is_dataclass(hint) or hint in (Article, Fact):
        return ()
    known = parts_of(hint)  # type: ignore[arg-type]
    return tuple((*path, name) for name in known if name not in HIDDEN)


def get(tree: Any, path: Path, default: Any = None) -> Any:
    """What a tree says at a place, or ``default``."""
    for step in path:
        if isinstance(step, int):
            if not isinstance(tree, list) or step >= len(tree):
                return default
        elif not hasattr(tree, "keys") or step not in tree:
            return default
        tree = tree[step]
    return tree


def put(tree: Mapping[str, Any], values: Mapping[Path, Any]) -> dict[str, Any]:
    """The tree with these places set; what is said already by saying nothing stays unsaid; new rows get their key."""
    new = deepcopy(dict(tree))
    for path, value in values.items():
        part = part_at(path)
        unsaid = get(new, path, MISSING) is MISSING
        if not (unsaid and not part.required and value == _plain(part.default)):
            _put(new, path, value)
    return new


def _plain(default: Any) -> Any:
    return list(default) if isinstance(default, tuple) else default


def _put(tree: Any, path: Path, value: Any) -> None:
    for depth, step in enumerate(path[:-1], start=1):
        here = path[:depth]
        if isinstance(step, int):
            if step > len(tree):
                raise NotFound
            if step == len(tree):
                tree.append(_new_row(tree, here))
        elif tree.get(step) is None:
            tree[step] = [] if is_rows(part_at(here).hint) else {}
        tree = tree[step]
    tree[path[-1]] = value


def _new_row(rows: list[dict[str, Any]], path: Path) -> dict[str, Any]:
    known = parts_of(part_at(path).hint)
    row: dict[str, Any] = {name: [] for name, part in known.items() if part.required and is_rows(part.hint)}
    if "key" in known:
        word = str(path[-2]).rstrip("s")
        taken = {one.get("key") for one in rows}
        row["key"] = next(name for n in range(1, 1000) if (name := f"{word}_{len(rows) + n}") not in taken)
    return row


def drop(tree: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """The tree without what stands at a place. NotFound where nothing does."""
    new = deepcopy(dict(tree))
    if get(new, path, MISSING) is MISSING:
        raise NotFound
    around = get(new, path[:-1])
    if isinstance(path[-1], int) or not part_at(path).required:
        del around[path[-1]]
    return new


def changes(before: Mapping[str, Any], after: Mapping[str, Any], table: Policies) -> dict[Path, Any]:
    """Cell by cell what is to be set, and what taken away (``INHERIT``)."""
    old, new = cells(before, table), cells(after, table)
    found: dict[Path, Any] = {path: value for path, value in new.items() if path not in old or old[path] != value}
    return found | {path: INHERIT for path in old if path not in new}


def cell_of(path: Path, tree: Mapping[str, Any], table: Policies) -> Path:
    """The cell that a place lies in, or the beginning of its cells: ``("materials", "layout", "copies")``."""
    if len(path) > 1 and path[0] in table.rows and isinstance(path[1], int):
        row = get(tree, path[:2], {})
        path = (path[0], str(row.get(table.rows[str(path[0])].key, "")), *path[2:])
    for end in range(1, len(path) + 1):
        if not table.divided(path[:end]) and (end > 1 or path[0] not in table.rows):
            return path[:end]
    return path


def place_of(cell: Path, tree: Mapping[str, Any], table: Policies) -> Path:
    """Where a cell stands in the tree: rows by number."""
    if len(cell) > 1 and cell[0] in table.rows:
        key = table.rows[str(cell[0])].key
        rows = get(tree, cell[:1], [])
        at = next((n for n, row in enumerate(rows) if str(row.get(key)) == cell[1]), len(rows))
        return (cell[0], at, *cell[2:])
    return cell
