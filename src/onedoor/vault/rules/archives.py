"""ZIP containers (OFD, DOCX, XLSX): what is inside, and why some are refused before anything is unpacked."""

from __future__ import annotations

import stat
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, BinaryIO, Final

from onedoor.vault.rules import signatures

CHUNK: Final = 1 << 16
_NESTED: Final = (
    *(b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c"),
    *(b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ"),
)
_CENTRAL: Final = 46  # bytes of a central directory record without its name


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLimits:
    """How much a container may hold: entries, bytes when unpacked, and times its packed size."""

    entries: int
    unpacked_bytes: int
    ratio: int


class BadArchive(ValueError):
    """The container is refused; the message says why and what to do."""


def inspect(content: BinaryIO, limits: ArchiveLimits, *, size: int) -> frozenset[str]:
    """The names inside a container that is safe to open. Raises BadArchive, never unpacks more than the limits.

    Refused: broken, encrypted, too many entries, too large or too dense when unpacked (counted while unpacking, what
    the directory declares is not believed), archives within, overlapping or duplicate entries, paths that lead out.
    """
    try:
        with zipfile.ZipFile(content) as archive:
            entries = archive.infolist()
            _check_directory(entries, limits, size)
            _unpack(archive, entries, min(limits.unpacked_bytes, size * limits.ratio))
            return frozenset(entry.filename for entry in entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, RuntimeError) as error:
        raise BadArchive("文件已损坏，打不开。请重新导出后再上传。") from error


def _check_directory(entries: list[zipfile.ZipInfo], limits: ArchiveLimits, size: int) -> None:
    if len(entries) > limits.entries or len(entries) * _CENTRAL > size:
        raise BadArchive(f"文件里的条目超过 {limits.entries} 个，疑似压缩炸弹。请另存为 PDF 后上传。")
    if len({entry.filename for entry in entries}) != len(entries):
        raise BadArchive("文件里有重名的条目，无法确定以哪一个为准。请重新导出后再上传。")
    end = 0
    for entry in sorted(entries, key=lambda item: item.header_offset):
        if entry.header_offset < end:
            raise BadArchive("文件里的条目互相重叠，疑似压缩炸弹。请另存为 PDF 后上传。")
        end = entry.header_offset + entry.compress_size
        _check_entry(entry)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    if entry.flag_bits & 0x1:
        raise BadArchive("文件加了密码，无法查验。请去掉密码后再上传。")
    outside = name.startswith("/") or ".." in name.split("/") or "\\" in name or ":" in name or "\0" in name
    if outside or stat.S_ISLNK(entry.external_attr >> 16):
        raise BadArchive("文件里有指向文件之外的路径。请重新导出后再上传。")


def _unpack(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], budget: int) -> None:
    if sum(entry.file_size for entry in entries) > budget:
        raise BadArchive("文件解开后过大，疑似压缩炸弹。请另存为 PDF 后上传。")
    for entry in entries:
        with archive.open(entry) as member:
            budget -= _read(member, budget)


def _read(member: IO[bytes], budget: int) -> int:
    head = member.read(CHUNK)
    if head.startswith(_NESTED):
        raise BadArchive("文件里还套着压缩包，无法查验。请把里面的文件单独上传，或者另存为 PDF。")
    total, window = 0, head
    while window:
        total += len(head)
        if total > budget:
            raise BadArchive("文件解开后过大，疑似压缩炸弹。请另存为 PDF 后上传。")
        if signatures.find(window):
            raise BadArchive("文件里发现病毒测试特征，已拒绝保存。请杀毒后再上传。")
        tail = window[-(signatures.LONGEST - 1) :]
        head = member.read(CHUNK)
        window = tail + head if head else b""
    return total
