"""Reading a YAML file of a county's organs: every value is taken with the line it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from onedoor.kernel.errors import FieldError, Invalid
from onedoor.orgs.rules.values import Period

E = TypeVar("E", bound=StrEnum)


@dataclass(slots=True)
class Faults:
    """All faults of one file, each with file, line, field and rule."""

    name: str
    found: list[FieldError] = field(default_factory=list)

    def add(self, line: int, key: str, rule: str) -> None:
        """One fault, e.g. 「organs.yaml 第 12 行 code：……」."""
        self.found.append(FieldError(f"{self.name}:{line}:{key}", f"{self.name} 第 {line} 行 {key}：{rule}"))

    def raise_any(self) -> None:
        """Invalid with every fault of the file at once."""
        if self.found:
            raise Invalid(self.found)


def load(text: str, faults: Faults) -> Node:
    """The top of a file. Invalid where it is no YAML mapping."""
    try:
        tree = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        faults.add(line, "yaml", f"不是正确的 YAML：{error.problem}")
        tree = None
    except YAMLError as error:
        faults.add(1, "yaml", f"不是正确的 YAML：{error}")
        tree = None
    if tree is not None and not isinstance(tree, CommentedMap):
        faults.add(1, "yaml", "最外层应是“键: 值”。")
    faults.raise_any()
    return Node(tree if isinstance(tree, CommentedMap) else CommentedMap(), faults, 1)


@dataclass(slots=True)
class Node:
    """One mapping. What is wrong is noted and a harmless value returned, so that all faults show at once."""

    map: CommentedMap
    faults: Faults
    start: int
    read: set[str] = field(default_factory=set)

    def line(self, key: str = "") -> int:
        """The line of a key, else where the mapping begins."""
        try:
            return int(self.map.lc.key(key)[0]) + 1
        except (KeyError, AttributeError, TypeError):
            return self.start

    def fault(self, key: str, rule: str) -> None:
        """Note a fault of one key."""
        self.faults.add(self.line(key), key, rule)

    def raw(self, key: str) -> Any:
        """The value as it stands."""
        self.read.add(key)
        return self.map.get(key)

    def text(self, key: str, *, required: bool = False) -> str:
        """A text; numbers written without quotes are taken as their digits."""
        value = self.raw(key)
        if value is None or (isinstance(value, str) and not value.strip()):
            if required:
                self.fault(key, "必填。")
            return ""
        if isinstance(value, bool | CommentedMap | CommentedSeq):
            self.fault(key, "应为文字。")
            return ""
        return str(value).strip()

    def choice(self, key: str, kind: type[E]) -> E:
        """One of the codes of an enumeration."""
        value = self.text(key, required=True)
        try:
            return kind(value)
        except ValueError:
            if value:
                self.fault(key, f"“{value}”不在可选值中：{'、'.join(kind)}。")
            return next(iter(kind))

    def day(self, key: str, *, required: bool = False) -> date | None:
        """A date such as 2024-01-31."""
        value = self.raw(key)
        if isinstance(value, date):
            return date(value.year, value.month, value.day)
        if value is not None or required:
            self.fault(key, "应为日期，写作 2024-01-31。")
        return None

    def period(self) -> Period:
        """``from`` (required) and ``to``."""
        return Period(self.day("from", required=True) or date.min, self.day("to"))

    def decimal(self, key: str) -> Decimal | None:
        """A number, or nothing."""
        value = self.raw(key)
        if value is None:
            return None
        try:
            return Decimal(str(value))
        except InvalidOperation:
            self.fault(key, "应为数字。")
            return None

    def texts(self, key: str) -> tuple[str, ...] | None:
        """A list of texts; None where the key says 全部 or is absent."""
        value = self.raw(key)
        if value is None or value == "全部":
            return None
        if not isinstance(value, CommentedSeq) or not all(isinstance(one, str | int) for one in value):
            self.fault(key, "应为列表，或写“全部”。")
            return ()
        return tuple(str(one) for one in value)

    def nodes(self, key: str) -> Iterator[Node]:
        """The mappings of a list."""
        value = self.raw(key)
        if value is None:
            return
        if not isinstance(value, CommentedSeq):
            self.fault(key, "应为列表。")
            return
        for index, one in enumerate(value):
            line = int(value.lc.item(index)[0]) + 1
            if isinstance(one, CommentedMap):
                yield Node(one, self.faults, line)
            else:
                self.faults.add(line, key, "列表的每一项应是“键: 值”。")

    def node(self, key: str) -> Node:
        """A mapping inside this one, empty where absent."""
        value = self.raw(key)
        if value is not None and not isinstance(value, CommentedMap):
            self.fault(key, "应为“键: 值”。")
        return Node(value if isinstance(value, CommentedMap) else CommentedMap(), self.faults, self.line(key))

    def finish(self) -> None:
        """Note every key that nobody read: a misspelt key is a fault, not silence."""
        for key in self.map:
            if key not in self.read:
                self.fault(str(key), "没有这个字段，请检查拼写。")
