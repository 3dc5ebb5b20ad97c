"""Characters: what is cleaned away, what no font can draw, and how a gap is named honestly."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from onedoor.documents.rules.data import Json
from onedoor.kernel.errors import Refused


class Gaps(StrEnum):
    """What to do with a character that no installed font holds."""

    REFUSE = "refuse"  # raise MissingGlyph: licences, decisions
    NOTE = "note"  # print 〔U+21284〕 and say so at the foot of the document


class MissingGlyph(Refused):
    """No installed font can draw these characters. They are named, so that somebody can act."""

    def __init__(self, characters: Sequence[str]) -> None:
        self.characters = tuple(characters)
        named = "、".join(f"“{character}”（U+{ord(character):04X}）" for character in self.characters)
        super().__init__(
            "missing_glyph",
            f"字库里没有{named}，不能制作这份文书。"
            "请系统管理员把含有该字的字体文件放进实例的 fonts 文件夹，再重新制作。",
        )


def clean(value: Json) -> Json:
    """The same tree with every text in NFC and without invisible characters.

    Line breaks and tabs become spaces. Control and format characters (null, zero-width, direction overrides that
    could make a text read otherwise than it is stored) and variation selectors go.
    """
    match value:
        case str():
            return _clean_text(value)
        case Mapping():
            return {key: clean(item) for key, item in value.items()}
        case None | bool() | int():
            return value
    return [clean(item) for item in value]


def _clean_text(text: str) -> str:
    spaced = "".join(" " if character in "\n\r\t\u2028\u2029" else character for character in text)
    return unicodedata.normalize("NFC", "".join(c for c in spaced if not _invisible(c)))


def _invisible(character: str) -> bool:
    selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return selector or unicodedata.category(character) in {"Cc", "Cf", "Cs"}


def strings(value: Json) -> Iterator[str]:
    """Every text in the tree."""
    match value:
        case str():
            yield value
        case Mapping():
            for item in value.values():
                yield from strings(item)
        case None | bool() | int():
            return
        case _:
            for item in value:
                yield from strings(item)


def missing(texts: Iterable[str], covered: Collection[int]) -> tuple[str, ...]:
    """The characters that are not covered, each once, in order of first appearance."""
    found = (character for text in texts for character in text if ord(character) not in covered)
    return tuple(dict.fromkeys(found))


def note_gaps(value: Json, gaps: Collection[str]) -> Json:
    """The same tree with every gap written as its code point, 〔U+21284〕: readable and never a wrong character."""
    match value:
        case str():
            return "".join(f"〔U+{ord(c):04X}〕" if c in gaps else c for c in value)
        case Mapping():
            return {key: note_gaps(item, gaps) for key, item in value.items()}
        case None | bool() | int():
            return value
    return [note_gaps(item, gaps) for item in value]
