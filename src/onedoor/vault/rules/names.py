"""File names as people sent them: shown, never used as a path."""

from __future__ import annotations

import unicodedata
from typing import Final

LONGEST: Final = 120
UNNAMED: Final = "未命名"
_FORBIDDEN: Final = frozenset('<>:"|?*')


def clean_name(raw: str) -> str:
    """The last component without control or direction characters, at most 120 characters, extension kept."""
    last = raw.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C")
    tidy = " ".join("".join("_" if c in _FORBIDDEN else c for c in visible).split()).strip(". ")
    return _shorten(tidy) if tidy else UNNAMED


def _shorten(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > 10:
        return name[:LONGEST]
    return f"{stem[: LONGEST - len(suffix) - 2]}….{suffix}"


def extension(name: str) -> str:
    """The part after the last dot in small letters, "" where there is none."""
    stem, dot, suffix = name.rpartition(".")
    return suffix.lower() if dot and stem and suffix.isascii() and suffix.isalnum() else ""
