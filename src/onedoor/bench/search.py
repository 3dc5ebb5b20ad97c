"""``bench search``: how well and how fast search answers, beside a plain substring search and PostgreSQL's trigrams.

All three see the same texts of the sample county and the same questions, in the same run; trigrams are those of the
extension ``pg_trgm`` in a PostgreSQL of the benchmark's own.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, LiteralString

import psycopg

from onedoor.bench.figures import Figure, percentile
from onedoor.bench.questions import DEPTH, HALVES, Question, quality, questions
from onedoor.bench.submit import say
from onedoor.instance.postgres import OWNER, Postgres
from onedoor.items import queries
from onedoor.items.queries.files import lexicon as words
from onedoor.items.rules import bundles, encode
from onedoor.items.rules.search import Document, Index, analyse, document_of

MANY: Final = 3_000
SHARE: Final = 0.95
MOST_SEARCH: Final = 50.0  # milliseconds
MOST_SUGGEST: Final = 10.0
CPU: Final = time.thread_time  # what a letter typed costs, whoever else uses the machine
LEAST_MRR: Final = 0.85
# The two others look at names, keywords and summaries: more texts only make them worse.
SUBSTRING: Final[LiteralString] = """
SELECT name FROM item, LATERAL (
    SELECT max(length(word)) AS size FROM unnest(words) AS word
    WHERE strpos(word, %(q)s) > 0 OR strpos(%(q)s, word) > 0
) AS found
WHERE size IS NOT NULL OR strpos(summary, %(q)s) > 0 ORDER BY size DESC NULLS LAST, name LIMIT %(n)s
"""
TRIGRAM: Final[LiteralString] = """
SELECT name FROM item
ORDER BY greatest(
    similarity(name, %(q)s), word_similarity(%(q)s, array_to_string(words, ' ')), word_similarity(%(q)s, summary)
) DESC, name LIMIT %(n)s
"""


def measure(*, seconds: float) -> list[Figure]:
    """The whole benchmark; each question is asked once of each search, so ``seconds`` changes nothing."""
    del seconds
    documents = sample()
    lexicon = words()
    index = Index((analyse(document, lexicon) for document in documents), lexicon)
    asked = {half: questions(half) for half in HALVES}
    figures = [Figure("items", len(documents), "items"), *_qualities(documents, index, asked)]
    every = [question.ask for half in HALVES for question in asked[half]]
    say(f"{MANY} 个事项：建索引、搜索")
    return [*figures, *_paces(varied(documents, MANY), index, every)]


def sample() -> tuple[Document, ...]:
    """The items of the sample county, each once, its bundles composed."""
    folder = queries.DATA / "530524"
    single, joint = (read(folder)[0] for read in (queries.read_folder, queries.read_bundles))
    items = [source.item for source in single]
    known = {item.code: item for item in items}
    items += [bundles.compose(one.item, {m.key: known[m.item] for m in one.item.members}) for one in joint]
    return tuple(document_of(encode(one), id=n, code=one.code, area=one.area) for n, one in enumerate(items, 1))


def varied(documents: Sequence[Document], count: int) -> tuple[Document, ...]:
    """So many different items: the given ones, then again with other names and half of the keywords of others."""
    dice = random.Random(1)  # the same every time
    words = [word for document in documents for word in document.fields["keywords"]]
    found = list(documents)
    while len(found) < count:
        one, number = documents[len(found) % len(documents)], len(found) + 1
        name = f"{one.name}（{dice.choice(words)}）"
        own = one.fields["keywords"]
        while own == one.fields["keywords"]:
            own = tuple(dice.choice(words) if dice.random() < 0.5 else word for word in own)
        fields = {**one.fields, "name": (name,), "keywords": own}
        found.append(replace(one, id=number, family=f"{number:014}", name=name, fields=fields))
    return tuple(found[:count])


def _qualities(documents: Sequence[Document], index: Index, asked: dict[str, tuple[Question, ...]]) -> list[Figure]:
    say("一样的问题，三种搜索")
    figures = []
    with tempfile.TemporaryDirectory(prefix="onedoor-bench-") as folder:
        Path(folder).chmod(0o711)  # the database may have to run as another user
        postgres = Postgres(Path(folder) / "data")
        postgres.start()
        try:
            with psycopg.connect(str(postgres.dsn(OWNER)), autocommit=True) as database:
                _fill(database, documents)
                for half, those in asked.items():
                    figures += _compared(index, database, half=half, asked=those)
        finally:
            postgres.stop()
    return figures


def _compared(
    index: Index, database: psycopg.Connection[tuple[str, ...]], *, half: str, asked: Sequence[Question]
) -> list[Figure]:
    ours = quality(lambda ask: lines(index, ask), asked)
    plain = quality(lambda ask: _rows(database, SUBSTRING, ask), asked)
    trigram = quality(lambda ask: _rows(database, TRIGRAM, ask), asked)
    held = LEAST_MRR if half == "held-out" else None
    return [
        Figure(f"questions, {half}", len(asked), "questions"),
        Figure(f"MRR@10, {half}, beside substring", round(ours.mrr, 4), "", round(plain.mrr, 4), least=held),
        Figure(f"MRR@10, {half}, beside trigrams", round(ours.mrr, 4), "", round(trigram.mrr, 4)),
        Figure(f"recall@3, {half}, beside substring", round(ours.recall, 4), "", round(plain.recall, 4)),
        Figure(f"recall@3, {half}, beside trigrams", round(ours.recall, 4), "", round(trigram.recall, 4)),
    ]


def lines(index: Index, ask: str) -> list[str]:
    """The names of an answer as people see them, best first."""
    found = index.search(ask, limit=DEPTH)
    return [hit.document.name for hit in (*found.hits, *found.suggestions)]


def _fill(database: psycopg.Connection[tuple[str, ...]], documents: Sequence[Document]) -> None:
    database.execute("CREATE EXTENSION pg_trgm")
    database.execute("CREATE TABLE item (name text, words text[], summary text)")
    rows = [(one.name, [one.name, *one.fields["keywords"]], " ".join(one.fields["summary"])) for one in documents]
    with database.cursor() as cursor:
        cursor.executemany("INSERT INTO item VALUES (%s, %s, %s)", rows)


def _rows(database: psycopg.Connection[tuple[str, ...]], statement: LiteralString, ask: str) -> list[str]:
    return [name for (name,) in database.execute(statement, {"q": ask, "n": DEPTH})]


def _paces(documents: Sequence[Document], small: Index, asked: Sequence[str]) -> list[Figure]:
    before, lexicon = _memory(), words()
    began = time.perf_counter()
    entries = [analyse(document, lexicon) for document in documents]
    apart = time.perf_counter()
    large = Index(entries, lexicon)
    built = time.perf_counter()
    grown = (_memory() - before) / 2**20
    typed = [ask[:length] for ask in asked[::4] for length in range(1, len(ask) + 1)]
    return [
        Figure("items, varied", len(documents), "items"),
        Figure("taking them apart", round(apart - began, 2), "s"),
        Figure("index of them", round(built - apart, 2), "s"),
        Figure("memory of both", round(grown, 1), "MB"),
        Figure("p95, search", _p95(large, asked), "ms", _p95(small, asked), most=MOST_SEARCH),
        Figure("p95, suggestions, processor", _p95(large, typed, CPU), "ms", _p95(small, typed, CPU), MOST_SUGGEST),
    ]


def _p95(index: Index, asked: Sequence[str], clock: Callable[[], float] = time.perf_counter) -> float:
    """Milliseconds of one search, without the page around it."""
    took = []
    for ask in asked:
        began = clock()
        index.search(ask, limit=DEPTH)
        took.append(clock() - began)
    return round(percentile(sorted(took), SHARE) * 1000, 2)


def _memory() -> int:
    """Bytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
