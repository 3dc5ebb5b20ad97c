"""Is an expression sound: does every fact exist, and do the kinds fit? Faults in Chinese, with their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeAlias

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
    Kind,
    Literal,
    Not,
    Present,
    Value,
    kind_of,
)
from onedoor.kernel.tree import Path, place

NAMES = {
    Kind.BOOL: "是否",
    Kind.INT: "整数",
    Kind.DECIMAL: "小数",
    Kind.TEXT: "文字",
    Kind.DATE: "日期",
    Kind.LIST: "列表",
}


@dataclass(frozen=True, slots=True)
class FactType:
    """What a fact may be: its kind and, for a choice, the only texts it can have (``()`` = any)."""

    kind: Kind
    options: tuple[str, ...] = ()


Schema: TypeAlias = Mapping[str, FactType]


def check(expr: Expr, schema: Schema, *, expected: Kind | None = None) -> tuple[str, ...]:
    """All faults of an expression against what is known about the facts; empty = sound.

    ``expected``: the kind it must come to (``Kind.BOOL`` for a condition; DECIMAL admits whole numbers).
    """
    checker = _Checker(schema)
    found = checker.kind(expr, ())
    if expected is not None and found is not None and not _fits(found, expected):
        checker.fault((), f"结果应当是“{NAMES[expected]}”，现在是“{NAMES[found]}”")
    return tuple(checker.faults)


def kind(expr: Expr, schema: Schema) -> Kind | None:
    """The kind of value a sound expression comes to; None where it is not sound."""
    checker = _Checker(schema)
    found = checker.kind(expr, ())
    return None if checker.faults else found


def _fits(found: Kind, expected: Kind) -> bool:
    return found is expected or (found is Kind.INT and expected is Kind.DECIMAL)


class _Checker:
    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.faults: list[str] = []

    def fault(self, path: Path, message: str) -> None:
        self.faults.append(f"{place(path)}：{message}" if path else message)

    def kind(self, expr: Expr, path: Path) -> Kind | None:
        """The kind of ``expr``; None where a fault has already been noted, so that one mistake is told once."""
        match expr:
            case Literal(value):
                return kind_of(value)
            case Fact(name):
                return self._fact(name, path)
            case Arithmetic(how, parts):
                return self._arithmetic(parts, (*path, how.value))
            case If():
                return self._if(expr, (*path, "if"))
            case _:
                self._condition(expr, path)
                return Kind.BOOL

    def _condition(self, expr: All | AnyOf | Not | Compare | In | Present, path: Path) -> None:
        match expr:
            case All(parts) | AnyOf(parts):
                name = "all" if isinstance(expr, All) else "any"
                for index, part in enumerate(parts):
                    self._must_be_condition(part, (*path, name, index))
            case Not(part):
                self._must_be_condition(part, (*path, "not"))
            case Compare():
                self._compare(expr, (*path, expr.how.value))
            case In():
                self._in(expr, (*path, "in"))
            case Present(fact):
                self.kind(fact, (*path, "present"))

    def _must_be_condition(self, expr: Expr, path: Path) -> None:
        found = self.kind(expr, path)
        if found not in (None, Kind.BOOL):
            self.fault(path, f"这里应当是一个条件，现在是{NAMES[found]}" if found else "")

    def _fact(self, name: str, path: Path) -> Kind | None:
        if name in self.schema:
            return self.schema[name].kind
        close = get_close_matches(name, self.schema, n=1)
        self.fault(path, f"没有“{name}”这个数据项" + (f"，是不是“{close[0]}”？" if close else "，请核对名称"))
        return None

    def _compare(self, expr: Compare, path: Path) -> None:
        left, right = self.kind(expr.left, (*path, 0)), self.kind(expr.right, (*path, 1))
        if left is None or right is None:
            return
        if left is not right and not {left, right} <= NUMBERS:
            self.fault(path, f"{NAMES[left]}不能和{NAMES[right]}比较")
        elif expr.how not in (Comparison.EQ, Comparison.NE) and left not in ORDERED:
            self.fault(path, f"{NAMES[left]}没有大小先后，只能用 eq、ne 或 in")
        else:
            self._option(expr.left, expr.right, path)
            self._option(expr.right, expr.left, path)

    def _in(self, expr: In, path: Path) -> None:
        item, options = self.kind(expr.item, (*path, 0)), self.kind(expr.options, (*path, 1))
        if options is not None and options is not Kind.LIST:
            self.fault((*path, 1), f"in 的后一部分应当是列表，现在是{NAMES[options]}")
        elif item is not None and options is not None:
            self._members(expr, item, path)

    def _members(self, expr: In, item: Kind, path: Path) -> None:
        values = expr.options.value if isinstance(expr.options, Literal) else ()
        members = {kind_of(value) for value in values} if isinstance(values, tuple) else set()
        if isinstance(expr.options, Fact):
            members = {Kind.TEXT}
        if members and members != {item} and not (item in NUMBERS and members <= NUMBERS):
            self.fault(path, f"{NAMES[item]}不可能是这个列表里的一个")
            return
        for value in values if isinstance(values, tuple) else ():
            self._option(expr.item, Literal(value), path)
        self._option(expr.options, expr.item, path)

    def _option(self, fact: Expr, literal: Expr, path: Path) -> None:
        if not (isinstance(fact, Fact) and isinstance(literal, Literal)):
            return
        options = self.schema[fact.name].options if fact.name in self.schema else ()
        if options and not _chosen(literal.value) <= set(options):
            self.fault(path, f"“{fact.name}”没有选项“{literal.value}”，可选：{'、'.join(options)}")

    def _arithmetic(self, parts: tuple[Expr, ...], path: Path) -> Kind | None:
        found = [self._number(part, (*path, index)) for index, part in enumerate(parts)]
        if None in found:
            return None
        return Kind.DECIMAL if Kind.DECIMAL in found else Kind.INT

    def _number(self, expr: Expr, path: Path) -> Kind | None:
        found = self.kind(expr, path)
        if found is None or found in NUMBERS:
            return found
        self.fault(path, f"这里应当是数字，现在是{NAMES[found]}")
        return None

    def _if(self, expr: If, path: Path) -> Kind | None:
        self._must_be_condition(expr.condition, (*path, 0))
        then, otherwise = self.kind(expr.then, (*path, 1)), self.kind(expr.otherwise, (*path, 2))
        if then is None or otherwise is None or then is otherwise:
            return then and otherwise
        if {then, otherwise} <= NUMBERS:
            return Kind.DECIMAL
        self.fault(path, f"两种结果应当是同一种类型，现在是{NAMES[then]}和{NAMES[otherwise]}")
        return None


def _chosen(value: Value) -> set[object]:
    return set(value) if isinstance(value, tuple) else {value}
