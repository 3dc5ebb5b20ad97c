"""One inverted index over item versions: exact pairs, concepts, sounds and letters, each with its own worth."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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


class Index:
    """Immutable once built; safe to share between threads."""

    def __init__(self, documents: Iterable[Document], lexicon: Lexicon, regions: tuple[Region, ...] = ()) -> None:
        self.lexicon = lexicon
        self.regions = regions
        self.documents = {document.id: document for document in documents}
        self._postings: dict[str, dict[int, float]] = defaultdict(dict)
        self._spelled: dict[int, tuple[tuple[str, str], ...]] = {}
        for document in self.documents.values():
            self._add(document)
        self._families = len({document.family for document in self.documents.values()}) or 1
        self._rarities = {token: self._rarity_of(held) for token, held in self._postings.items()}

    def search(self, query: str, *, limit: int = 20, area: str = "") -> Found:
        """The best items for a query, one of each family, those of the named area first. Never raises."""
        text = normalise(query[:LONGEST])
        region, text = region_in(text, self.regions)
        text = self.lexicon.without_empty(text)
        wanted = self._tokens(text)
        scores = self._scores(wanted)
        total = sum(worth * self._rarity(token) for token, worth in wanted.items()) or 1.0
        hits = [
            Hit(self.documents[i], s + self._whole(self.documents[i], text, total), s / total)
            for i, s in scores.items()
        ]
        best = _one_per_family(hits, region.area if region else area)
        fitting = tuple(hit for hit in best if hit.fit >= GOOD_FIT)[:limit]
        return Found(query, fitting, () if fitting else self._nearest(best, limit), region)

    def _add(self, document: Document) -> None:
        for field, texts in document.fields.items():
            weight = WEIGHTS[field]
            for text in map(normalise, texts):
                for token, worth in self._field_tokens(text, field).items():
                    held = self._postings[token]
                    held[document.id] = max(held.get(document.id, 0.0), weight * worth)
        phrases = (normalise(text) for field in SPOKEN for text in document.fields[field])
        self._spelled[document.id] = tuple(spelled(text) for text in phrases if text)

    def _field_tokens(self, text: str, field: str) -> Mapping[str, float]:
        tokens = dict.fromkeys(grams(text), 1.0)
        tokens.update({f"#{concept}": 1.0 for concept in self.lexicon.concepts_in(text)})
        if field in SPOKEN:
            tokens.update(dict.fromkeys(sounds(text), 1.0))
            whole, initials = spelled(text)
            tokens.update(dict.fromkeys(letters(whole), 1.0))
            tokens.update(dict.fromkeys(letters(initials), 1.0))
        tokens.update({f".{character}": 1.0 for character in set(text) - {" "}})
        return tokens

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
        families = len({self.documents[i].family for i in held})
        return math.log(1 + self._families / (families + 0.5))

    def _whole(self, document: Document, text: str, total: float) -> float:
        name = normalise(document.name)
        compact = text.replace(" ", "")
        if compact and (compact in name or name in compact):
            return WHOLE * total
        if compact.isascii() and len(compact) > 1:
            return WHOLE * total * self._as_spelled(document.id, compact)
        return 0.0

    def _as_spelled(self, document: int, typed: str) -> float:
        best = 0.0
        for whole, initials in self._spelled[document]:
            for spelling in (whole, initials):
                if typed in spelling:
                    best = max(best, 0.5 + 0.5 * len(typed) / len(spelling))
        return best

    def _nearest(self, weak: list[Hit], limit: int) -> tuple[Hit, ...]:
        """The weak hits, then anything of the catalogue, so that no answer is a dead end."""
        known = {hit.document.family for hit in weak}
        rest = [Hit(d, 0.0, 0.0) for d in self.documents.values() if d.family not in known]
        return tuple((weak + _one_per_family(rest, ""))[: min(limit, 6)])


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
