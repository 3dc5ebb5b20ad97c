"""One inverted index over item versions: exact pairs, concepts, sounds and letters, each with its own worth."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter

from onedoor.items.rules.search.lexicon import Lexicon, Region, region_in
from onedoor.items.rules.search.text import (
    SPOKEN,
    WEIGHTS,
    Document,
    grams,
    letters,
    normalise,
    sounds,
    spelled,
)

CONCEPT, SOUND, LETTER, CHARACTER = 1.6, 0.45, 0.5, 0.2  # worth of a token against a pair of characters
WHOLE = 0.6  # bonus where the name holds the whole query, or the query the whole name
GOOD_FIT = 0.12  # below this share of the query's weight a hit is only a suggestion
CANDIDATES = 300  # that are looked at more closely
LONGEST = 100  # characters of a query that are read


@dataclass(frozen=True, slots=True)
class Hit:
    """One item found. ``fit``: the share of the query's weight that it answers, 0 to 1."""

    document: Document
    score: float
    fit: float


@dataclass(frozen=True, slots=True)
class Found:
    """``hits`` fit; ``suggestions`` are the nearest things where nothing does: never both empty in a full index."""

    query: str
    hits: tuple[Hit, ...]
    suggestions: tuple[Hit, ...]
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A document taken apart, once for all indexes it will be in: token → weight, and how its names are spelled."""

    document: Document
    name: str
    weights: Mapping[str, float]
    spelled: tuple[tuple[str, str], ...]


def analyse(document: Document, lexicon: Lexicon) -> Entry:
    """Take a document apart: the costly part of indexing, worth keeping for as long as document and lexicon live."""
    weights: dict[str, float] = {}
    for field, texts in document.fields.items():
        weight = WEIGHTS[field]
        for text in map(normalise, texts):
            for token in _field_tokens(text, lexicon, spoken=field in SPOKEN):
                weights[token] = max(weights.get(token, 0.0), weight)
    phrases = (normalise(text) for field in SPOKEN for text in document.fields[field])
    return Entry(document, normalise(document.name), weights, tuple(spelled(text) for text in phrases if text))


def _field_tokens(text: str, lexicon: Lexicon, *, spoken: bool) -> Iterator[str]:
    yield from grams(text)
    yield from (f"#{concept}" for concept in lexicon.concepts_in(text))
    yield from (f".{character}" for character in set(text) - {" "})
    if spoken:
        yield from sounds(text)
        for spelling in spelled(text):
            yield from letters(spelling)


class Index:
    """Immutable once built; safe to share between threads."""

    def __init__(self, entries: Iterable[Entry], lexicon: Lexicon, regions: tuple[Region, ...] = ()) -> None:
        self.lexicon = lexicon
        self.regions = regions
        self.entries = {entry.document.id: entry for entry in entries}
        self._postings: dict[str, dict[int, float]] = defaultdict(dict)
        for id_, entry in self.entries.items():
            for token, weight in entry.weights.items():
                self._postings[token][id_] = weight
        self._families = len({entry.document.family for entry in self.entries.values()}) or 1
        self._rarities = {token: self._rarity_of(held) for token, held in self._postings.items()}

    def search(self, query: str, *, limit: int = 20, area: str = "") -> Found:
        """The best items for a query, one of each family, those of the named area first. Never raises."""
        text = normalise(query[:LONGEST])
        region, text = region_in(text, self.regions)
        text = self.lexicon.without_empty(text)
        wanted = self._tokens(text)
        total = sum(worth * self._rarity(token) for token, worth in wanted.items()) or 1.0
        scores = heapq.nlargest(CANDIDATES, self._scores(wanted).items(), key=itemgetter(1))
        hits = [self._hit(self.entries[id_], score, text=text, total=total) for id_, score in scores]
        best = _one_per_family(hits, region.area if region else area)
        fitting = tuple(hit for hit in best if hit.fit >= GOOD_FIT)[:limit]
        return Found(query, fitting, () if fitting else self._nearest(best, limit), region)

    def _hit(self, entry: Entry, score: float, *, text: str, total: float) -> Hit:
        compact = text.replace(" ", "")
        bonus = 0.0
        if compact and (compact in entry.name or entry.name in compact):
            bonus = WHOLE
        elif len(compact) > 1 and compact.isascii():
            bonus = WHOLE * _as_spelled(entry, compact)
        return Hit(entry.document, score + bonus * total, score / total)

    def _tokens(self, text: str) -> dict[str, float]:
        wanted: dict[str, float] = {}
        for token in grams(text):
            wanted[token] = 1.0 if len(token) > 1 else 0.3
        for token in sounds(text):
            wanted[token] = SOUND
        for concept in self.lexicon.concepts_in(text):
            wanted[f"#{concept}"] = CONCEPT
        wanted.update({f".{character}": CHARACTER for character in text if ord(character) > 0x2FFF})
        for run in text.split():
            if run.isascii() and run.isalpha():
                wanted.update(dict.fromkeys(letters(run), LETTER))
        return wanted

    def _scores(self, wanted: Mapping[str, float]) -> dict[int, float]:
        scores: dict[int, float] = defaultdict(float)
        for token, worth in wanted.items():
            value = worth * self._rarity(token)
            for document, weight in self._postings.get(token, {}).items():
                scores[document] += value * weight
        return scores

    def _rarity(self, token: str) -> float:
        return self._rarities.get(token, math.log(1 + 2 * self._families))

    def _rarity_of(self, held: Iterable[int]) -> float:
        families = len({self.entries[i].document.family for i in held})
        return math.log(1 + self._families / (families + 0.5))

    def _nearest(self, weak: list[Hit], limit: int) -> tuple[Hit, ...]:
        """The weak hits, then anything of the catalogue, so that no answer is a dead end."""
        known = {hit.document.family for hit in weak}
        rest = [Hit(e.document, 0.0, 0.0) for e in self.entries.values() if e.document.family not in known]
        return tuple((weak + _one_per_family(rest, ""))[: min(limit, 6)])


def _as_spelled(entry: Entry, typed: str) -> float:
    """How much of a spelling of the item's names has been typed: 0, or 0.5 to 1."""
    spellings = (spelling for pair in entry.spelled for spelling in pair if typed in spelling)
    return max((0.5 + 0.5 * len(typed) / len(spelling) for spelling in spellings), default=0.0)


def _one_per_family(hits: list[Hit], area: str) -> list[Hit]:
    """Best first; of one item at several organs only the one of the area asked for, or the first."""
    ordered = sorted(hits, key=lambda hit: (-hit.score, not _in(hit, area), hit.document.code))
    chosen: dict[str, Hit] = {}
    for hit in ordered:
        held = chosen.get(hit.document.family)
        if held is None or (_in(hit, area) and not _in(held, area)):
            chosen[hit.document.family] = hit
    return sorted(chosen.values(), key=lambda hit: (-hit.score, hit.document.code))


def _in(hit: Hit, area: str) -> bool:
    return bool(area) and hit.document.area.rstrip("0").startswith(area.rstrip("0")[:9])
