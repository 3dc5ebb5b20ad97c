"""The list of what can be taken in: one line a matter, however many organs do it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onedoor.items.queries import Summary


@dataclass(frozen=True, slots=True)
class Offer:
    """One matter: the organ that comes first in the list, and the others that do the same."""

    first: Summary
    others: tuple[Summary, ...] = ()


def together(lines: Iterable[Summary]) -> tuple[Offer, ...]:
    """Lines of the same name become one, where the first of them stands."""
    by_name: dict[str, list[Summary]] = {}
    for line in lines:
        by_name.setdefault(line.name, []).append(line)
    return tuple(Offer(first, tuple(others)) for first, *others in by_name.values())
