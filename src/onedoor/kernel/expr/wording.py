"""An expression said in Chinese, for guides, checkers and reasons given to people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from onedoor.kernel.expr.nodes import (
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
    Value,
)

Labels = Mapping[str, str]

_NUMBERS = {
    Comparison.EQ: "是",
    Comparison.NE: "不是",
    Comparison.LT: "小于",
    Comparison.LE: "不超过",
    Comparison.GT: "大于",
    Comparison.GE: "不少于",
}
_DATES = _NUMBERS | {
    Comparison.LT: "早于",
    Comparison.LE: "不晚于",
    Comparison.GT: "晚于",
    Comparison.GE: "不早于",
}
_SIGNS = {Operation.ADD: "加", Operation.SUB: "减", Operation.MUL: "乘以"}


def describe(expr: Expr, labels: Labels) -> str:
    """The expression in Chinese. ``labels``: fact → name, and ``fact=value`` → name of an option.

    A fact without a label is shown by its own name. Raises nothing.
    """
    match expr:
        case Literal() | Arithmetic() | If():
            return _value(expr, labels)
        case _:
            return _condition(expr, labels)


def _condition(expr: Expr, labels: Labels) -> str:
    match expr:
        case All(parts) | AnyOf(parts):
            return ("，并且" if isinstance(expr, All) else "，或者").join(_inner(part, labels) for part in parts)
        case Not(part):
            return f"并非（{_condition(part, labels)}）"
        case Compare():
            return _compare(expr, labels)
        case In():
            return _in(expr, labels)
        case Present(fact):
            return f"已填写{_value(fact, labels)}"
        case _:
            return _flag(expr, labels)


def _flag(expr: Expr, labels: Labels) -> str:
    if isinstance(expr, Literal):
        return "任何情形" if expr.value is True else "没有任何情形"
    return f"{_value(expr, labels)}为是"


def _inner(expr: Expr, labels: Labels) -> str:
    text = _condition(expr, labels)
    return f"（{text}）" if isinstance(expr, All | AnyOf) and len(expr.parts) > 1 else text


def _compare(expr: Compare, labels: Labels) -> str:
    dated = any(isinstance(side, Literal) and isinstance(side.value, date) for side in (expr.left, expr.right))
    word = (_DATES if dated else _NUMBERS)[expr.how]
    if isinstance(expr.right, Literal) and isinstance(expr.right.value, bool):
        word = {"是": "为", "不是": "不为"}.get(word, word)
    left = _value(expr.left, labels, beside=expr.right)
    return f"{left}{word}{_value(expr.right, labels, beside=expr.left)}"


def _in(expr: In, labels: Labels) -> str:
    item = _value(expr.item, labels, beside=expr.options)
    if not isinstance(expr.options, Literal):
        return f"{_value(expr.options, labels)}包含{item}"
    values = expr.options.value if isinstance(expr.options.value, tuple) else (expr.options.value,)
    return f"{item}是{'、'.join(_literal(value, labels, beside=expr.item) for value in values) or '（空）'}之一"


def _value(expr: Expr, labels: Labels, *, beside: Expr | None = None) -> str:
    match expr:
        case Literal(value):
            return _literal(value, labels, beside=beside)
        case Fact(name):
            return f"“{labels.get(name, name)}”"
        case Arithmetic(how, parts):
            return _arithmetic(how, [_value(part, labels) for part in parts])
        case If(condition, then, otherwise):
            yes, no = _value(then, labels), _value(otherwise, labels)
            return f"（如果{_condition(condition, labels)}，则为{yes}，否则为{no}）"
        case _:
            return f"（{_condition(expr, labels)}）"


def _arithmetic(how: Operation, parts: list[str]) -> str:
    if how in _SIGNS:
        return f"（{_SIGNS[how].join(parts)}）"
    return f"{'、'.join(parts)}中{'较小' if how is Operation.MIN else '较大'}者"


def _literal(value: Value, labels: Labels, *, beside: Expr | None) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(_literal(item, labels, beside=beside) for item in value) or "（空）"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, str):
        named = labels.get(f"{beside.name}={value}") if isinstance(beside, Fact) else None
        return f"“{named or value}”"
    return str(value)
