"""Which applicants to send through an item: the answers on which its conditions hang, put together.

All combinations where they are few, else so many that every pair of answers that can be given together is given
together once. An answer on which nothing hangs is the same for all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations, islice
from typing import TypeAlias

from onedoor.items.rules.lint.reach import MOST as FAR
from onedoor.items.rules.lint.reach import Variable, world
from onedoor.items.rules.lint.references import conditions_of
from onedoor.items.rules.values import Item
from onedoor.kernel.expr import Expr, Value, facts, holds

MOST = 32  # applicants that are made up front

Choices: TypeAlias = dict[str, Value | None]
"""What an applicant answers, by fact; None: is not asked, or leaves it open."""
Pair: TypeAlias = tuple[tuple[str, Value], tuple[str, Value]]


class Paths:
    """The answers that make a difference to an item, in the order in which they are asked for."""

    def __init__(self, item: Item) -> None:
        whens = [when for _, when in conditions_of(item)]
        self.world = world(item, whens)
        read = {name for when in whens for name in facts(when)} | {"applicant.kind"}
        self.asked = tuple(variable for variable in self.world.variables.values() if variable.name in read)
        self._whens = {one.name: {fact for when in one.whens for fact in facts(when)} for one in self.asked}

    def chosen(self) -> tuple[tuple[Choices, ...], bool, int]:
        """The applicants; whether they are all there can be; else how many pairs of answers none of them gives."""
        every = tuple(islice(_every(self.asked, {}), MOST + 1))
        if len(every) <= MOST:
            return every, True, 0
        rows, missed = self._by_pairs()
        return rows, False, missed

    def one_with(self, conditions: Sequence[Expr]) -> Choices | None:
        """An applicant for whom these all hold; None where there is none, or none was found on a long way."""
        needed = self._needed({name for when in conditions for name in facts(when)})
        found = (row for row in islice(_every(needed, {}), FAR) if all(holds(when, _told(row)) for when in conditions))
        base = next(found, None)
        return None if base is None else self._filled(base, set())

    def _by_pairs(self) -> tuple[tuple[Choices, ...], int]:
        waiting = dict.fromkeys(_pairs(self.asked))
        rows: list[Choices] = []
        while waiting and len(rows) < MOST:
            pair = next(iter(waiting))
            del waiting[pair]
            wanted = dict(pair)
            around = _every(self._needed(wanted), {}, wanted)
            base = next((row for row in islice(around, FAR) if all(row.get(k) == v for k, v in pair)), None)
            if base is None:
                continue  # nobody can give both answers
            rows.append(self._filled(base, waiting))
            for given in combinations(_told(rows[-1]).items(), 2):
                waiting.pop(given, None)
        return tuple(rows), len(waiting)

    def _filled(self, base: Choices, waiting: Collection[Pair]) -> Choices:
        """The whole applicant: what is open is answered so that the most of the waiting pairs are given."""
        row: Choices = {}
        for variable in self.asked:
            open_ = _open(variable, row)
            if variable.name in base:
                row[variable.name] = base[variable.name]
            else:
                told = {**_told(base), **_told(row)}.items()
                news = [sum(_waits(given, (variable.name, value), waiting) for given in told) for value in open_]
                row[variable.name] = open_[news.index(max(news))]
        return row

    def _needed(self, names: Collection[str]) -> tuple[Variable, ...]:
        """These facts with all that decides whether they are asked."""
        found, left = set[str](), list(names)
        while left:
            name = left.pop()
            if name not in found:
                found.add(name)
                left += self._whens.get(name, ())
        return tuple(variable for variable in self.asked if variable.name in found)


def _every(asked: Sequence[Variable], given: Choices, wanted: Mapping[str, Value] | None = None) -> Iterator[Choices]:
    if not asked:
        yield given
        return
    first, *rest = asked
    values = _open(first, given)
    if wanted and first.name in wanted:
        values = tuple(value for value in values if value == wanted[first.name])
    for value in values:
        yield from _every(rest, {**given, first.name: value}, wanted)


def _open(variable: Variable, given: Choices) -> tuple[Value | None, ...]:
    known = {name: value for name, value in given.items() if value is not None and name in variable.seen}
    if not all(holds(when, known) for when in variable.whens):
        return (None,)
    return variable.values if variable.sure else (*variable.values, None)


def _told(row: Choices) -> dict[str, Value]:
    return {name: value for name, value in row.items() if value is not None}


def _pairs(asked: Sequence[Variable]) -> Iterator[Pair]:
    for one, other in combinations(asked, 2):
        yield from (((one.name, a), (other.name, b)) for a in one.values for b in other.values)


def _waits(one: tuple[str, Value], other: tuple[str, Value | None], waiting: Collection[Pair]) -> bool:
    return (one, other) in waiting or (other, one) in waiting
