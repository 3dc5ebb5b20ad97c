"""Deliberately broken items (``tests/items/broken``): each a small change of a good item and the rule that catches it.

``set`` and ``remove`` name places: ``materials.rules.name`` is the name of the material whose key is ``rules``, a
number is a place in a list (one past its end adds a row). ``beside`` are further items of the same catalogue.
"""

from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from tests.items.samples import FOOD, item

from onedoor.items.rules import Item, decode, encode
from onedoor.items.rules.reading import text_of, tree_of

BROKEN = Path(__file__).parent / "broken"
SLUGS = sorted(path.stem for path in BROKEN.glob("*.yaml"))


def patch(slug: str) -> dict[str, Any]:
    return tree_of(text_of((BROKEN / f"{slug}.yaml").read_bytes()))


def catalogue(changes: Mapping[str, Any]) -> list[Item]:
    """The items beside it, then the broken one."""
    return [*(broken(other) for other in changes.get("beside", [])), broken(changes)]


def broken(changes: Mapping[str, Any]) -> Item:
    tree = deepcopy(encode(item(changes.get("base", FOOD))))
    for place, value in changes.get("set", {}).items():
        node, last = _at(tree, place)
        if isinstance(node, list) and int(last) >= len(node):
            node.append(value)
        else:
            node[last] = value
    for place in changes.get("remove", []):
        node, last = _at(tree, place)
        del node[last]
    return decode(Item, tree)


def _at(tree: Any, place: str) -> tuple[Any, Any]:
    *way, last = place.split(".")
    for part in way:
        tree = tree[_step(tree, part)]
    return tree, _step(tree, last)


def _step(node: Any, part: str) -> Any:
    if not isinstance(node, list):
        return part
    return int(part) if part.isdigit() else next(n for n, row in enumerate(node) if row.get("key") == part)
