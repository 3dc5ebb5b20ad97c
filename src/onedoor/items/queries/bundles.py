"""一件事: the published items behind a bundle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from onedoor.items.queries.versions import Summary, catalogue, published, version
from onedoor.items.rules import Item, ItemVersion
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


@dataclass(frozen=True, slots=True)
class Newer:
    """A member of a bundle that has changed: as the bundle was made of it, and as it is offered today (or not)."""

    held: ItemVersion
    now: ItemVersion | None


@dataclass(frozen=True, slots=True)
class Outdated:
    """A bundle that is offered as its members no longer are (并联事项变了)."""

    bundle: Summary
    newer: tuple[Newer, ...]


def outdated() -> tuple[Outdated, ...]:
    """The bundles offered today that were made of other versions of their members than are offered, by name."""
    found = ((line, _newer(line)) for line in catalogue() if line.members)
    return tuple(Outdated(line, newer) for line, newer in found if newer)


def _newer(line: Summary) -> tuple[Newer, ...]:
    offered = {one.code: one.id for one in catalogue()}
    changed = [(held, offered.get(code)) for code, held in line.members if held and offered.get(code) != held]
    return tuple(Newer(version(held), version(now) if now else None) for held, now in changed)
