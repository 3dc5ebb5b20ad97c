"""Words as data: synonyms, words that say nothing, and the names of places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Region:
    """A place that may be named in a query: 田园镇 or 田园."""

    name: str
    area: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``concepts``: word → the concepts it stands for. ``empty``: words that say nothing, longest first."""

    concepts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    empty: tuple[str, ...] = ()

    def concepts_in(self, text: str) -> frozenset[str]:
        """The concepts whose words occur in a text; a longer word hides the shorter ones inside it."""
        found: set[str] = set()
        for word in self._words_in(text):
            found.update(self.concepts[word])
        return frozenset(found)

    def _words_in(self, text: str) -> Iterator[str]:
        longest = max(map(len, self.concepts), default=0)
        covered = 0
        for start in range(len(text)):
            for size in range(min(longest, len(text) - start), 0, -1):
                word = text[start : start + size]
                if word in self.concepts and start + size > covered:
                    covered = start + size
                    yield word
                    break

    def without_empty(self, text: str) -> str:
        """The text without words that say nothing; the text itself where nothing would be left."""
        left = text
        for word in self.empty:
            left = left.replace(word, " ")
        left = " ".join(left.split())
        return left or text


def lexicon_from(tree: Mapping[str, Any]) -> Lexicon:
    """A lexicon out of its YAML tree: ``concepts: {name: [words]}`` and ``empty: [words]``."""
    concepts: dict[str, list[str]] = {}
    for concept, words in tree["concepts"].items():
        for word in (concept, *words):
            concepts.setdefault(word.lower(), []).append(concept)
    empty = tuple(sorted(tree["empty"], key=len, reverse=True))
    return Lexicon({word: tuple(names) for word, names in concepts.items()}, empty)


def region_in(text: str, regions: tuple[Region, ...]) -> tuple[Region | None, str]:
    """The longest place name in a query, and the query without it (unless it is all there is)."""
    named = [(name, region) for region in regions for name in _spellings(region.name) if name in text]
    if not named:
        return None, text
    name, region = max(named, key=lambda pair: len(pair[0]))
    left = " ".join(text.replace(name, " ").split())
    return region, left or text


def _spellings(name: str) -> tuple[str, ...]:
    for ending in ("回族彝族乡", "彝族苗族乡", "彝族乡", "苗族乡", "社区", "镇", "乡", "村"):
        short = name.removesuffix(ending)
        if short != name:
            return (name, short) if len(short) > 1 else (name,)
    return (name,)
