"""Trees (YAML, JSON) to values and back: the fields of the dataclasses are the keys, their types are the schema.

``decode`` reports every fault at once, each with its place and what to do. ``encode`` leaves out what equals the
default, so that ``decode(cls, encode(value)) == value`` and files stay readable.
"""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from onedoor.kernel import expr as expressions
from onedoor.kernel import journey
from onedoor.kernel.expr.nodes import Fact
from onedoor.kernel.law import Article
from onedoor.kernel.tree import Fault, Malformed, Path

T = TypeVar("T")
_BAD = object()
_LONGEST = 20_000
_LAW = re.compile(r"[^《》\s]+")
_NUMBER = re.compile(r"([1-9]\d{0,3}(\([1-9]\d?\))?(\.[1-9]\d?)?)?", re.ASCII)
_UNIONS = (Union, types.UnionType)


def decode(cls: type[T], tree: object) -> T:
    """Read a value of dataclass ``cls``. Raises Malformed with all faults."""
    reader = _Reader()
    value = reader.read(cls, tree, ())
    if reader.faults:
        raise Malformed(reader.faults)
    return value  # type: ignore[no-any-return]


def read_field(cls: type, path: Path, node: object) -> Any:
    """Read the value of one field below ``cls``; a whole number in the path stands for any row of a table.

    Raises Malformed with the faults, whose paths begin at the field.
    """
    hint: Any = cls
    reader = _Reader()
    for part in path:
        schema = {} if isinstance(part, int) else _schema(_bare(hint))
        if part not in schema and not isinstance(part, int):
            reader.unknown(part, schema, ())
            raise Malformed(reader.faults)
        hint = get_args(hint)[0] if isinstance(part, int) else schema[part][0]
    value = reader.read(hint, node, ())
    if reader.faults:
        raise Malformed(reader.faults)
    return value


def _bare(hint: Any) -> Any:
    """The class in ``Class | None``."""
    return next((h for h in get_args(hint) if h is not types.NoneType), hint)


def encode(value: object) -> Any:
    """The plain tree of a value: mappings, lists, texts, whole numbers, booleans."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is tuple:
        return [encode(item) for item in value]  # type: ignore[attr-defined]
    if own := _OWN_FORMS.get(kind):
        return own(value)
    if is_dataclass(value):
        said = ((name, getattr(value, name), default) for name, default in _defaults(kind))  # type: ignore[arg-type]
        return {name: encode(held) for name, held, default in said if default is MISSING or held != default}
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def article_text(article: Article) -> str:
    """How files write an article: ``行政许可法 42(1)``."""
    return f"{article.law} {article.number}".strip()


def article_of(text: str) -> Article | None:
    """Read ``行政许可法 42(1)``; a name alone cites the law as a whole; None where the number is not understood."""
    name, _, number = text.strip().partition(" ")
    return Article(name, number) if _LAW.fullmatch(name) and _NUMBER.fullmatch(number) else None


_PLAIN = frozenset({str, int, bool, float, type(None)})
_OWN_FORMS: dict[type, Any] = {
    Article: article_text,
    journey.Form: journey.to_tree,
    **dict.fromkeys(get_args(expressions.Expr), expressions.to_tree),
}
"""Values that write themselves in a form of their own."""


@cache
def _defaults(cls: type) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, field.default) for field in fields(cls))


@cache
def _schema(cls: type) -> dict[str, tuple[Any, bool]]:
    hints = get_type_hints(cls)
    return {f.name: (hints[f.name], f.default is MISSING) for f in fields(cls)}


class _Reader:
    """Collects faults instead of stopping at the first."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def bad(self, path: Path, rule: str, message: str) -> object:
        self.faults.append(Fault(path, rule, message))
        return _BAD

    def read(self, hint: Any, node: object, path: Path) -> Any:
        """A value of the hinted type, or _BAD after noting why not."""
        if get_origin(hint) in _UNIONS:
            return self._union(get_args(hint), node, path)
        if get_origin(hint) is tuple:
            return self._many(get_args(hint)[0], node, path)
        if hint is Article:
            return self._article(node, path)
        if hint is journey.Form:
            return self._foreign(journey.form_from_tree, node, path)
        if is_dataclass(hint):
            return self._mapping(hint, node, path)  # type: ignore[arg-type]
        return self._scalar(hint, node, path)

    def _union(self, hints: tuple[Any, ...], node: object, path: Path) -> Any:
        if node is None and types.NoneType in hints:
            return None
        if Fact in hints:
            return self._foreign(expressions.parse, node, path)
        return self.read(next(h for h in hints if h is not types.NoneType), node, path)

    def _foreign(self, parse: Any, node: object, path: Path) -> Any:
        try:
            return parse(plain(node))
        except Malformed as malformed:
            self.faults += [Fault((*path, *f.path), f.rule, f.message) for f in malformed.faults]
            return _BAD

    def _many(self, hint: Any, node: object, path: Path) -> Any:
        if not isinstance(node, list):
            return self.bad(path, "schema.list", "这里应当是一个列表，每项前写“- ”")
        return tuple(self.read(hint, item, (*path, index)) for index, item in enumerate(node))

    def _article(self, node: object, path: Path) -> Any:
        found = article_of(node) if isinstance(node, str) else None
        return found or self.bad(
            path, "schema.article", f"“{node}”不是法条，请写成“行政许可法 42(1)”“行政许可法 32(1).4”"
        )

    def _mapping(self, cls: type, node: object, path: Path) -> Any:
        if not isinstance(node, Mapping):
            return self.bad(path, "schema.mapping", "这里应当是一组“字段: 值”")
        schema = _schema(cls)
        for key in node:
            if key not in schema:
                self.unknown(str(key), schema, (*path, str(key)))
        for key, (_, required) in schema.items():
            if required and key not in node:
                self.bad(path, "schema.missing", f"缺少字段 {key}")
        values = {k: self.read(h, node[k], (*path, k)) for k, (h, _) in schema.items() if k in node}
        complete = all(key in values for key, (_, required) in schema.items() if required)
        return cls(**values) if complete and not any(v is _BAD for v in values.values()) else _BAD

    def unknown(self, key: str, schema: Mapping[str, object], path: Path) -> None:
        """Note a field that does not exist, with the nearest one that does."""
        close = get_close_matches(key, schema, n=1)
        hint = f"，是不是 {close[0]}？" if close else "，请删去"
        self.bad(path, "schema.unknown", f"没有 {key} 这个字段{hint}")

    def _scalar(self, hint: Any, node: object, path: Path) -> Any:
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            return self._code(hint, node, path)
        if hint is bool:
            return node if isinstance(node, bool) else self.bad(path, "schema.bool", "这里只能写 true 或 false")
        if hint is int:
            whole = isinstance(node, int) and not isinstance(node, bool)
            return int(node) if whole else self.bad(path, "schema.int", "这里应当是整数")  # type: ignore[call-overload]
        if hint is date:
            return self._date(node, path)
        return self._text(node, path)

    def _code(self, codes: type[StrEnum], node: object, path: Path) -> Any:
        if isinstance(node, str) and str(node) in set(codes):
            return codes(str(node))
        allowed = "、".join(f'"{code.value}"（{code.name.lower()}）' for code in codes)
        return self.bad(path, "schema.code", f"“{node}”不是代码表中的值，可用：{allowed}（数字要加引号）")

    def _text(self, node: object, path: Path) -> Any:
        if not isinstance(node, str):
            return self.bad(path, "schema.text", "这里应当是文字；编号、电话等请加引号")
        text = str(node).strip()
        if len(text) > _LONGEST or "\x00" in text:
            return self.bad(path, "schema.text", f"文字超过 {_LONGEST} 字或含有空字符")
        return text

    def _date(self, node: object, path: Path) -> Any:
        try:
            return node if isinstance(node, date) else date.fromisoformat(str(node))
        except ValueError:
            return self.bad(path, "schema.date", f"“{node}”不是日期，请写成 2026-03-02")


def plain(node: object) -> Any:
    """Builtin containers and scalars out of a loader's own kinds."""
    if isinstance(node, Mapping):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(item) for item in node]
    if isinstance(node, bool) or node is None:
        return node
    for kind in (str, int, float):
        if isinstance(node, kind):
            return kind(node)
    return node
