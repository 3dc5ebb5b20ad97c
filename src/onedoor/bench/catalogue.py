"""The program of ``bench items``: ``python -m onedoor.bench.catalogue`` in a fresh instance, told what to do.

The items are those of the sample county, each again at further organs with valid codes: the same item of another
organ is what a larger county has more of. Refused where another catalogue is published already.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from onedoor.items.rules import Item

PREFIX: Final = "11530524"  # a machinery organ of the sample county
FIRST_SUBJECT: Final = 90_000_000  # no organ of the sample county has such a number
LOOKUPS: Final = 2_000
COLD: Final = 100
SHOWN: Final = 20
PAGE: Final = 4096


def items(count: int) -> list[Item]:
    """So many items: those of the sample county at all their organs, then again at others."""
    from onedoor.items import queries
    from onedoor.items.rules import expand

    sources, _ = queries.read_folder(queries.DATA / "530524")
    sample = [variant for source in sources for variant in expand(source.item)]
    organs = sorted({item.organ for item in sample})
    return [
        _again(item, number // len(sample), organ=organs.index(item.organ))
        for number in range(count)
        for item in [sample[number % len(sample)]]
    ]


def _again(item: Item, times: int, *, organ: int) -> Item:
    from onedoor.kernel.codes import make_uscc

    if not times:
        return item
    code = make_uscc(PREFIX, f"{FIRST_SUBJECT + times * 1_000 + organ:08}")
    return replace(item, organ=code, organ_name=f"{item.organ_name}（{times}）")


def publish(count: int) -> dict[str, Any]:
    """Check all and publish what is not published yet, up to so many; seconds of each, and of the processor."""
    from django.utils import timezone

    from onedoor.items import commands, queries
    from onedoor.items.rules import lint_all
    from onedoor.kernel.actor import system
    from onedoor.kernel.errors import Refused

    wanted = items(count)
    held = set(queries.newest([item.code for item in wanted]))
    if queries.count() > len(held):
        raise Refused("in_use", "这个实例已经在用，不能放进性能测试的数据。")
    fresh = [item for item in wanted if item.code not in held]
    lint = _seconds(lambda: lint_all(wanted, queries.tables(), on=timezone.localdate()))
    began = time.perf_counter()
    spent = _seconds(lambda: commands.publish(fresh, by=system("bench"), at=timezone.now()))
    took = time.perf_counter() - began
    codes = [item.code for item in wanted[:: max(1, len(wanted) // SHOWN)]]
    return {"lint": lint, "publish": took, "publish_processor": spent, "published": len(fresh), "codes": codes}


def read() -> dict[str, Any]:
    """What a fresh process needs: for its first look at the catalogue, for each version, and from then on."""
    from onedoor.items import queries

    queries.tables()
    before = _memory()
    load = _seconds(queries.count)
    memory = _memory() - before
    lines = queries.catalogue()[: COLD * 7 : 7]
    cold = _seconds(lambda: [queries.version(line.id) for line in lines]) / len(lines)
    codes = [line.code for line in lines]
    warm = _seconds(lambda: [queries.published(codes[n % len(codes)]) for n in range(LOOKUPS)]) / LOOKUPS
    search = _seconds(lambda: queries.search("开饭馆"))
    return {"load": load, "memory": memory, "cold": cold, "warm": warm, "first_search": search}


def main() -> None:
    """``{"publish": N}`` or ``{}`` (to read) on standard input; figures in seconds and bytes on standard output."""
    import django

    django.setup()
    job = json.load(sys.stdin)
    answer = publish(job["publish"]) if "publish" in job else read()
    sys.stdout.write(json.dumps(answer))


def _seconds(act: Callable[[], object]) -> float:
    """Processor time: what the program does; what else the machine does is not in it."""
    began = time.process_time()
    act()
    return time.process_time() - began


def _memory() -> int:
    """Bytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE


if __name__ == "__main__":
    main()
