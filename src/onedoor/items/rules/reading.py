"""YAML text to plain trees, fast and strict: no key twice, no anchors, no merge keys, no tags, no surprises."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final

import yaml

from onedoor.kernel.tree import Path, place

LARGEST: Final = 1_000_000  # characters of one file
MOST_NODES: Final = 50_000
DEEPEST: Final = 60
_MANY_BRACKETS: Final = 2_000
_STEEP: Final = re.compile(r"(?:[-?]\s+){61}")
_BOM: Final = "\ufeff"
_TAG: Final = "tag:yaml.org,2002:"
_PLAIN: Final[tuple[tuple[str, str, str], ...]] = (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", "~nN\0"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+)", "-+.0123456789"),
    ("date", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789"),
    ("merge", r"<<", "<"),
)
"""What an unquoted word may be besides a text (YAML 1.2): kind, form, first characters."""
_COLLECTIONS: Final = {_TAG + "seq", _TAG + "map"}
_CAUSES: Final = (
    ("found character '\\t'", "这里用了制表符（Tab），请改用空格缩进"),
    ("found duplicate anchor", "这里有别名（&），请把内容写全"),
    ("found undefined alias", "这里有别名（*），请把内容写全"),
    ("mapping values are not allowed", "冒号的位置不对：一行只能写一个「字段: 值」，值里有冒号的请加引号"),
    ("did not find expected key", "缩进不齐，请与同一组的其他字段对齐"),
    ("did not find expected '-' indicator", "列表缩进不齐，每项前写「- 」并且对齐"),
    ("did not find expected ',' or", "括号没有闭合，或者漏了逗号"),
    ("could not find expected ':'", "这一行缺少冒号，或者引号没有闭合"),
    ("found unexpected end of stream", "引号没有闭合"),
    ("found character that cannot start any token", "值以特殊符号（@ ` % *）开头的，请加引号；缩进请用空格"),
    ("found another document", "一个文件只能写一个事项，请删去「---」以后的内容"),
)


class Unreadable(Exception):
    """Text that is no tree of ours: one fault with its line (from 1), field and rule."""

    def __init__(self, message: str, *, rule: str, line: int = 1, field: str = "") -> None:
        super().__init__(message)
        self.message, self.rule, self.line, self.field = message, rule, line, field


_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # without libyaml it is slower, and says the same


class _Loader(_Base):  # type: ignore[misc]  # chosen at run time
    yaml_implicit_resolvers: Final = {
        first: [(_TAG + kind, re.compile(f"(?:{form})\\Z")) for kind, form, firsts in _PLAIN if first in firsts]
        for first in {*"".join(firsts for _, _, firsts in _PLAIN)} - {"\0"}
    } | {"": [(_TAG + "null", re.compile(r"\Z"))]}


def parse(content: str | bytes) -> tuple[str, yaml.Node]:
    """The text and its nodes, each with its line. Raises Unreadable."""
    text = _text(content) if isinstance(content, bytes) else content
    if len(text) > LARGEST:
        raise Unreadable(f"文件超过 {LARGEST} 字，请核对是否选错文件", rule="yaml.size")
    if text.startswith(_BOM):
        raise Unreadable("文件开头有 BOM 标记，请另存为不带 BOM 的 UTF-8", rule="yaml.bom")
    try:
        _refuse_abyss(text)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(_cause(error, text), rule="yaml.syntax", line=mark.line + 1 if mark else 1) from error
    except yaml.reader.ReaderError as error:
        before = text[: error.position] if isinstance(error.position, int) else ""
        message = "文件里有不能显示的控制字符，请删去"
        raise Unreadable(message, rule="yaml.syntax", line=before.count("\n") + 1) from error
    if not isinstance(root, yaml.MappingNode):
        raise Unreadable("一个文件写一个事项，最外层应当是「字段: 值」", rule="yaml.mapping")
    return text, root


def _refuse_abyss(text: str) -> None:
    """libyaml's composer goes down on the machine's own stack: what might be very deep is walked flat first."""
    if text.count("[") + text.count("{") <= _MANY_BRACKETS and not _STEEP.search(text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise Unreadable(f"嵌套超过 {DEEPEST} 层，请拆开", rule="yaml.depth", line=line)


def tree_of(root: yaml.Node) -> dict[str, Any]:
    """Dictionaries, lists, texts, numbers and booleans out of nodes. Raises Unreadable."""
    return _Walk().mapping(root, ())


def node_at(root: yaml.Node, path: Path) -> int:
    """The line (from 1) of the deepest part of a path that exists."""
    node, line = root, 1
    for part in path:
        found = _inside(node, part)
        if found is None:
            break
        line, node = found
    return line


def _inside(node: yaml.Node, part: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((k.start_mark.line + 1, value) for k, value in node.value if k.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line + 1, node.value[part]
    return None


class _Walk:
    """Over all nodes once: an alias leads to a node a second time, a bomb to too many."""

    def __init__(self) -> None:
        self.seen: set[int] = set()

    def value(self, node: yaml.Node, path: Path) -> Any:
        self.seen_once(node, path)
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, path)
        if node.tag not in _COLLECTIONS:
            raise _at(node, path, rule="yaml.tag", message=f"不能用标签「{node.tag}」，请删去")
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, index)) for index, child in enumerate(node.value)]
        return self.mapping(node, path)

    def seen_once(self, node: yaml.Node, path: Path) -> None:
        if id(node) in self.seen:
            raise _at(
                node, path, rule="yaml.alias", message="这里的内容被别名（& 和 *）引用，请在用到的每一处把内容写全"
            )
        self.seen.add(id(node))
        if len(self.seen) > MOST_NODES:
            raise _at(node, path, rule="yaml.size", message=f"文件超过 {MOST_NODES} 个节点，请核对是否选错文件")
        if len(path) > DEEPEST:
            raise _at(node, path, rule="yaml.depth", message=f"嵌套超过 {DEEPEST} 层，请拆开")

    def mapping(self, node: yaml.Node, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in node.value:
            if name.tag == _TAG + "merge":
                raise _at(name, path, rule="yaml.merge", message="不能用合并键（<<），请把字段写全")
            if not isinstance(name, yaml.ScalarNode):
                raise _at(name, path, rule="yaml.syntax", message="字段名应当是一个词")
            if name.value in found:
                raise _at(
                    name,
                    (*path, name.value),
                    rule="yaml.duplicate",
                    message=f"字段 {name.value} 在这里写了两次，请删去一个",
                )
            found[name.value] = self.value(value, (*path, name.value))
        return found

    def scalar(self, node: yaml.ScalarNode, path: Path) -> Any:
        kind = node.tag.removeprefix(_TAG)
        if kind == "str":
            return node.value
        if kind not in _READ:
            raise _at(node, path, rule="yaml.tag", message=f"不能用标签「{node.tag}」，请删去")
        try:
            return _READ[kind](node.value)
        except ValueError:
            raise _at(node, path, rule="yaml.syntax", message=f"「{node.value}」写法有误，请加引号") from None


_READ: dict[str, Callable[[str], Any]] = {
    "bool": lambda text: text.lower() == "true",
    "null": lambda text: None,
    "int": int,
    "float": float,
    "date": date.fromisoformat,
    "merge": str,
}


def _at(node: yaml.Node, path: Path, *, rule: str, message: str) -> Unreadable:
    return Unreadable(message, rule=rule, line=node.start_mark.line + 1, field=place(path))


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = "文件不是 UTF-8 文本（可能是 GBK 或者二进制文件），请另存为 UTF-8"
        raise Unreadable(message, rule="files.encoding", line=line) from error


def _cause(error: yaml.MarkedYAMLError, text: str) -> str:
    problem = str(error.problem or error.context or "")
    mark = error.problem_mark
    rows = text.splitlines()
    row = rows[mark.line] if mark and mark.line < len(rows) else ""
    if "\t" in row[: len(row) - len(row.lstrip())]:
        return f"YAML 写法有误：{_CAUSES[0][1]}"
    told = next((chinese for english, chinese in _CAUSES if english in problem), problem)
    return f"YAML 写法有误：{told}"
