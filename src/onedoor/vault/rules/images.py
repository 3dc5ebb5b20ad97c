"""The size of a picture by its header: a small file may unfold into gigabytes of pixels."""

from __future__ import annotations

import struct
from typing import BinaryIO, Final

_FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_BARE: Final = frozenset({0x01, *range(0xD0, 0xD9)})


def pixels(content: BinaryIO, key: str) -> int | None:
    """Width × height of a JPG or PNG; None where the header cannot be read (a broken picture)."""
    content.seek(0)
    try:
        return _png(content) if key == "png" else _jpg(content)
    except struct.error:
        return None


def _png(content: BinaryIO) -> int | None:
    head = content.read(24)
    if head[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", head[16:24])
    return int(width * height) or None


def _jpg(content: BinaryIO) -> int | None:
    content.read(2)
    while True:
        (lead, marker) = struct.unpack(">BB", content.read(2))
        if lead != 0xFF:
            return None
        if marker == 0xFF:
            content.seek(-1, 1)
        elif marker in _FRAMES:
            height, width = struct.unpack(">3xHH", content.read(7))
            return int(width * height) or None
        elif marker not in _BARE:
            (length,) = struct.unpack(">H", content.read(2))
            content.seek(max(length - 2, 0), 1)
