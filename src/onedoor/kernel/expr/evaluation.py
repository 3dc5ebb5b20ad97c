"""What an expression comes to, given the facts. Total: any expression, any facts, no exception."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Context, Decimal
from typing import Any

from onedoor.kernel.expr.nodes import (
    NUMBERS,
    ORDERED,
    All,
    AnyOf,
    Arithmetic,
    Compare,
    Comparison,
    Expr,
    Fact,
    If,
    In,
    Literal,
    Not,
    Operation,
    Present,
    Scalar,
    Value,
    facts,
    kind_of,
)

_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,30})?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_EXACT = Context(prec=60, traps=[])
_ORDERS: dict[Comparison, Callable[[Any, Any], bool]] = {
    Comparison.LT: operator.lt,
    Comparison.LE: operator.le,
    Comparison.GT: operator.gt,
    Comparison.GE: operator.ge,
}


def holds(expr: Expr, facts: Mapping[str, object]) -> bool:
    """Whether the condition is fulfilled: it comes to true, not to false and not to missing."""
    return evaluate(expr, facts) is True


def evaluate(expr: Expr, facts: Mapping[str, object]) -> Value | None:
    """The value of the expression, or None where a fact it needs is missing. Raises nothing."""
    match expr:
        case Literal(value):
            return value
        case Fact(name):
            return _known(facts.get(name))
        case Arithmetic(how, parts):
            return _arithmetic(how, [evaluate(part, facts) for part in parts])
        case If(condition, then, otherwise):
            return evaluate(then if holds(condition, facts) else otherwise, facts)
        case _:
            return _condition(expr, facts)


def simplify(expr: Expr) -> Expr:
    """The same condition without what adds nothing to it: ``Literal(True)`` where it always holds."""
    if not facts(expr):
        return Literal(holds(expr, {}))
    match expr:
        case All(parts):
            return _joined(All, parts, decides=False)
        case AnyOf(parts):
            return _joined(AnyOf, parts, decides=True)
        case Not(part):
            inner = simplify(part)
            return Literal(not inner.value) if isinstance(inner, Literal) else Not(inner)
        case _:
            return expr


def _joined(how: type[All | AnyOf], parts: tuple[Expr, ...], *, decides: bool) -> Expr:
    """``decides``: the value of a part that settles the whole; parts of the other value say nothing."""
    kept = dict.fromkeys(part for part in map(simplify, parts) if part != Literal(not decides))
    if Literal(decides) in kept or not kept:
        return Literal(decides if kept else not decides)
    other = AnyOf if how is All else All
    held = [part for part in kept if not (isinstance(part, other) and kept.keys() & set(part.parts))]
    return held[0] if len(held) == 1 else how(tuple(held))


def _condition(expr: All | AnyOf | Not | Compare | In | Present, facts: Mapping[str, object]) -> bool:
    match expr:
        case All(parts):
            return all(holds(part, facts) for part in parts)
        case AnyOf(parts):
            return any(holds(part, facts) for part in parts)
        case Not(part):
            return not holds(part, facts)
        case Compare(how, left, right):
            return _compare(how, evaluate(left, facts), evaluate(right, facts))
        case In(item, options):
            return _is_one_of(evaluate(item, facts), evaluate(options, facts))
        case Present(fact):
            return evaluate(fact, facts) not in (None, "", ())


def _known(value: object) -> Value | None:
    if isinstance(value, list):
        value = tuple(value)
    if isinstance(value, tuple):
        return tuple(item for item in value if _is_scalar(item))
    return value if _is_scalar(value) else None  # type: ignore[return-value]  # narrowed by kind_of


def _is_scalar(value: object) -> bool:
    return kind_of(value) is not None and not isinstance(value, tuple)


def _compare(how: Comparison, left: Value | None, right: Value | None) -> bool:
    if how in _ORDERS or type(left) is not type(right):
        left, right = _read(left), _read(right)
    elif isinstance(left, str | bool):
        return (left == right) is (how is Comparison.EQ)
    kinds = {kind_of(left), kind_of(right)}
    if None in kinds or not (len(kinds) == 1 or kinds <= NUMBERS):
        return False
    if how in _ORDERS:
        return kinds <= ORDERED and _ORDERS[how](left, right)
    return (left == right) is (how is Comparison.EQ)


def _read(value: Value | None) -> Value | None:
    """The number or the date that a text is the JSON form of; anything else as it is."""
    if not isinstance(value, str):
        return value
    if _NUMBER.fullmatch(value):
        return Decimal(value)
    try:
        return date.fromisoformat(value) if _DATE.fullmatch(value) else value
    except ValueError:
        return value


def _is_one_of(item: Value | None, options: Value | None) -> bool:
    return isinstance(options, tuple) and any(_compare(Comparison.EQ, item, option) for option in options)


def _arithmetic(how: Operation, values: list[Value | None]) -> int | Decimal | None:
    values = [_read(value) for value in values]
    numbers = [value for value in values if isinstance(value, int | Decimal) and not isinstance(value, bool)]
    if len(numbers) < len(values) or not numbers:
        return None
    result = numbers[0]
    for number in numbers[1:]:
        result = _step(how, result, number)
    return result if kind_of(result) else None


def _step(how: Operation, a: int | Decimal, b: int | Decimal) -> int | Decimal:
    if how is Operation.MIN:
        return b if _less(b, a) else a
    if how is Operation.MAX:
        return b if _less(a, b) else a
    return _sum(how, a, b) if isinstance(a, int) and isinstance(b, int) else _exact(how, a, b)


def _sum(how: Operation, a: int, b: int) -> int:
    if how is Operation.ADD:
        return a + b
    return a - b if how is Operation.SUB else a * b


def _exact(how: Operation, a: int | Decimal, b: int | Decimal) -> Decimal:
    if how is Operation.ADD:
        return _EXACT.add(a, b)
    return _EXACT.subtract(a, b) if how is Operation.SUB else _EXACT.multiply(a, b)


def _less(a: Scalar, b: Scalar) -> bool:
    return _compare(Comparison.LT, a, b)
