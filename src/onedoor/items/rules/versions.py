"""Versions as values: what an item publishes, its digest, and what changed between two."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from onedoor.items.rules.codec import encode
from onedoor.items.rules.values import Item
from onedoor.kernel import sm
from onedoor.kernel.tree import Path, place


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs; None on the side where there is nothing."""

    field: str
    before: Any
    after: Any


def expand(item: Item) -> tuple[Item, ...]:
    """The item at its own organ and at each other implementer, each with its own codes, places and telephones."""
    alone = replace(item, implementers=())
    others = (
        replace(alone, organ=o.organ, organ_name=o.organ_name, area=o.area, places=o.places, contacts=o.contacts)
        for o in item.implementers
    )
    return (alone, *others)


def item_of(version: Item) -> Item:
    """The item of a published version, without what publication added."""
    return Item(**{name: getattr(version, name) for name in Item.__dataclass_fields__})


def digest(item: Item) -> str:
    """SM3 over the canonical JSON of the item's tree: equal digests, equal content."""
    return digest_of(encode(item))


def digest_of(tree: Any) -> str:
    """SM3 over the canonical JSON of a plain tree."""
    canonical = json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sm3:" + sm.sm3(canonical.encode()).hex()


def diff(before: Item, after: Item) -> tuple[Change, ...]:
    """Field by field; rows with a key or a name are matched by it, so that moving one is no change of the others."""
    return tuple(_changes(encode(before), encode(after), ()))


def _changes(before: Any, after: Any, path: Path) -> Iterator[Change]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys([*before, *after]):
            yield from _changes(before.get(key), after.get(key), (*path, key))
    elif isinstance(before, list) and isinstance(after, list) and _keyed(before) and _keyed(after):
        yield from _changes(_by_key(before), _by_key(after), path)
        if list(_by_key(before)) != list(_by_key(after)) and set(_by_key(before)) == set(_by_key(after)):
            yield Change(place(path), list(_by_key(before)), list(_by_key(after)))
    else:
        yield Change(place(path), before, after)


def _keyed(rows: list[Any]) -> bool:
    keys = [_key(row) for row in rows]
    return None not in keys and len(set(keys)) == len(keys)


def _key(row: Any) -> str | None:
    if not isinstance(row, dict):
        return None
    found = row.get("key") or row.get("name") or row.get("question")
    return str(found) if found else None


def _by_key(rows: list[Any]) -> dict[str, Any]:
    return {str(_key(row)): row for row in rows}
