"""Another county's catalogue beside ours: which lists are of one item though their codes differ, and what they say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from onedoor.items.rules.codec import read_field
from onedoor.items.rules.comparison import Column, Comparison, Held, Line, Part, column, compare
from onedoor.items.rules.facts import labels_of
from onedoor.items.rules.layers import Policies
from onedoor.items.rules.values import Item
from onedoor.kernel import expr
from onedoor.kernel.clock import Limit
from onedoor.kernel.expr import Expr
from onedoor.kernel.plan import Plan
from onedoor.kernel.tree import Malformed, Path

OURS, THEIRS = "本地", "对方"
PARTS: Final = (Part.NAME, Part.LIMITS, Part.MATERIALS, Part.STEPS, Part.FEES)
ROWS: Final = ("materials", "fees", "situations", "shorter_limits")  # tables whose rows are told apart by a key
LONGEST: Final = 60  # characters of a value in one line


@dataclass(frozen=True, slots=True)
class Pair:
    """The lists of one item on both sides; one side is empty where only the other has it."""

    ours: tuple[Item, ...]
    theirs: tuple[Item, ...]

    @property
    def one(self) -> Item:
        """Any of them, ours first."""
        return (*self.ours, *self.theirs)[0]


@dataclass(frozen=True, slots=True)
class Beside:
    """One field in which they differ: each thing said, with who says it."""

    code: str
    name: str
    part: Part
    field: str
    ours: tuple[tuple[str, Any], ...]
    theirs: tuple[tuple[str, Any], ...]


def pairs(ours: Iterable[Item], theirs: Iterable[Item]) -> tuple[Pair, ...]:
    """The items of two catalogues: alike by basic code and sequence, else by basic code, else by name.

    The organ and the division in a code say who, not what: they are passed over.
    """
    left, right = _by(ours, lambda item: item.family), _by(theirs, lambda item: item.family)
    found = [Pair(left.pop(key), right.pop(key)) for key in list(left) if key in right]
    for same in (lambda item: item.basic_code, lambda item: item.name):
        found += _paired(left, right, same)
    return (*found, *(Pair(one, ()) for one in left.values()), *(Pair((), one) for one in right.values()))


def _paired(left: _Groups, right: _Groups, same: Callable[[Item], str]) -> Iterator[Pair]:
    """Those that are alike only so, and alike to one other only."""
    mine, others = ({key: same(items[0]) for key, items in side.items()} for side in (left, right))
    for key, what in mine.items():
        alike = [other for other, told in others.items() if told == what]
        if len(alike) == 1 and list(mine.values()).count(what) == 1:
            yield Pair(left.pop(key), right.pop(alike[0]))


_Groups = dict[str, tuple[Item, ...]]


def _by(items: Iterable[Item], key: Callable[[Item], str]) -> _Groups:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return {known: tuple(held) for known, held in found.items()}


def beside(pair: Pair, table: Policies) -> tuple[Beside, ...]:
    """Names, limits, materials, steps and fees in which the two sides differ; what one alone has, by its name."""
    one = pair.one
    if not (pair.ours and pair.theirs):
        names = (tuple((item.organ_name, item.name) for item in side[:1]) for side in (pair.ours, pair.theirs))
        return (Beside(one.code, one.name, Part.NAME, "", *names),)
    columns = [_column(item, OURS, table) for item in pair.ours] + [
        _column(item, THEIRS, table) for item in pair.theirs
    ]
    found = compare(columns, table)
    words = _words(pair)
    lines = (line for line in found.lines if line.part in PARTS)
    rows = (_beside(one, line, found, words=words) for line in lines)
    return tuple(row for row in rows if {said for _, said in row.ours} != {said for _, said in row.theirs})


def _column(item: Item, side: str, table: Policies) -> Column:
    return replace(column(item, table), names=(f"{side}：{item.organ_name}",))


def _words(pair: Pair) -> Mapping[str, str]:
    return {key: said for item in (*pair.theirs, *pair.ours) for key, said in labels_of(item).items()}


def _beside(one: Item, line: Line, found: Comparison, *, words: Mapping[str, str]) -> Beside:
    told = [(col, said(line.path, held, words)) for col, held in zip(found.columns, line.held, strict=True)]
    sides = (tuple(_of(side, told)) for side in (OURS, THEIRS))
    return Beside(one.code, one.name, line.part, line.label, *sides)


def _of(side: str, told: Sequence[tuple[Column, str]]) -> Iterator[tuple[str, str]]:
    """What the organs of one side say, equal sayings once."""
    who: dict[str, list[str]] = defaultdict(list)
    for col, text in told:
        who[text] += (name.removeprefix(f"{side}：") for name in col.names if name.startswith(side))
    yield from (("、".join(names), text) for text, names in who.items() if names)


def said(path: Path, held: Held, words: Mapping[str, str]) -> str:
    """What a list says of a field, in a few words."""
    if not held.stated:
        return "没有"
    rows = len(path) > 1 and path[0] in ROWS
    try:
        value = read_field(Item, (path[0], 0, *path[2:]) if rows else path, held.value)
    except Malformed:
        value = held.value
    text = _text(value, words)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _text(value: Any, words: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Limit):
        return str(value) if value.number else "当场办结"
    if isinstance(value, Plan):
        return "→".join(step.name for step in value.steps)
    if isinstance(value, Expr):
        return expr.describe(value, words)
    if isinstance(value, tuple):
        return "、".join(_text(one, words) for one in value) or "没有"
    named = getattr(value, "name", None) if not isinstance(value, str) else None
    return str(named or getattr(value, "text", None) or ("没有" if value in (None, "") else value))
