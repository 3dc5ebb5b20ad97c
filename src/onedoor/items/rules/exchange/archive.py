"""What a spreadsheet's archive may be before anything is read from it: no macros, no bombs, no endless sheets."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import Final

MOST_BYTES: Final = 50_000_000  # of the file
MOST_INFLATED: Final = 400_000_000  # of all its parts together
MOST_PARTS: Final = 200
MOST_COLUMNS: Final = 500
MOST_CELLS: Final = 5_000_000  # of one sheet, from its first to its farthest
_OLE: Final = b"\xd0\xcf\x11\xe0"
_CELL: Final = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,8})(\d{1,12})["']""")
_LOCAL_HEADER: Final = 30
_DEFLATED: Final = -15


class Refused(Exception):
    """An archive that is not read: rule and message."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule, self.message = rule, message


def check(content: bytes, *, most_rows: int) -> None:
    """Inflate every part as far as it really goes, and look at the addresses of cells. Raises Refused."""
    if content.startswith(_OLE):
        raise Refused("xlsx.old", "文件是旧格式（.xls）或者加了密码，请另存为不加密的 .xlsx")
    if len(content) > MOST_BYTES:
        raise Refused("xlsx.size", f"文件超过 {MOST_BYTES // 1_000_000} MB，请分成几个文件")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Refused("xlsx.zip", "文件打不开：不是 .xlsx，或者已经损坏") from error
    if any("vbaproject" in part.filename.lower() for part in parts):
        raise Refused("xlsx.macro", "文件里有宏，请另存为不带宏的 .xlsx")
    if len(parts) > MOST_PARTS:
        raise Refused("xlsx.zip", f"压缩包里超过 {MOST_PARTS} 个文件，请核对是否选错文件")
    left = MOST_INFLATED
    for part in parts:
        inflated = _inflated(content, part, most=left)
        left -= len(inflated)
        if "worksheets/" in part.filename and part.filename.endswith(".xml"):
            _addresses(inflated, most_rows)


def _inflated(content: bytes, part: zipfile.ZipInfo, *, most: int) -> bytes:
    """The part as its data say, whatever its header says."""
    at = part.header_offset
    head = content[at : at + _LOCAL_HEADER]
    start = at + _LOCAL_HEADER + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    raw = content[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        inflated = raw
    elif part.compress_type == zipfile.ZIP_DEFLATED:
        try:
            inflated = zlib.decompressobj(_DEFLATED).decompress(raw, most + 1)
        except zlib.error as error:
            raise Refused("xlsx.zip", "文件已经损坏") from error
    else:
        raise Refused("xlsx.zip", "文件的压缩方式不支持，请用表格软件另存一次")
    if len(inflated) > most:
        raise Refused("xlsx.size", f"文件解压后超过 {MOST_INFLATED // 1_000_000} MB，请核对是否选错文件")
    return inflated


def _addresses(sheet: bytes, most_rows: int) -> None:
    """A reader keeps every cell up to the farthest one: the farthest one must be near."""
    widest = tallest = 0
    for letters, number in _CELL.findall(sheet):
        tallest, widest = max(tallest, int(number)), max(widest, _column(letters))
    if tallest > most_rows:
        raise Refused("xlsx.rows", f"表格有内容的行超过 {most_rows} 行，请删去多余的行或者分成几个文件")
    if widest > MOST_COLUMNS or widest * tallest > MOST_CELLS:
        raise Refused("xlsx.columns", f"表格太宽（到第 {widest} 列），请删去多余的列或者分成几个文件")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
