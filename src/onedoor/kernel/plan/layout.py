"""Where the parts of a graph stand when it is drawn: a column for each rank, rows in the order given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence


def columns(keys: Sequence[str], flows: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Columns from left to right: each key right of all that lead to it, as far to the left as that allows.

    ``flows``: from, to. What stands in a circle, and all behind it, stands together in the last column.
    """
    before = _before(keys, flows)
    ranks: dict[str, int] = {}
    while placed := [key for key in keys if key not in ranks and before[key] <= ranks.keys()]:
        ranks |= {key: max((ranks[need] + 1 for need in before[key]), default=0) for key in placed}
    last = max(ranks.values(), default=-1) + 1
    found = defaultdict(list)
    for key in keys:
        found[ranks.get(key, last)].append(key)
    return tuple(tuple(found[rank]) for rank in sorted(found))


def _before(keys: Sequence[str], flows: Iterable[tuple[str, str]]) -> Mapping[str, set[str]]:
    before: dict[str, set[str]] = {key: set() for key in keys}
    for source, target in flows:
        if source in before and target in before:
            before[target].add(source)
    return before
