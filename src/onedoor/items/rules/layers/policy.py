"""What a lower level may do with each field: the table ``data/fields.yaml`` as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from onedoor.items.rules.codes import Level
from onedoor.kernel.tree import Path

ANY: Final = "*"


class Rule(StrEnum):
    """How a field is inherited (继承方式)."""

    LOCKED = "locked"  # 锁定
    LOCAL = "local"  # 自定
    FEWER = "fewer"  # 只减
    SHORTER = "shorter"  # 只缩短
    MORE = "more"  # 只增加选项
    YES = "yes"  # 只由否改为是
    RANKED = "ranked"  # 只改得更好
    NARROWER = "narrower"  # 只在更少的情形下要求
    ADDED = "added"  # 保留并可增加


@dataclass(frozen=True, slots=True)
class Policy:
    """One field: its name in Chinese, how it is inherited, and why, for whoever is refused."""

    label: str
    rule: Rule
    why: str = ""
    ranks: tuple[tuple[str, ...], ...] = ()  # from worst to best; within a group they may be exchanged

    def rank(self, value: object) -> int:
        """Its place from worst (0) to best; −1 where the table does not know it."""
        return next((at for at, group in enumerate(self.ranks) if value in group), -1)


@dataclass(frozen=True, slots=True)
class Rows:
    """A table inherited row by row. ``adds``: the lowest level that may add a row to what stands above."""

    key: str
    label: str
    adds: Level
    why: str = ""


UNKNOWN: Final = Policy("", Rule.LOCAL)


@dataclass(frozen=True)
class Policies:
    """The whole table. ``rows``: by field; ``fields``: by path, in which ``*`` stands for any row."""

    rows: Mapping[str, Rows]
    fields: Mapping[Path, Policy]

    def of(self, path: Path) -> Policy:
        """The policy of a cell: its own line, or that of the nearest field around it."""
        pattern = self.pattern(path)
        while pattern:
            if found := self.fields.get(pattern):
                return found
            pattern = pattern[:-1]
        return UNKNOWN

    def pattern(self, path: Path) -> Path:
        """The path with ``*`` in place of the row."""
        return (path[0], ANY, *path[2:]) if len(path) > 1 and path[0] in self.rows else path

    def divided(self, path: Path) -> bool:
        """Whether the table goes further down than this: parts of the field are inherited each by its own rule."""
        return self.pattern(path) in self._roots

    @cached_property
    def _roots(self) -> frozenset[Path]:
        """Every path that some field of the table stands below."""
        return frozenset(known[:end] for known in self.fields for end in range(len(known)))

    def label(self, path: Path) -> str:
        """A cell in words: ``申请材料“身份证”的来源渠道``."""
        said = self.of(path).label or str(path[-1])
        return f"{self.rows[str(path[0])].label}“{path[1]}”的{said}" if self.pattern(path) != path else said


def policies_from(tree: Mapping[str, Any]) -> Policies:
    """The table as ``data/fields.yaml`` writes it."""
    rows = {
        name: Rows(row["key"], row["label"], Level(row["adds"]), row.get("why", ""))
        for name, row in tree["rows"].items()
    }
    fields = {
        tuple(row["path"].split(".")): Policy(
            row["label"], Rule(row["rule"]), row.get("why", ""), tuple(tuple(g) for g in row.get("ranks", ()))
        )
        for row in tree["fields"]
    }
    return Policies(rows, fields)
