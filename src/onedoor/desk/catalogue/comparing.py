"""Two states of an item, field by field: a version and the one before it, a draft and what is in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from onedoor.desk.catalogue.sheet import asking
from onedoor.desk.fields.saying import name_of, say_at, say_node, title_of, words_of
from onedoor.desk.fields.shape import place_of
from onedoor.items import queries
from onedoor.items.rules import Item, encode, item_of
from onedoor.items.rules.revisions import moves, revisions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onedoor.items.rules import ItemVersion
    from onedoor.items.rules.layers import Effective
    from onedoor.items.rules.revisions import Revision
    from onedoor.kernel.tree import Path


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs, in words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One published version, and what it changed."""

    version: ItemVersion
    differences: tuple[Difference, ...]


def differences(before: Item | None, after: Item) -> tuple[Difference, ...]:
    """Every field that differs, in the order of the later item; nothing where there was none before."""
    if before is None:
        return ()
    return tuple(_difference(one, before, after) for one in revisions(before, after, queries.policies()))


def _moved(one: Revision) -> Difference:
    return Difference(one.label, "、".join(one.before), "、".join(one.after))


def _difference(one: Revision, before: Item, after: Item) -> Difference:
    if one.moved:
        return _moved(one)
    path = one.path
    said = [_said(path, item) for item in (before, after)]
    return Difference(_name(path, after) or _name(path, before), said[0], said[1])


def _said(path: Path, item: Item) -> str:
    place = place_of(path, encode(item), queries.policies())
    node: Any = item
    for step in place:
        if isinstance(step, int):
            if step >= len(node):
                return _("没有")
            node = node[step]
        else:
            node = getattr(node, step)
    return say_at(place, node, words_of(item, encode(item)))


def _name(path: Path, item: Item) -> str:
    table = queries.policies()
    if path[0] not in table.rows or len(path) < 2:
        return name_of(path)
    rows = encode(item).get(path[0], [])
    row = next((one for one in rows if one[table.rows[str(path[0])].key] == path[1]), None)
    if row is None:
        return ""
    said = {"table": table.rows[str(path[0])].label, "row": title_of(row)}
    name = _("%(table)s“%(row)s”") % said
    return name if len(path) < 3 else _("%(row)s的%(field)s") % {"row": name, "field": name_of((path[0], 0, *path[2:]))}


def history(code: str) -> tuple[Edition, ...]:
    """All versions of an item with what each changed, newest first."""
    versions = queries.history(code)
    lists = [item_of(one) for one in versions]
    found = [
        Edition(one, differences(old, new)) for one, old, new in zip(versions, [None, *lists], lists, strict=False)
    ]
    return tuple(reversed(found))


def between(old: Effective, new: Effective) -> tuple[Difference, ...]:
    """Cell by cell, what two states of a standard set otherwise."""
    trees = old.tree(), new.tree()
    words = words_of(asking(trees[0]), trees[0]) | words_of(asking(trees[1]), trees[1])
    changed = [
        path for path in dict.fromkeys([*new.cells, *old.cells]) if old.cells.get(path, ...) != new.cells.get(path, ...)
    ]
    found = [Difference(_named(path, new), _set(path, old, words), _set(path, new, words)) for path in changed]
    return (*found, *map(_moved, moves(old.cells, new.cells, new.table)))


def _named(path: Path, level: Effective) -> str:
    place = place_of(path, level.tree(), level.table)
    return level.table.label(path) if len(place) > 2 and place != path else name_of(place)


def _set(path: Path, level: Effective, words: Mapping[str, str]) -> str:
    if path not in level.cells:
        return _("没有规定")
    return say_node(place_of(path, level.tree(), level.table), level.cells[path], words)
