"""Questions that people ask, each with the item it means; and how well a search answers them.

Two halves: words were tuned on ``seen``; ``held-out`` was written once, is not looked at and nothing is tuned on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ruamel.yaml import YAML

HALVES: Final = ("seen", "held-out")
DEPTH: Final = 10  # lines of an answer that count
EARLY: Final = 3
FOLDER: Final = Path(__file__).parent / "data" / "questions"


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody types. ``means``: parts of the names of the items that answer it."""

    ask: str
    means: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """``mrr``: the mean of 1/rank among the first ten; ``recall``: the share answered among the first three."""

    mrr: float
    recall: float


def questions(half: str) -> tuple[Question, ...]:
    """All questions of one half."""
    tree = YAML(typ="safe").load((FOLDER / f"{half}.yaml").read_text(encoding="utf-8"))
    return tuple(Question(str(ask), (entry["item"], *entry.get("alias", ()))) for entry in tree for ask in entry["ask"])


def rank(question: Question, names: Sequence[str]) -> int:
    """At which place an answer (names, best first) has what was meant; 0 = not among the first ten."""
    places = enumerate(names[:DEPTH], 1)
    return next((place for place, name in places if any(part in name for part in question.means)), 0)


def quality(find: Callable[[str], Sequence[str]], asked: Sequence[Question]) -> Quality:
    """How well ``find`` (question → names, best first) answers."""
    ranks = [rank(question, find(question.ask)) for question in asked]
    return Quality(
        mrr=sum(1 / place for place in ranks if place) / len(ranks),
        recall=sum(1 <= place <= EARLY for place in ranks) / len(ranks),
    )
