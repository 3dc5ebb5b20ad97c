"""One inverted index over the catalogue: pairs, phrases, concepts, sounds and letters, each with its own worth.

An item that many organs offer is one family: it is indexed once and found once.
"""

from __future__ import annotations

import heapq
import math
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
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

# Worth of a token against a pair of characters.
CONCEPT, SOUND, LETTER, CHARACTER, LONE = 1.6, 0.2, 0.5, 0.7, 0.3
WHOLE = 0.6  # bonus where the name holds the whole query, or the query the whole name
USE = 0.06  # bonus of what is applied for most, against what nobody has applied for
GOOD_FIT = 0.12  # below this share of the query's weight a hit is only a suggestion
CANDIDATES = 100  # that are looked at more closely
LONGEST = 100  # characters of a query that are read
FEWEST = 6  # lines that an answer has, where the catalogue has so many


@dataclass(frozen=True, slots=True)
class Hit:
    """One item found. ``fit``: the share of the query's weight that it answers, 0 to 1; ``offered_by``: organs."""

    document: Document
    score: float
    fit: float
    offered_by: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    """``hits`` fit; ``suggestions`` are the nearest other things where few fit: both empty only for a greeting."""

    query: str
    hits: tuple[Hit, ...]
    suggestions: tuple[Hit, ...]
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A document taken apart, once for all indexes it will be in.

    ``words``: what it is called; ``tokens``: weight → the tokens of that weight; ``spelled``: how it is spelled.
    """

    document: Document
    name: str
    words: frozenset[str]
    tokens: Mapping[float, tuple[str, ...]]
    spelled: tuple[tuple[str, str], ...]


def analyse(document: Document, lexicon: Lexicon) -> Entry:
    """Take a document apart: the costly part of indexing, worth keeping for as long as document and lexicon live."""
    weights: dict[str, float] = {}
    for field, texts in sorted(document.fields.items(), key=lambda pair: WEIGHTS[pair[0]]):
        for text in map(normalise, texts):
            weights.update(dict.fromkeys(_tokens_of(text, lexicon, spoken=field in SPOKEN), WEIGHTS[field]))
    tokens: dict[float, list[str]] = defaultdict(list)
    for token, weight in weights.items():
        tokens[weight].append(token)
    words = frozenset(normalise(text) for field in SPOKEN for text in document.fields[field]) - {""}
    by_weight = {weight: tuple(held) for weight, held in tokens.items()}
    return Entry(document, normalise(document.name), words, by_weight, tuple(map(spelled, sorted(words))))


@lru_cache(maxsize=4_096)
def _tokens_of(text: str, lexicon: Lexicon, *, spoken: bool) -> tuple[str, ...]:
    """The tokens of one text of a field; remembered, because the lists of many organs say the same."""
    tokens = [*grams(text), *(f"#{concept}" for concept in lexicon.concepts_in(text)), *(f".{c}" for c in set(text))]
    if spoken:
        tokens += sounds(text)
        tokens += (token for spelling in spelled(text) for token in letters(spelling))
    return tuple(map(sys.intern, tokens))


class Index:
    """Immutable once built; safe to share between threads."""

    def __init__(self, entries: Iterable[Entry], lexicon: Lexicon, regions: tuple[Region, ...] = ()) -> None:
        self.lexicon = lexicon
        self.regions = regions
        families: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            families[entry.document.family].append(entry)
        self._families = [sorted(members, key=lambda e: e.document.code) for _, members in sorted(families.items())]
        postings: dict[str, dict[float, array[int]]] = defaultdict(lambda: defaultdict(lambda: array("I")))
        for number, members in enumerate(self._families):
            for token, weight in _together(members):
                postings[token][weight].append(number)
        self._postings = {token: tuple(held.items()) for token, held in postings.items()}
        self._rarities = {
            token: self._rarity_of(sum(len(numbers) for _, numbers in held)) for token, held in self._postings.items()
        }
        self._rarest = self._rarity_of(0)
        self._known = frozenset(token for members in self._families for member in members for token in member.words)

    def search(self, query: str, *, limit: int = 20, area: str = "", uses: Mapping[str, int] | None = None) -> Found:
        """The best items for a query, one of each family, that of the named area first. Never raises.

        ``uses``: how often each family was applied for; where two fit alike, what is asked for more comes first.
        """
        text = normalise(query[:LONGEST])
        if self.lexicon.only_greets(text):
            return Found(query, (), ())
        region, text = region_in(text, self.regions)
        text = self.lexicon.without_empty(text, self._known)
        wanted = self._tokens(text)
        total = sum(worth * self._rarities.get(token, self._rarest) for token, worth in wanted.items()) or 1.0
        place = region.area if region else area
        used = _Uses(uses or {})
        best = [
            self._hit(number, score * used.bonus(self._families[number]), text=text, total=total, area=place)
            for number, score in heapq.nlargest(CANDIDATES, self._scores(wanted), key=itemgetter(1))
        ]
        best.sort(key=lambda hit: (-hit.score, hit.document.code))
        fitting = tuple(hit for hit in best if hit.fit >= GOOD_FIT)[:limit]
        return Found(query, fitting, self._nearest(fitting, best, min(limit, FEWEST)), region)

    def _hit(self, number: int, score: float, *, text: str, total: float, area: str) -> Hit:
        members = self._families[number]
        entry = next((member for member in members if _serves(member, area)), members[0]) if area else members[0]
        compact = text.replace(" ", "")
        bonus = 0.0
        if compact and (compact in entry.name or entry.name in compact):
            bonus = WHOLE
        elif len(compact) > 1 and compact.isascii():
            bonus = WHOLE * _as_spelled(entry, compact)
        return Hit(entry.document, score + bonus * total, score / total, len(members))

    def _tokens(self, text: str) -> dict[str, float]:
        wanted: dict[str, float] = {}
        for token in grams(text):
            wanted[token] = 1.0 if len(token) > 1 else LONE
        for token in sounds(text):
            wanted[token] = SOUND
        wanted.update(dict.fromkeys((f"#{concept}" for concept in self.lexicon.concepts_in(text)), CONCEPT))
        wanted.update({f".{character}": CHARACTER for character in text if ord(character) > 0x2FFF})
        for run in text.split():
            if run.isascii() and run.isalpha():
                wanted.update(dict.fromkeys(letters(run), LETTER))
        return wanted

    def _scores(self, wanted: Mapping[str, float]) -> Iterator[tuple[int, float]]:
        scores = [0.0] * len(self._families)
        for token, worth in wanted.items():
            for weight, numbers in self._postings.get(token, ()):
                value = worth * self._rarities[token] * weight
                for number in numbers:
                    scores[number] += value
        return ((number, score) for number, score in enumerate(scores) if score)

    def _rarity_of(self, holders: int) -> float:
        return math.log(1 + (len(self._families) or 1) / (holders + 0.5))

    def _nearest(self, hits: Sequence[Hit], best: Sequence[Hit], least: int) -> tuple[Hit, ...]:
        """What fills an answer that is too short: the weak hits, then anything, so that no answer is a dead end."""
        missing = max(0, least - len(hits))
        near = [hit for hit in best if hit.fit < GOOD_FIT][:missing]
        known = {hit.document.family for hit in (*hits, *near)}
        rest = (members[0].document for members in self._families if members[0].document.family not in known)
        filled = () if hits else (Hit(document, 0.0, 0.0) for document, _ in zip(rest, range(missing), strict=False))
        return (*near, *filled)[:missing]


class _Uses:
    """How much what is applied for often counts more: nothing for what nobody wants, ``USE`` for the most wanted."""

    def __init__(self, uses: Mapping[str, int]) -> None:
        self._uses = uses
        self._most = math.log1p(max(uses.values(), default=0)) or 1.0

    def bonus(self, members: Sequence[Entry]) -> float:
        return 1 + USE * math.log1p(self._uses.get(members[0].document.family, 0)) / self._most


def _together(members: Sequence[Entry]) -> Iterable[tuple[str, float]]:
    """The tokens of a family: each with its greatest weight."""
    weights: dict[str, float] = {}
    for weight, tokens in sorted((pair for member in members for pair in member.tokens.items()), key=itemgetter(0)):
        weights.update(dict.fromkeys(tokens, weight))
    return weights.items()


def _as_spelled(entry: Entry, typed: str) -> float:
    """How much of a spelling of the item's names has been typed: 0, or 0.5 to 1."""
    spellings = (spelling for pair in entry.spelled for spelling in pair if typed in spelling)
    return max((0.5 + 0.5 * len(typed) / len(spelling) for spelling in spellings), default=0.0)


def _serves(entry: Entry, area: str) -> bool:
    return entry.document.area.rstrip("0").startswith(area.rstrip("0")[:9])
