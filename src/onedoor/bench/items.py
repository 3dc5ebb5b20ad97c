"""``bench items``: check, publish, look up and show 300 and then 3,000 items in the same instance.

The baseline of every figure is the same with 300: what grows with the catalogue shows as a ratio above one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from onedoor.bench import visits
from onedoor.bench.figures import Figure, percentile
from onedoor.bench.server import Server, running
from onedoor.bench.submit import say

if TYPE_CHECKING:
    import httpx

SMALL, LARGE = 300, 3_000
SHARE: Final = 0.95
AT_LEAST: Final = 20
LISTS: Final = {"items": "/items/", "search": "/search/?q=开饭馆"}


@dataclass(frozen=True, slots=True)
class Round:
    """What one size of the catalogue came to; seconds and bytes."""

    count: int
    made: dict[str, Any]
    read: dict[str, Any]
    pages: dict[str, float]  # p95, milliseconds

    def values(self) -> dict[str, tuple[float, str]]:
        """Every figure with its unit."""
        made, read = self.made, self.read
        return {
            "lint, processor": (round(made["lint"] * 1000 / self.count, 3), "ms an item"),
            "publish": (round(made["published"] / made["publish"], 1), "items a second"),
            "publish, processor": (round(made["publish_processor"] * 1000 / made["published"], 3), "ms an item"),
            "first look of a process": (round(read["load"] * 1000, 1), "ms"),
            "memory of the catalogue": (round(read["memory"] / 2**20, 1), "MB"),
            "first search of a process": (round(read["first_search"] * 1000, 1), "ms"),
            "effective version, first": (round(read["cold"] * 1000, 3), "ms"),
            "effective version, again": (round(read["warm"] * 1_000_000, 2), "µs"),
            **{f"p95, {name}": (value, "ms") for name, value in self.pages.items()},
        }


def measure(*, seconds: float) -> list[Figure]:
    """The whole benchmark, in an instance of its own; ``seconds`` for the pages of both rounds together."""
    with running(workers=2) as server:
        visitor = visits.visitor(f"http://localhost:{server.port}", server.folder)
        small, large = (_round(server, visitor, count=count, seconds=seconds / 2) for count in (SMALL, LARGE))
    before = small.values()
    return [
        Figure("items", large.count, "items", small.count),
        *(Figure(name, value, unit, before[name][0]) for name, (value, unit) in large.values().items()),
    ]


def _round(server: Server, visitor: httpx.Client, *, count: int, seconds: float) -> Round:
    say(f"{count} 个事项：检查、发布")
    made = _told(server, {"publish": count})
    say(f"{count} 个事项：查找、办事指南")
    read = _told(server, {})
    paths = {"guide": [f"/items/{code}/" for code in made["codes"]], **{name: [path] for name, path in LISTS.items()}}
    pages = {name: _p95(visitor, each, seconds=seconds / len(paths)) for name, each in paths.items()}
    return Round(count, made, read, pages)


def _p95(visitor: httpx.Client, paths: list[str], *, seconds: float) -> float:
    """Over several pages of a kind, one after the other."""
    took = [
        one
        for path in paths
        for one in visits.asked(visitor, path, seconds=seconds / len(paths), at_least=-(-AT_LEAST // len(paths)))
    ]
    return round(percentile(sorted(took), SHARE), 1)


def _told(server: Server, job: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(server.program("onedoor.bench.catalogue", given=json.dumps(job)))
    return answer
