"""YAML text to plain trees, fast and strict: no key twice, no anchors, no merge keys, no tags, no surprises.

The events of libyaml are taken one by one, so that neither a deep nor a repeating text costs more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import yaml

from onedoor.kernel.tree import Path, place

LARGEST: Final = 1_000_000  # characters of one file
MOST_NODES: Final = 50_000
DEEPEST: Final = 60
_BOM: Final = "\ufeff"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # without libyaml it is slower, and says the same
_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}
_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[str], Any]], ...]] = (
    (re.compile(r"[-+]?[0-9]+", re.ASCII), int),
    (re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+)", re.ASCII), float),
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII), date.fromisoformat),
)
"""What an unquoted word may be besides a text (YAML 1.2)."""
_CAUSES: Final = (
    ("found character '\\t'", "这里用了制表符（Tab），请改用空格缩进"),
    ("mapping values are not allowed", "冒号的位置不对：一行只能写一个“字段: 值”，值里有冒号的请加引号"),
    ("did not find expected key", "缩进不齐，请与同一组的其他字段对齐"),
    ("did not find expected '-' indicator", "列表缩进不齐，每项前写“- ”并且对齐"),
    ("did not find expected ',' or", "括号没有闭合，或者漏了逗号"),
    ("did not find expected node content", "括号没有闭合，或者逗号多余"),
    ("could not find expected ':'", "这一行缺少冒号，或者引号没有闭合"),
    ("found unexpected end of stream", "引号没有闭合"),
    ("block sequence entries are not allowed", "“- ”要写在新的一行"),
    ("found character that cannot start any token", "值以特殊符号（@ ` % *）开头的，请加引号；缩进请用空格"),
)


class Unreadable(Exception):
    """Text that is no tree of ours: one fault with its line (from 1), field and rule."""

    def __init__(self, message: str, *, rule: str, line: int = 1, field: str = "") -> None:
        super().__init__(message)
        self.message, self.rule, self.line, self.field = message, rule, line, field


def text_of(content: bytes) -> str:
    """The text of a file in UTF-8. Raises Unreadable."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = "文件不是 UTF-8 文本（可能是 GBK 或者二进制文件），请另存为 UTF-8"
        raise Unreadable(message, rule="files.encoding", line=line) from error


def tree_of(text: str) -> dict[str, Any]:
    """Dictionaries, lists, texts, numbers and booleans out of YAML text. Raises Unreadable."""
    if len(text) > LARGEST:
        raise Unreadable(f"文件超过 {LARGEST} 字，请核对是否选错文件", rule="yaml.size")
    if text.startswith(_BOM):
        raise Unreadable("文件开头有 BOM 标记，请另存为不带 BOM 的 UTF-8", rule="yaml.bom")
    root = _read(text, _Builder())
    if not isinstance(root, dict):
        raise Unreadable("一个文件写一个事项，最外层应当是“字段: 值”", rule="yaml.mapping")
    return root


def places(text: str) -> dict[Path, int]:
    """The line (from 1) of everything in a text that ``tree_of`` can read."""
    found: dict[Path, int] = {}
    _read(text, _Builder(found))
    return found


def _read(text: str, builder: _Builder) -> Any:
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(_cause(error, text), rule="yaml.syntax", line=mark.line + 1 if mark else 1) from error
    except yaml.reader.ReaderError as error:
        before = text[: error.position] if isinstance(error.position, int) else ""
        message = "文件里有不能显示的控制字符，请删去"
        raise Unreadable(message, rule="yaml.syntax", line=before.count("\n") + 1) from error
    return builder.root


@dataclass(slots=True)
class _Frame:
    """An open mapping or list; ``key`` is the last field of the mapping, ``waiting``: its value has not come yet."""

    inside: dict[str, Any] | list[Any]
    key: str = ""
    waiting: bool = False


class _Builder:
    def __init__(self, lines: dict[Path, int] | None = None) -> None:
        self.root: Any = None
        self.stack: list[_Frame] = []
        self.lines, self.nodes, self.documents = lines, 0, 0

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self.scalar(event)
        elif kind in _ENDS:
            self.stack.pop()
        elif kind in _STARTS:
            self.open(event, _STARTS[kind]())
        elif kind is yaml.AliasEvent:
            raise self.fault(event, "yaml.alias", "不能用别名（*），请把内容写全")
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                raise self.fault(event, "yaml.syntax", "一个文件只能写一个事项，请删去“---”以后的内容")

    def scalar(self, event: Any) -> None:
        self.check(event)
        frame = self.stack[-1] if self.stack else None
        if frame and isinstance(frame.inside, dict) and not frame.waiting:
            self.name(frame, frame.inside, event)
        else:
            self.put(event, self.plain(event) if event.implicit[0] else event.value)

    def open(self, event: Any, container: dict[str, Any] | list[Any]) -> None:
        self.check(event)
        if self.stack and isinstance(self.stack[-1].inside, dict) and not self.stack[-1].waiting:
            raise self.fault(event, "yaml.syntax", "字段名应当是一个词")
        if len(self.stack) >= DEEPEST:
            raise self.fault(event, "yaml.depth", f"嵌套超过 {DEEPEST} 层，请拆开")
        self.put(event, container)
        self.stack.append(_Frame(container))

    def check(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise self.fault(event, "yaml.size", f"文件超过 {MOST_NODES} 个节点，请核对是否选错文件")
        if event.anchor is not None:
            raise self.fault(event, "yaml.alias", "不能用别名（&），请在用到的每一处把内容写全")
        if event.tag is not None:
            raise self.fault(event, "yaml.tag", f"不能用标签“{event.tag}”，请删去")

    def name(self, frame: _Frame, inside: dict[str, Any], event: Any) -> None:
        if event.value == "<<" and event.implicit[0]:
            raise self.fault(event, "yaml.merge", "不能用合并键（<<），请把字段写全")
        if event.value in inside:
            frame.key, frame.waiting = event.value, True
            raise self.fault(event, "yaml.duplicate", f"字段 {event.value} 在这里写了两次，请删去一个")
        frame.key, frame.waiting = event.value, True
        if self.lines is not None:
            self.lines[self.path()] = event.start_mark.line + 1

    def put(self, event: Any, value: Any) -> None:
        if not self.stack:
            self.root = value
            return
        frame = self.stack[-1]
        if isinstance(frame.inside, dict):
            frame.inside[frame.key], frame.waiting = value, False
            return
        if self.lines is not None:
            self.lines[self.path()] = event.start_mark.line + 1
        frame.inside.append(value)

    def plain(self, event: Any) -> Any:
        text = event.value
        if text in _WORDS:
            return _WORDS[text]
        if text[0] in "-+.0123456789":
            for form, read in _FORMS:
                if form.fullmatch(text):
                    try:
                        return read(text)
                    except ValueError:
                        raise self.fault(event, "yaml.syntax", f"“{text[:40]}”写法有误，请加引号") from None
        return text

    def path(self) -> Path:
        """Where the next value goes."""
        outer = [f.key if isinstance(f.inside, dict) else len(f.inside) - 1 for f in self.stack[:-1]]
        if not self.stack:
            return ()
        last = self.stack[-1]
        if isinstance(last.inside, list):
            return (*outer, len(last.inside))
        return (*outer, last.key) if last.waiting else tuple(outer)

    def fault(self, event: Any, rule: str, message: str) -> Unreadable:
        return Unreadable(message, rule=rule, line=event.start_mark.line + 1, field=place(self.path()))


_STARTS: dict[Any, Callable[[], Any]] = {yaml.MappingStartEvent: dict, yaml.SequenceStartEvent: list}
_ENDS = {yaml.MappingEndEvent, yaml.SequenceEndEvent}


def _cause(error: yaml.MarkedYAMLError, text: str) -> str:
    problem, mark = str(error.problem or error.context or ""), error.problem_mark
    rows = text.splitlines()
    row = rows[mark.line] if mark and mark.line < len(rows) else ""
    if "\t" in row[: len(row) - len(row.lstrip())]:
        return f"YAML 写法有误：{_CAUSES[0][1]}"
    told = next((chinese for english, chinese in _CAUSES if english in problem), problem)
    return f"YAML 写法有误：{told}"
