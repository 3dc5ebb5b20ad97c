"""Text to tokens: characters in pairs, sounds in pairs, letters in threes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from pypinyin import Style, lazy_pinyin

_NOT_WORDS = re.compile(r"[^0-9a-z\u3400-\u9fff\U00020000-\U0003ffff]+")
_RUNS = re.compile(r"[a-z0-9]+|[^a-z0-9 ]+")
_LETTERS = re.compile(r"[a-z]+")
# Sounds that neighbours in this region and typing fingers confuse.
_ALIKE = (
    (re.compile(r"^(z|c|s)h"), r"\1"),
    (re.compile(r"ng$"), "n"),
    (re.compile(r"^l"), "n"),
    (re.compile(r"^h"), "f"),
)

WEIGHTS = {"name": 1.0, "keywords": 0.85, "result": 0.8, "options": 0.5, "summary": 0.45, "topics": 0.4, "organ": 0.4,
           "faqs": 0.3, "conditions": 0.25, "materials": 0.2}  # fmt: skip
"""How much a word counts by where it stands in an item."""

SPOKEN = ("name", "keywords", "result")
"""Fields that are also found by sound and initials."""


@dataclass(frozen=True, slots=True)
class Document:
    """What the index knows of one item version."""

    id: int
    code: str
    family: str
    area: str
    name: str
    organ_name: str
    fields: Mapping[str, tuple[str, ...]]


def document_of(tree: Mapping[str, Any], *, id: int, code: str, area: str) -> Document:
    """The searchable part of an item's stored tree."""
    fields = {
        "name": (tree["name"],),
        "keywords": tuple(tree.get("keywords", ())),
        "result": (tree.get("result", {}).get("name", ""),),
        "options": tuple(o["label"] for s in tree.get("situations", ()) for o in s.get("options", ())),
        "summary": (tree.get("summary", ""),),
        "topics": tuple(tree.get("topics", ())),
        "organ": (tree["organ_name"],),
        "faqs": tuple(text for f in tree.get("faqs", ()) for text in (f["question"], f["answer"])),
        "conditions": tuple(condition["text"] for condition in tree.get("conditions", ())),
        "materials": tuple(m["name"] for m in tree.get("materials", ())),
    }
    return Document(id, code, family_of(code), area, tree["name"], tree["organ_name"], fields)


def family_of(code: str) -> str:
    """What the lists of one item have in common, whichever organ offers it: basic code and sequence."""
    return code[19:]


def normalise(text: str) -> str:
    """Half-width, lower case, only characters that carry meaning; other runs become one blank."""
    return _NOT_WORDS.sub(" ", unicodedata.normalize("NFKC", text).lower()).strip()


def grams(text: str) -> Iterator[str]:
    """Pairs of characters of each Chinese run, whole runs of letters and digits; a lone character stands alone."""
    for run in _RUNS.findall(text):
        if _LETTERS.match(run) or run[0].isdigit() or len(run) == 1:
            yield run
        else:
            yield from (run[i : i + 2] for i in range(len(run) - 1))


def sounds(text: str) -> Iterator[str]:
    """Pairs of syllables of each Chinese run, alike sounds made one: ``~kai xiao``."""
    for run in _RUNS.findall(text):
        if len(run) > 1 and not run[0].isascii():
            heard = [_alike(syllable) for syllable in syllables(run)]
            yield from (f"~{a} {b}" for a, b in pairwise(heard))


def spelled(text: str) -> tuple[str, str]:
    """The whole pinyin and the initials of a phrase: 取水许可 → ``qushuixuke``, ``qsxk``."""
    parts = syllables(text.replace(" ", ""))
    return "".join(parts), "".join(part[0] for part in parts if part)


def letters(text: str) -> Iterator[str]:
    """Three letters at a time with the edges marked, so that a missing or swapped letter spoils only a few."""
    padded = f"^{text}$"
    yield from (f"<{padded[i : i + 3]}" for i in range(len(padded) - 2))


@lru_cache(maxsize=50_000)
def syllables(run: str) -> tuple[str, ...]:
    """Pinyin without tones; letters and digits stay."""
    return tuple(lazy_pinyin(run, style=Style.NORMAL))


@lru_cache(maxsize=2_000)
def _alike(syllable: str) -> str:
    for pattern, instead in _ALIKE:
        syllable = pattern.sub(instead, syllable)
    return syllable
