"""事项 as YAML files: every fault with file, line, field and rule.

Files are read by libyaml; the lines are looked up only where something is to be said about one. The plain values are
those of YAML 1.2 (``yes`` is a text). Anchors, merge keys and tags are refused: who reads a file reads all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from io import StringIO
from typing import Any, TypeVar

from ruamel.yaml import YAML

from onedoor.items.rules.codec import decode, encode
from onedoor.items.rules.layers import Policies
from onedoor.items.rules.reading import Unreadable, places, text_of, tree_of
from onedoor.items.rules.standards import Standard, standard_from, standard_tree
from onedoor.items.rules.values import Item
from onedoor.kernel.plan import Plan
from onedoor.kernel.tree import Malformed, Path, place

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FileFault:
    """One fault of one file; ``line`` counts from 1."""

    file: str
    line: int
    field: str
    rule: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}"
        return f"{where}: {self.field + '：' if self.field else ''}{self.message} [{self.rule}]"


class BadFile(Exception):
    """A file that is no item: all its faults."""

    def __init__(self, faults: tuple[FileFault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class ItemSource:
    """An item read from a file, which can still say on which line each field stands."""

    file: str
    item: Item
    text: str

    def line(self, path: Path) -> int:
        """The line of a field, or of the nearest thing around it."""
        return line_of(_places(self.text), path)


def read(content: str | bytes, *, file: str) -> ItemSource:
    """One item out of YAML text, or of a file's bytes in UTF-8. Raises BadFile."""
    text, item = _read(content, partial(decode, Item), file=file)
    return ItemSource(file, item, text)


def read_standard(content: str | bytes, *, file: str, table: Policies) -> Standard:
    """One standard (基本目录) out of a file. Raises BadFile."""
    return _read(content, lambda tree: standard_from(tree, table), file=file)[1]


def _read(content: str | bytes, of: Callable[[dict[str, Any]], T], *, file: str) -> tuple[str, T]:
    try:
        text = text_of(content) if isinstance(content, bytes) else content
        tree = tree_of(text)
    except Unreadable as fault:
        raise BadFile((FileFault(file, fault.line, fault.field, fault.rule, fault.message),)) from fault
    try:
        return text, of(tree)
    except Malformed as malformed:
        lines = places(text)
        faults = (FileFault(file, line_of(lines, f.path), place(f.path), f.rule, f.message) for f in malformed.faults)
        raise BadFile(tuple(sorted(faults, key=lambda fault: fault.line))) from malformed


def write(item: Item) -> str:
    """The item as readable YAML; ``read(write(item)).item == item``."""
    return _write(encode(item))


def write_standard(standard: Standard) -> str:
    """The standard as readable YAML, which ``read_standard`` reads."""
    return _write(standard_tree(standard))


def write_plan(plan: Plan) -> str:
    """The part of an item's file that says this plan."""
    return _write({"plan": encode(plan)})


def _write(tree: Any) -> str:
    yaml = YAML()
    yaml.width = 110
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = StringIO()
    yaml.dump(tree, out)
    return out.getvalue()


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """The line on which a path stands: that of the deepest part of it that exists."""
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), 1)


@lru_cache(maxsize=4)
def _places(text: str) -> Mapping[Path, int]:
    return places(text)
