"""The parts of an expression, and the kinds of values it works on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

Scalar: TypeAlias = bool | int | Decimal | str | date
Value: TypeAlias = Scalar | tuple[Scalar, ...]


class Kind(StrEnum):
    """What sort of value."""

    BOOL = "bool"
    INT = "int"
    DECIMAL = "decimal"
    TEXT = "text"
    DATE = "date"
    LIST = "list"


NUMBERS = frozenset({Kind.INT, Kind.DECIMAL})
ORDERED = NUMBERS | {Kind.DATE}


class Comparison(StrEnum):
    """How two values are compared."""

    EQ = "eq"
    NE = "ne"
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"


class Operation(StrEnum):
    """Arithmetic."""

    ADD = "add"
    SUB = "sub"
    MUL = "mul"
    MIN = "min"
    MAX = "max"


@dataclass(frozen=True, slots=True)
class Literal:
    """A fixed value."""

    value: Value


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that the case supplies, e.g. ``form.place``."""

    name: str


@dataclass(frozen=True, slots=True)
class All:
    """并且."""

    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """或者."""

    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """并非."""

    part: Expr


@dataclass(frozen=True, slots=True)
class Compare:
    """Two values compared."""

    how: Comparison
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class In:
    """Whether ``item`` is one of ``options``."""

    item: Expr
    options: Expr


@dataclass(frozen=True, slots=True)
class Present:
    """Whether a fact is known and not empty."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Numbers put together."""

    how: Operation
    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class If:
    """One of two values."""

    condition: Expr
    then: Expr
    otherwise: Expr


Expr: TypeAlias = Literal | Fact | All | AnyOf | Not | Compare | In | Present | Arithmetic | If


def kind_of(value: object) -> Kind | None:
    """The kind of a value, or None where it is none of ours (float, NaN, datetime, None, …)."""
    exact = _KINDS.get(type(value))  # asked very often, and nearly always of such a type itself
    if value is None or (exact and exact is not Kind.DECIMAL):
        return exact
    if isinstance(value, datetime) or (isinstance(value, Decimal) and not value.is_finite()):
        return None
    return exact or next((kind for type_, kind in _KINDS.items() if isinstance(value, type_)), None)


_KINDS: dict[type, Kind] = {
    bool: Kind.BOOL,
    int: Kind.INT,
    Decimal: Kind.DECIMAL,
    str: Kind.TEXT,
    date: Kind.DATE,
    tuple: Kind.LIST,
}


def children(expr: Expr) -> tuple[Expr, ...]:
    """The direct parts of an expression, in order."""
    match expr:
        case All(parts) | AnyOf(parts) | Arithmetic(_, parts):
            return parts
        case Compare(_, left, right) | In(left, right):
            return (left, right)
        case Not(part) | Present(part):
            return (part,)
        case If(condition, then, otherwise):
            return (condition, then, otherwise)
        case _:
            return ()


def substitute(expr: Expr, values: Mapping[str, Expr]) -> Expr:
    """The same expression over other facts: each fact named in ``values`` becomes what stands there."""
    if isinstance(expr, Fact):
        return values.get(expr.name, expr)
    if isinstance(expr, Present):
        found = values.get(expr.fact.name, expr.fact)
        return Present(found) if isinstance(found, Fact) else Literal(found not in (Literal(""), Literal(())))
    parts = tuple(substitute(part, values) for part in children(expr))
    match expr:
        case All() | AnyOf() | Arithmetic():
            return replace(expr, parts=parts)
        case Compare(how):
            return Compare(how, *parts)
        case In() | Not() | If():
            return type(expr)(*parts)
    return expr


def facts(expr: Expr) -> frozenset[str]:
    """The names of all facts that the expression reads."""
    return frozenset(_names(expr))


def _names(expr: Expr) -> Iterator[str]:
    if isinstance(expr, Fact):
        yield expr.name
    for part in children(expr):
        yield from _names(part)
