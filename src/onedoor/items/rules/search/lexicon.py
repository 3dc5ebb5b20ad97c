"""Words as data: synonyms, words that say nothing, and the names of places."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

LONGEST_WORD = 12  # characters


@dataclass(frozen=True, slots=True)
class Region:
    """A place that may be named in a query: 田园镇 or 田园."""

    name: str
    area: str


@dataclass(frozen=True, eq=False)
class Lexicon:
    """``concepts``: word → the concepts it stands for. ``empty``: words that say nothing; ``greetings`` likewise."""

    concepts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()
    greetings: frozenset[str] = frozenset()

    def concepts_in(self, text: str) -> frozenset[str]:
        """The concepts whose words occur in a text; a longer word hides the shorter ones inside it."""
        found: set[str] = set()
        for word in self._words_in(text):
            found.update(self.concepts[word])
        return frozenset(found)

    def _words_in(self, text: str) -> Iterator[str]:
        covered = 0
        for start, character in enumerate(text):
            for word in self._beginning.get(character, ()):
                if text.startswith(word, start):
                    if start + len(word) > covered:
                        covered = start + len(word)
                        yield word
                    break

    @cached_property
    def _beginning(self) -> Mapping[str, tuple[str, ...]]:
        """The words of concepts by their first character, longest first."""
        found: dict[str, list[str]] = {}
        for word in sorted(self.concepts, key=len, reverse=True):
            found.setdefault(word[0], []).append(word)
        return {character: tuple(words) for character, words in found.items()}

    def without_empty(self, text: str, known: Container[str] = ()) -> str:
        """The text without words that say nothing; the text itself where nothing would be left.

        ``known``: words that the catalogue uses. Neither they nor the words of a concept lose a part of themselves:
        “不” goes, “不动产” stays.
        """
        kept = "".join(" " if word in self.empty else word for word in self._divided(text, known))
        return " ".join(kept.split()) or text

    def only_greets(self, text: str) -> bool:
        """Whether somebody said 你好 and nothing that could be looked for."""
        words = {word for word in self._divided(text, self.greetings) if word.strip()}
        return words <= self.empty | self.greetings and not self.greetings.isdisjoint(words)

    def _divided(self, text: str, known: Container[str]) -> Iterator[str]:
        at = 0
        while at < len(text):
            word = self._longest(text, at, known)
            yield word
            at += len(word)

    def _longest(self, text: str, at: int, known: Container[str]) -> str:
        for size in range(min(LONGEST_WORD, len(text) - at), 1, -1):
            word = text[at : at + size]
            if word in known or word in self.concepts or word in self.empty:
                return word
        return text[at]


def lexicon_from(tree: Mapping[str, Any]) -> Lexicon:
    """A lexicon out of its YAML tree: ``concepts: {name: [words]}``, ``empty: [words]`` and ``greetings: [words]``."""
    concepts: dict[str, list[str]] = {}
    for concept, words in tree["concepts"].items():
        for word in (concept, *words):
            concepts.setdefault(word.lower(), []).append(concept)
    greetings = frozenset(tree.get("greetings", ()))
    return Lexicon({word: tuple(names) for word, names in concepts.items()}, frozenset(tree["empty"]), greetings)


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
