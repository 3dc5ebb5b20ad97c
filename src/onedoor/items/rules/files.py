"""事项 as YAML files: every fault with file, line, field and rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from onedoor.items.rules.codec import decode, encode
from onedoor.items.rules.values import Item
from onedoor.kernel.tree import Malformed, Path, place

LARGEST = 1_000_000  # characters of one file
MOST_NODES = 50_000  # after aliases are followed


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
    tree: Any

    def line(self, path: Path) -> int:
        """The line of a field, or of the nearest thing around it."""
        return line_of(self.tree, path)


def read(text: str, *, file: str) -> ItemSource:
    """One item out of YAML text. Raises BadFile."""
    tree = _load(text, file)
    try:
        return ItemSource(file, decode(Item, tree), tree)
    except Malformed as malformed:
        faults = (FileFault(file, line_of(tree, f.path), place(f.path), f.rule, f.message) for f in malformed.faults)
        raise BadFile(tuple(sorted(faults, key=lambda fault: fault.line))) from malformed


def write(item: Item) -> str:
    """The item as readable YAML; ``read(write(item)).item == item``."""
    yaml = YAML()
    yaml.width = 110
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = StringIO()
    yaml.dump(encode(item), out)
    return out.getvalue()


def line_of(tree: Any, path: Path) -> int:
    """The line on which a path stands in a loaded tree: the deepest part of it that exists."""
    line = 1
    for part in path:
        position = getattr(getattr(tree, "lc", None), "data", None) or {}
        if part not in position:
            break
        line = position[part][0] + 1
        tree = tree[part]
    return line


def _load(text: str, file: str) -> Any:
    if len(text) > LARGEST:
        raise _single(file, f"文件超过 {LARGEST} 字，请核对是否选错文件", rule="yaml.size")
    yaml = YAML()
    try:
        tree = yaml.load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _single(file, f"YAML 写法有误：{error.problem}", rule="yaml.syntax", line=line) from error
    except (YAMLError, ValueError) as error:
        raise _single(file, "YAML 写法有误，请检查缩进和引号", rule="yaml.syntax") from error
    if _count(tree, MOST_NODES) > MOST_NODES:
        raise _single(file, f"展开后超过 {MOST_NODES} 个节点，请不要使用别名（& 和 *）", rule="yaml.size")
    if not isinstance(tree, Mapping):
        raise _single(file, "一个文件写一个事项，最外层应当是「字段: 值」", rule="yaml.mapping")
    return tree


def _count(tree: Any, most: int) -> int:
    seen, waiting = 0, [tree]
    while waiting and seen <= most:
        node = waiting.pop()
        seen += 1
        if isinstance(node, Mapping):
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    return seen


def _single(file: str, message: str, *, rule: str, line: int = 1) -> BadFile:
    return BadFile((FileFault(file, line, "", rule, message),))
