"""Expressions to JSON and back, without loss."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import partial

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
    Scalar,
    Value,
    children,
    kind_of,
)
from onedoor.kernel.tree import Fault, Malformed, Path

_FACT = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*", re.ASCII)
_DECIMAL = re.compile(r"-?(0|[1-9]\d{0,17})(\.\d{1,6})?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DEEPEST = 40
_LARGEST = 10**18


def parse(tree: object, path: Path = ()) -> Expr:
    """Read an expression from its JSON form. Raises Malformed with the place and what to write instead."""
    if len(path) > 2 * _DEEPEST:
        raise _fault(path, "expr.depth", f"条件嵌套超过 {_DEEPEST} 层，请拆成几个条件")
    if isinstance(tree, Mapping):
        return _node(tree, path)
    if isinstance(tree, list):
        return Literal(_list(tree, path))
    if isinstance(tree, str) and tree.startswith("$") and not tree.startswith("$$"):
        return _fact(tree, path)
    return Literal(_scalar(tree, path))


def to_tree(expr: Expr) -> object:
    """The JSON form: ``to_tree(parse(tree)) == tree`` for every tree that ``parse`` accepts."""
    match expr:
        case Literal(value):
            return _plain(value)
        case Fact(name):
            return f"${name}"
        case Not(part):
            return {"not": to_tree(part)}
        case Present(fact):
            return {"present": to_tree(fact)}
        case _:
            return {_name(expr): [to_tree(part) for part in children(expr)]}


def _name(expr: Expr) -> str:
    if isinstance(expr, Compare | Arithmetic):
        return expr.how.value
    return {All: "all", AnyOf: "any", In: "in", If: "if"}[type(expr)]


def _plain(value: Value) -> object:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, str) and value.startswith("$"):
        return f"${value}"
    return value


def _fault(path: Path, rule: str, message: str) -> Malformed:
    return Malformed([Fault(path, rule, message)])


def _node(tree: Mapping[object, object], path: Path) -> Expr:
    if len(tree) != 1:
        raise _fault(path, "expr.one_key", f"一个条件只能写一个运算，这里写了 {len(tree)} 个，请用 all 或 any 合并")
    (name, body), *_ = tree.items()
    if not isinstance(name, str) or name not in _READERS:
        raise _fault(path, "expr.operator", f"没有“{name}”这种运算，可用：{'、'.join(_READERS)}")
    return _READERS[name](body, (*path, name))


def _fact(tree: object, path: Path) -> Fact:
    if isinstance(tree, str) and tree.startswith("$") and _FACT.fullmatch(tree[1:]):
        return Fact(str(tree[1:]))
    raise _fault(path, "expr.fact", f"“{tree}”不是数据项名称，请写成 $form.area 这样的小写名称")


def _scalar(tree: object, path: Path) -> Scalar:
    if isinstance(tree, Mapping) and len(tree) == 1 and not {"decimal", "date"}.isdisjoint(tree):
        literal = _node(tree, path)
        if isinstance(literal, Literal) and not isinstance(literal.value, tuple):
            return literal.value
    if isinstance(tree, bool):
        return tree
    if isinstance(tree, int) and abs(tree) < _LARGEST:
        return int(tree)
    if isinstance(tree, str) and (not tree.startswith("$") or tree.startswith("$$")):
        return str(tree[1:] if tree.startswith("$") else tree)
    raise _fault(path, "expr.literal", _advice(tree))


def _advice(tree: object) -> str:
    if isinstance(tree, float):
        return f'小数请写成 {{"decimal": "{tree}"}}，以免失去精度'
    if isinstance(tree, date | datetime):
        return f'日期请写成 {{"date": "{tree:%Y-%m-%d}"}}'
    return f"这里不能写“{tree}”，只能写是否、整数、文字、小数或日期"


def _list(tree: list[object], path: Path) -> tuple[Scalar, ...]:
    items = tuple(_scalar(item, (*path, index)) for index, item in enumerate(tree))
    if len({kind_of(item) for item in items}) > 1:
        raise _fault(path, "expr.list", "一个列表里的值必须是同一种类型")
    return items


def _decimal(body: object, path: Path) -> Expr:
    if isinstance(body, str) and _DECIMAL.fullmatch(body):
        return Literal(Decimal(body))
    raise _fault(path, "expr.decimal", f'“{body}”不是小数，请写成加引号的 "12.50"，小数点后最多六位')


def _date(body: object, path: Path) -> Expr:
    try:
        if isinstance(body, str) and _DATE.fullmatch(body):
            return Literal(date.fromisoformat(body))
    except ValueError:
        pass
    raise _fault(path, "expr.date", f'“{body}”不是日期，请写成加引号的 "2026-03-02"')


def _parts(body: object, path: Path, *, least: int, most: int | None = None) -> tuple[Expr, ...]:
    if isinstance(body, list) and least <= len(body) <= (most or len(body)):
        return tuple(parse(part, (*path, index)) for index, part in enumerate(body))
    wanted = f"{least} 个" if least == most else f"至少 {least} 个"
    raise _fault(path, "expr.parts", f"“{path[-1]}”后面要写一个列表，{wanted}部分")


def _compare(how: Comparison, body: object, path: Path) -> Expr:
    left, right = _parts(body, path, least=2, most=2)
    return Compare(how, left, right)


def _in(body: object, path: Path) -> Expr:
    item, options = _parts(body, path, least=2, most=2)
    return In(item, options)


def _if(body: object, path: Path) -> Expr:
    condition, then, otherwise = _parts(body, path, least=3, most=3)
    return If(condition, then, otherwise)


def _arithmetic(how: Operation, body: object, path: Path) -> Expr:
    return Arithmetic(how, _parts(body, path, least=2, most=2 if how is Operation.SUB else None))


_READERS: dict[str, Callable[[object, Path], Expr]] = {
    "all": lambda body, path: All(_parts(body, path, least=1)),
    "any": lambda body, path: AnyOf(_parts(body, path, least=1)),
    "not": lambda body, path: Not(parse(body, path)),
    **{how.value: partial(_compare, how) for how in Comparison},
    "in": _in,
    "present": lambda body, path: Present(_fact(body, path)),
    **{how.value: partial(_arithmetic, how) for how in Operation},
    "if": _if,
    "decimal": _decimal,
    "date": _date,
}
