"""Rules that only a look at many items together can apply: codes, names, near-duplicates."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import ceil

from onedoor.items.rules.lint.findings import Remark, Severity, wide_rule
from onedoor.items.rules.lint.tables import Lists
from onedoor.items.rules.values import Item

_NOISE = re.compile(r"[\s（）()、，·《》“”]")


@wide_rule(
    "catalogue.code_twice",
    "一个编码一个事项",
    basis="国办函〔2016〕108号；事项编码规则：业务办理项编码 33 位",
    remedy="改办理项序号，或者删去重复的文件",
)
def code_twice(items: Sequence[Item], lists: Lists) -> Iterator[tuple[int, Remark]]:
    """No two items of one organ have the same 33-character code, other implementers included."""
    seen: dict[str, Item] = {}
    for index, item in enumerate(items):
        for code in _codes(item):
            if code in seen:
                yield index, Remark(("sequence",), f"编码 {code} 已经是“{seen[code].name}”的编码")
            else:
                seen[code] = item


def _codes(item: Item) -> Iterator[str]:
    yield item.code
    yield from (f"{other.organ}{item.level}{item.family}" for other in item.implementers)


@wide_rule(
    "catalogue.name_differs",
    "同一编码的事项同名",
    basis="国办函〔2016〕108号：同一事项同一名称、同一编码",
    remedy="改用上级目录（没有上级的，用多数实施主体）的名称；确是另一件事的，改编码",
)
def name_differs(items: Sequence[Item], lists: Lists) -> Iterator[tuple[int, Remark]]:
    """The same 办理项 has one name everywhere: that of the highest level, and there the one used most."""
    families: dict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        families[item.family].append(index)
    for places in families.values():
        base = _base([items[place] for place in places])
        for place in places:
            if items[place].name != base:
                yield place, Remark(("name",), f"名称“{items[place].name}”与同一编码的标准名称“{base}”不同")


def _base(family: Sequence[Item]) -> str:
    highest = min(item.level.value for item in family)
    names = Counter(item.name for item in family if item.level.value == highest)
    return min(names, key=lambda name: (-names[name], name))


@wide_rule(
    "catalogue.near_duplicate",
    "不同编码的事项不是同一件事",
    basis="国办函〔2016〕108号：同一事项同一名称、同一编码",
    remedy="是同一件事的合并，使用同一编码；不是的，改名称使人分得清",
    severity=Severity.WARNING,
)
def near_duplicates(items: Sequence[Item], lists: Lists) -> Iterator[tuple[int, Remark]]:
    """Items of one kind whose names are alike under different basic codes; the same name is an error."""
    first: dict[tuple[str, str, str], int] = {}
    for index, item in enumerate(items):
        first.setdefault((item.kind.value, item.basic_code, item.name), index)
    groups: dict[str, list[int]] = defaultdict(list)
    for (kind, _, _), index in first.items():
        groups[kind].append(index)
    for places in groups.values():
        names = {place: pairs_of(items[place].name) for place in places}
        for one, other in similar(names, lists.similar_percent):
            a, b = items[one], items[other]
            if a.basic_code != b.basic_code:
                same = names[one] == names[other]
                message = f"与“{a.name}”（{a.basic_code}）{'同名' if same else '名称相近'}，编码不同"
                yield other, Remark(("name",), message, Severity.ERROR if same else None)


def pairs_of(name: str) -> frozenset[str]:
    """The pairs of neighbouring letters of a name, punctuation aside."""
    bare = _NOISE.sub("", name)
    return frozenset(bare[place : place + 2] for place in range(max(1, len(bare) - 1)))


def similar(names: Mapping[int, frozenset[str]], percent: int) -> Iterator[tuple[int, int]]:
    """Pairs whose sets overlap by so many percent (Jaccard), each once, the smaller number first.

    Two sets can only reach the threshold if they share one of the rarest few elements of each, so that only those are
    looked up in an inverted index: far fewer comparisons than every name with every other.
    """
    often = Counter(pair for pairs in names.values() for pair in pairs)
    index: dict[str, list[int]] = defaultdict(list)
    for place in sorted(names):
        mine = names[place]
        rarest = sorted(mine, key=lambda pair: (often[pair], pair))
        prefix = rarest[: len(mine) - ceil(len(mine) * percent / 100) + 1]
        for other in sorted({candidate for pair in prefix for candidate in index[pair]}):
            if 100 * len(mine & names[other]) >= percent * len(mine | names[other]):
                yield other, place
        for pair in prefix:
            index[pair].append(place)
