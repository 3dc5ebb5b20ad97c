"""Published questions and answers (公开问答): what may not stand in them, and which are nearest to a question."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onedoor.kernel.law import law

_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_ID_NUMBER = re.compile(r"(?<![0-9A-Za-z])(\d{15}|\d{17}[0-9Xx])(?![0-9A-Za-z])")
_BANK_CARD = re.compile(r"(?<!\d)(\d{16}|\d{19})(?!\d)")
LEAST_SHARE = 0.34  # of the question's pairs of characters: below it, two texts have only words like 怎么办 in common
_EMPTY_WORDS = ("怎么办", "怎么", "如何", "什么", "哪里", "可以", "需要", "请问", "我想", "吗", "呢", "的", "了", "要")


@dataclass(frozen=True, slots=True)
class Published:
    """One published answer."""

    id: int
    item: str
    item_name: str
    organ: str
    question: str
    answer: str
    on: date


@law("个人信息保护法", 25)
def personal_data_in(text: str, *, names: Sequence[str] = ()) -> tuple[str, ...]:
    """What in a text is personal: identity numbers, mobile numbers, cards, and the asker's own name or phone."""
    folded = unicodedata.normalize("NFKC", text)
    closed = "".join(folded.split()).replace("-", "")
    found = []
    if _ID_NUMBER.search(closed):
        found.append("身份证号")
    if _MOBILE.search(closed):
        found.append("手机号")
    if _BANK_CARD.search(closed):
        found.append("银行卡号")
    if any(len(name) > 1 and name in closed for name in names):
        found.append("提问人的姓名或电话")
    return tuple(found)


def nearest(text: str, entries: Sequence[Published], *, item: str = "", limit: int = 5) -> tuple[Published, ...]:
    """The published answers nearest to a question, by shared pairs of characters; those of ``item`` come first.

    Without a text: the latest of the item, or the latest of all.
    """
    wanted = _pairs(text)
    if not wanted:
        own = [entry for entry in entries if not item or entry.item == item]
        return tuple(sorted(own, key=lambda entry: (entry.on, entry.id), reverse=True)[:limit])
    scored = [(_share(wanted, entry), entry.item == item and bool(item), entry) for entry in entries]
    kept = [row for row in scored if row[0] >= LEAST_SHARE]
    kept.sort(key=lambda row: (row[1], row[0], row[2].id), reverse=True)
    return tuple(entry for _, _, entry in kept[:limit])


def _share(wanted: frozenset[str], entry: Published) -> float:
    return len(wanted & _pairs(f"{entry.item_name}。{entry.question}")) / len(wanted)


def _pairs(text: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKC", text)
    for word in _EMPTY_WORDS:
        plain = plain.replace(word, " ")
    runs = re.findall(r"[0-9A-Za-z]+|[\u3400-\U0003ffff]+", plain)
    return frozenset(run[n : n + 2] for run in runs for n in range(max(1, len(run) - 1)))
