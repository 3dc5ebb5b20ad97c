"""一件事: the published items behind a bundle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from onedoor.items.queries.versions import published
from onedoor.items.rules import Item
from onedoor.items.rules.bundles import compose
from onedoor.kernel.errors import NotFound

NOTHING: Mapping[str, Item] = MappingProxyType({})


def members_of(bundle: Item, known: Mapping[str, Item] = NOTHING) -> dict[str, Item]:
    """The items of a bundle by the key of the member: of ``known`` (by code) first, else what is offered today."""
    found: dict[str, Item] = {}
    for member in bundle.members:
        try:
            found[member.key] = known.get(member.item) or published(member.item)
        except NotFound:
            continue
    return found


def composed(bundles: Iterable[Item]) -> list[Item]:
    """Bundles as they would be published now, each pinned to the offered versions of its members."""
    return [compose(bundle, members_of(bundle)) for bundle in bundles]
