"""The county's item files, and small changes to them."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

import onedoor.items
from onedoor.items.rules import Item, Tables, bundles, decode, encode, expand, read, tables_from

DATA = Path(onedoor.items.__file__).parent / "data"
COUNTY = DATA / "530524"
FOOD = "food-business"
DAY = date(2026, 3, 2)


def text(slug: str = FOOD) -> str:
    return (COUNTY / f"{slug}.yaml").read_text(encoding="utf-8")


def item(slug: str = FOOD) -> Item:
    return read(text(slug), file=f"{slug}.yaml").item


@cache
def singles() -> Mapping[str, Item]:
    """Every item of the county that is no bundle, by code."""
    return {one.code: one for path in COUNTY.glob("*.yaml") for one in expand(item(path.stem))}


def bundle(slug: str) -> Item:
    """A bundle of the county, composed of its members."""
    found = item(f"bundles/{slug}")
    return bundles.compose(found, {member.key: singles()[member.item] for member in found.members})


def tables() -> Tables:
    tree: Mapping[str, Any] = YAML(typ="safe").load((DATA / "tables.yaml").read_text(encoding="utf-8"))
    return tables_from(tree)


def changed(changes: Mapping[str, Any], slug: str = FOOD) -> Item:
    """The item with some places of its tree set, e.g. ``{"clock.promised.number": 30, "materials.0.name": "…"}``."""
    tree = deepcopy(encode(item(slug)))
    for place, value in changes.items():
        *way, last = [int(part) if part.isdigit() else part for part in place.split(".")]
        node = tree
        for part in way:
            node = node[part]
        if isinstance(node, list) and last == len(node):
            node.append(value)
        else:
            node[last] = value
    return decode(Item, tree)
