"""The national access tables as one JSON file: ``{"tables": {NAME: [{COLUMN: TEXT}]}}``."""

from __future__ import annotations

import json
from typing import Any, Final

from onedoor.items.rules.exchange.export import Rows
from onedoor.items.rules.exchange.sheets import Line, Sheet
from onedoor.items.rules.files import BadFile, FileFault

MOST_BYTES: Final = 200_000_000


def to_json(rows: Rows) -> bytes:
    """The file of all tables."""
    return (json.dumps({"tables": rows}, ensure_ascii=False, indent=1) + "\n").encode()


def sheets_of_json(content: bytes, *, file: str) -> list[Sheet]:
    """The tables of a file. Raises BadFile."""
    if len(content) > MOST_BYTES:
        raise _bad(file, 1, rule="json.size", message=f"文件超过 {MOST_BYTES // 1_000_000} MB，请分成几个文件")
    try:
        tree = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise _bad(
            file, error.lineno, rule="json.syntax", message=f"JSON 写法有误：第 {error.colno} 个字符处"
        ) from error
    except UnicodeDecodeError as error:
        raise _bad(file, 1, rule="files.encoding", message="文件不是 UTF-8 文本，请另存为 UTF-8") from error
    except (_Twice, RecursionError, ValueError) as error:
        raise _bad(file, 1, rule="json.syntax", message=f"JSON 写法有误：{error}") from error
    if not isinstance(tree, dict) or set(tree) != {"tables"} or not isinstance(tree["tables"], dict):
        raise _bad(file, 1, rule="json.tables", message='最外层应当是 {"tables": {表名: [各行]}}')
    return [_sheet(name, rows, file) for name, rows in tree["tables"].items()]


class _Twice(ValueError):
    pass


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    tree = dict(pairs)
    if len(tree) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(f"字段 {next(name for name in names if names.count(name) > 1)} 写了两次")
    return tree


def _sheet(name: str, rows: Any, file: str) -> Sheet:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _bad(file, 1, rule="json.tables", message=f"表 {name} 应当是一个列表，每行是一组“列名: 文字”")
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [Line(number, row) for number, row in enumerate(rows, 1)]
    return Sheet(name, columns, lines)


def _bad(file: str, line: int, *, rule: str, message: str) -> BadFile:
    return BadFile((FileFault(file, line, "", rule, message),))
