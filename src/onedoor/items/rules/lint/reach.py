"""Can this condition ever hold? An exhaustive walk over the answers that the applicant can give.

Every fact a condition rests on, directly or through the conditions under which it is asked, gets the values that can
make a difference: the options of a choice, the numbers and dates around those that conditions name, a text that
conditions name and one that they do not. The walk visits at most ``MOST`` places; what it cannot decide it calls
possible, so that it never reports a condition that can hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise

from onedoor.items.rules.codes import Audience
from onedoor.items.rules.values import Item
from onedoor.kernel.expr import Expr, Value, facts, holds
from onedoor.kernel.expr.nodes import Arithmetic, Compare, Fact, If, In, Literal, children
from onedoor.kernel.journey import Question, QuestionKind
from onedoor.kernel.journey.values import NUMERIC

MOST = 20_000
_WIDEST = 10  # options of a multiple choice that conditions name; where they name more the walk is not tried
_DATES = {QuestionKind.DATE, QuestionKind.PAST_DATE}
_ELSE = "（其他）"


@dataclass(frozen=True, slots=True)
class Variable:
    """A fact: its values, the conditions under which it is asked, the facts known by then.

    ``sure``: it is always answered. ``exact``: the values are all that can make a difference.
    """

    name: str
    values: tuple[Value, ...]
    whens: tuple[Expr, ...] = ()
    seen: frozenset[str] = frozenset()
    sure: bool = True
    exact: bool = True


class World:
    """All facts of one item in the order in which they become known."""

    def __init__(self, variables: Sequence[Variable]) -> None:
        self.variables = {variable.name: variable for variable in variables}
        self.order = {name: place for place, name in enumerate(self.variables)}

    def possible(self, *conditions: Expr, seen: frozenset[str] | None = None) -> bool:
        """Whether the conditions can all hold together; ``seen``: the facts known by then (None = all).

        True where the walk would be too long or a condition reckons with facts.
        """
        known = frozenset(self.variables) if seen is None else seen
        needed = self._needed(conditions, known)
        whens = (when for variable in needed for when in variable.whens)
        if any(map(_reckons, (*conditions, *whens))) or not all(variable.exact for variable in needed):
            return True
        walk = _Walk(needed, conditions, known)
        return walk.reaches(0, {}) or walk.left <= 0

    def _needed(self, conditions: Iterable[Expr], known: frozenset[str]) -> tuple[Variable, ...]:
        waiting = [name for when in conditions for name in facts(when) if name in known]
        found: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name in found or name not in self.variables:
                continue
            found.add(name)
            variable = self.variables[name]
            waiting += [other for when in variable.whens for other in facts(when) if other in variable.seen]
        return tuple(self.variables[name] for name in sorted(found, key=self.order.__getitem__))


class _Walk:
    def __init__(self, needed: Sequence[Variable], conditions: Sequence[Expr], known: frozenset[str]) -> None:
        self.needed, self.conditions, self.known, self.left = needed, conditions, known, MOST

    def reaches(self, place: int, given: dict[str, Value]) -> bool:
        self.left -= 1
        if self.left <= 0:
            return False
        if place == len(self.needed):
            told = {name: value for name, value in given.items() if name in self.known}
            return all(holds(when, told) for when in self.conditions)
        variable = self.needed[place]
        known = {name: value for name, value in given.items() if name in variable.seen}
        if not all(holds(when, known) for when in variable.whens):
            return self.reaches(place + 1, given)
        if any(self.reaches(place + 1, {**given, variable.name: value}) for value in variable.values):
            return True
        return not variable.sure and self.reaches(place + 1, given)


def world(item: Item, conditions: Iterable[Expr]) -> World:
    """The facts of an item with the values that can make a difference to these conditions."""
    named: dict[str, set[Value]] = defaultdict(set)
    for when in conditions:
        for name, value in _named(when):
            named[name].add(value)
    return World((*_provided(item), *_situations(item), *_questions(item, named)))


def _provided(item: Item) -> Iterator[Variable]:
    for_person = Audience.PERSON in item.audiences
    kinds = ["person"] * for_person + ["entity"] * any(one is not Audience.PERSON for one in item.audiences)
    yield Variable("applicant.kind", tuple(kinds))
    yield Variable("applicant.agent", (False, True) if item.agent else (False,))


def _situations(item: Item) -> Iterator[Variable]:
    """In their order; a situation is asked before anything but the situations before it is known."""
    seen: set[str] = set()
    for situation in item.situations:
        whens = () if situation.when is None else (situation.when,)
        yield Variable(situation.key, tuple(o.value for o in situation.options), whens, frozenset(seen))
        seen.add(situation.key)


def _questions(item: Item, named: Mapping[str, set[Value]]) -> Iterator[Variable]:
    seen = {"applicant.kind", "applicant.agent", *(situation.key for situation in item.situations)}
    for page in item.form.pages:
        for question in page.questions:
            whens = tuple(when for when in (page.when, question.when) if when is not None)
            held = named.get(question.key, set())
            values, exact = _values(question, held), question.kind is not QuestionKind.CHOICES or len(held) <= _WIDEST
            yield Variable(question.key, values, whens, frozenset(seen), question.required, exact)
            seen.add(question.key)


def _values(question: Question, named: set[Value]) -> tuple[Value, ...]:
    if question.kind is QuestionKind.CHOICES:
        return tuple(_subsets([option.value for option in question.options], named))
    if question.options:
        return tuple(option.value for option in question.options)
    if question.kind is QuestionKind.YES_NO:
        return (True, False)
    if question.kind in NUMERIC:
        return tuple(_numbers(question, named))
    if question.kind in _DATES:
        days = sorted(value for value in named if isinstance(value, date)) or [date(2026, 1, 1)]
        return tuple(day + timedelta(days=shift) for day in days for shift in (-1, 0, 1))
    return (*(value for value in named if isinstance(value, str)), _ELSE)


def _subsets(options: list[str], named: set[Value]) -> Iterator[tuple[str, ...]]:
    """At least one option is chosen; only those that conditions name make a difference, and one of the others."""
    wanted = [option for option in options if option in named][:_WIDEST]
    wanted += [option for option in options if option not in wanted][:1]
    for size in range(1, len(wanted) + 1):
        yield from combinations(wanted, size)
    yield tuple(options)


def _numbers(question: Question, named: set[Value]) -> Iterator[Decimal]:
    """The numbers that conditions name, and one in each gap between, below and above them."""
    least = question.minimum if question.minimum is not None else Decimal(0)
    most = question.maximum if question.maximum is not None else Decimal(10) ** 12
    marks = sorted({least, most, *(Decimal(value) for value in named if _is_number(value))})  # type: ignore[arg-type]
    if question.kind is QuestionKind.INTEGER:
        between = [mark + shift for mark in marks for shift in (-1, 1)]
    else:
        between = [(a + b) / 2 for a, b in pairwise(marks)]
    yield from (value for value in dict.fromkeys([*marks, *between]) if least <= value <= most)


def _is_number(value: Value) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _named(expr: Expr) -> Iterator[tuple[str, Value]]:
    """The values that a condition holds against each fact."""
    if isinstance(expr, Compare | In):
        left, right = children(expr)
        for fact, literal in ((left, right), (right, left)):
            if isinstance(fact, Fact) and isinstance(literal, Literal):
                values = literal.value if isinstance(literal.value, tuple) else (literal.value,)
                yield from ((fact.name, value) for value in values)
    for child in children(expr):
        yield from _named(child)


def _reckons(expr: Expr) -> bool:
    """Whether it holds facts against each other or reckons with them: then the values above are not enough."""
    if isinstance(expr, Arithmetic | If):
        return True
    if isinstance(expr, Compare | In) and all(isinstance(child, Fact) for child in children(expr)):
        return True
    return any(_reckons(child) for child in children(expr))
