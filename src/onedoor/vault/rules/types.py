"""Types by content. The name of a file and what a browser says about it prove nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

HEAD: Final = 512
"""Bytes from the beginning of a file that recognition looks at."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One type of file: stable key, Chinese name, media type, and the extensions it may carry (first = usual).

    ``advice``: what whoever has such a file can do, where it is not accepted.
    """

    key: str
    label: str
    media_type: str
    extensions: tuple[str, ...]
    advice: str = ""


IPHONE: Final = (
    "这是苹果手机的照片格式。请在手机的“设置 → 相机 → 格式”里选“兼容性最佳”，再拍一张；"
    "已经拍好的，打开照片截一张屏，上传截屏也可以。"
)
KINDS: Final = {
    kind.key: kind
    for kind in (
        Kind("pdf", "PDF 文档", "application/pdf", ("pdf",)),
        Kind("ofd", "OFD 版式文件", "application/ofd", ("ofd",)),
        Kind("jpg", "JPG 图片", "image/jpeg", ("jpg", "jpeg", "jfif", "jpe")),
        Kind("png", "PNG 图片", "image/png", ("png",)),
        Kind("docx", "Word 文档", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",)),
        Kind("xlsx", "Excel 表格", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",)),
        Kind(
            "pptx",
            "PowerPoint 演示",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            ("pptx",),
        ),
        Kind("macro", "带宏的 Office 文件", "application/vnd.ms-office", ("docm", "xlsm", "pptm")),
        Kind("ole", "旧版 Office 文件", "application/x-ole-storage", ("doc", "xls", "ppt", "wps", "et")),
        Kind("gif", "GIF 图片", "image/gif", ("gif",)),
        Kind("bmp", "BMP 图片", "image/bmp", ("bmp",)),
        Kind("tiff", "TIFF 图片", "image/tiff", ("tif", "tiff")),
        Kind("webp", "WebP 图片", "image/webp", ("webp",)),
        Kind("heic", "HEIC 照片", "image/heic", ("heic", "heif"), IPHONE),
        Kind("zip", "ZIP 压缩包", "application/zip", ("zip",)),
        Kind("rar", "RAR 压缩包", "application/vnd.rar", ("rar",)),
        Kind("7z", "7Z 压缩包", "application/x-7z-compressed", ("7z",)),
        Kind("gz", "GZ 压缩包", "application/gzip", ("gz", "tgz")),
        Kind("exe", "可执行程序", "application/vnd.microsoft.portable-executable", ("exe", "dll", "scr", "com")),
        Kind("elf", "可执行程序", "application/x-elf", ()),
        Kind("script", "脚本程序", "text/x-script", ("sh", "py", "bat", "ps1", "js")),
        Kind("html", "网页", "text/html", ("html", "htm", "svg", "xml")),
        Kind("unknown", "无法识别的文件", "application/octet-stream", ()),
    )
}

_MAGIC: Final = (
    (0, b"%PDF-", "pdf"),
    (0, b"\xff\xd8\xff", "jpg"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (0, b"BM", "bmp"),
    (0, b"II*\0", "tiff"),
    (0, b"MM\0*", "tiff"),
    (8, b"WEBP", "webp"),
    (4, b"ftyphei", "heic"),
    (4, b"ftyphev", "heic"),
    (4, b"ftypmif1", "heic"),
    (4, b"ftypmsf1", "heic"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (0, b"Rar!\x1a\x07", "rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"\x1f\x8b", "gz"),
    (0, b"MZ", "exe"),
    (0, b"\x7fELF", "elf"),
    (0, b"#!", "script"),
    (0, b"PK\x03\x04", "zip"),
    (0, b"PK\x05\x06", "zip"),
)
_MARKUP: Final = (b"<!doctype html", b"<html", b"<svg", b"<?xml", b"<script")
_MACROS: Final = ("word/vbaProject.bin", "xl/vbaProject.bin", "ppt/vbaProject.bin")
_INSIDE: Final = (
    ("OFD.xml", "ofd"),
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("ppt/presentation.xml", "pptx"),
)


def recognise(head: bytes, entries: Collection[str] = ()) -> Kind:
    """The type by its first bytes and, for a ZIP container, by the names inside. Unknown stays ``unknown``."""
    for offset, magic, key in _MAGIC:
        if head.startswith(magic, offset):
            return _inside(entries) if key == "zip" else KINDS[key]
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        return KINDS["html"]
    return KINDS["unknown"]


def _inside(entries: Collection[str]) -> Kind:
    if any(name in entries for name in _MACROS):
        return KINDS["macro"]
    return KINDS[next((key for name, key in _INSIDE if name in entries), "zip")]
