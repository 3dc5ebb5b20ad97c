"""What the catalogue rests on: laws and other papers in force, who cites them where, and what a change would touch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from onedoor.items.rules.layers import Policies
from onedoor.items.rules.values import Basis, Item
from onedoor.kernel.law import REGISTER, Article, article_in_chinese
from onedoor.kernel.tree import Path

_STATE: Final = "中华人民共和国"
_TRIAL: Final = re.compile(r"（(试行|暂行)）$")
_ARTICLE: Final = re.compile(r"第[零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十])?")


class Rank(StrEnum):
    """效力位阶: from the highest down."""

    LAW = "law"  # 法律
    REGULATION = "regulation"  # 行政法规
    RULE = "rule"  # 部门规章
    LOCAL = "local"  # 地方性法规
    LOCAL_RULE = "local_rule"  # 地方政府规章
    PAPER = "paper"  # 规范性文件
    STANDARD = "standard"  # 标准
    UNKNOWN = "unknown"  # 待核实


class Standing(StrEnum):
    """时效 on a day."""

    IN_FORCE = "in_force"  # 现行有效
    COMING = "coming"  # 尚未施行
    ENDED = "ended"  # 已失效
    UNKNOWN = "unknown"  # 待核实


@dataclass(frozen=True, slots=True, kw_only=True)
class Enactment:
    """One law, standard or local rule (依据). A date that nobody has verified is None; "" where a word is unknown."""

    name: str
    rank: Rank = Rank.UNKNOWN
    document: str = ""
    issuer: str = ""
    since: date | None = None
    until: date | None = None
    replaced_by: str = ""
    evidence: str = ""

    @property
    def key(self) -> str:
        """The name by which items cite it."""
        return key_of(self.name)

    def standing(self, day: date) -> Standing:
        """In force on the day, not yet or no more; 待核实 where the register does not know since when."""
        if self.until and self.until <= day:
            return Standing.ENDED
        if self.since is None:
            return Standing.UNKNOWN
        return Standing.COMING if self.since > day else Standing.IN_FORCE


@dataclass(frozen=True, slots=True)
class Citation:
    """One place of an item that cites: ``articles`` as the law counts them (第三十五条), () for the whole of it."""

    law: str
    articles: tuple[str, ...]
    path: Path


@dataclass(frozen=True, slots=True)
class Touched:
    """One item (办理项) that a change would touch: the fields to look at again, its lists and its printed forms."""

    family: str
    name: str
    fields: tuple[Path, ...]
    lists: tuple[Item, ...]
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What changing or abolishing a law, or one article, would touch. ``functions``: rules of the platform itself."""

    items: tuple[Touched, ...]
    functions: tuple[str, ...]

    @property
    def fields(self) -> int:
        """How many fields are to be looked at again: each once for all lists of an item."""
        return sum(len(item.fields) for item in self.items)

    @property
    def lists(self) -> int:
        """How many published lists get a new version."""
        return sum(len(item.lists) for item in self.items)

    @property
    def forms(self) -> int:
        """How many forms are to be printed anew."""
        return sum(len(item.forms) for item in self.items)


def enactments_from(tree: Mapping[str, Any]) -> dict[str, Enactment]:
    """The register as ``data/laws.yaml`` writes it, by key. KeyError without a name, ValueError for what is no date."""
    return {one.key: one for one in map(_enactment, tree["laws"])}


def _enactment(row: Mapping[str, Any]) -> Enactment:
    texts = {name: str(row.get(name, "")) for name in ("document", "issuer", "replaced_by", "evidence")}
    since, until = _day(row.get("since")), _day(row.get("until"))
    return Enactment(name=row["name"], rank=Rank(row.get("rank", Rank.UNKNOWN)), since=since, until=until, **texts)


def _day(value: object) -> date | None:
    return value if isinstance(value, date) or value is None else date.fromisoformat(str(value))


def key_of(name: str) -> str:
    """《中华人民共和国食品安全法》 and 食品安全法 are one law; a rule on trial is cited without saying so."""
    return _TRIAL.sub("", name.strip("《》 ").removeprefix(_STATE))


def citations(item: Item, known: Iterable[str] = ()) -> tuple[Citation, ...]:
    """Every place of a list that cites. ``known``: keys of laws to find in running text, too (fees, promises)."""
    names = sorted(known, key=len, reverse=True)
    return tuple(found for field in fields(item) for found in field_citations(item, field.name, names))


def field_citations(item: Item, name: str, names: Sequence[str]) -> tuple[Citation, ...]:
    """Those in one field. ``names``: keys of laws, the longest first."""
    return tuple(_citations(getattr(item, name), (name,), names))


def _citations(value: object, path: Path, names: Sequence[str]) -> Iterator[Citation]:
    if isinstance(value, Article):
        yield Citation(key_of(value.law), _articles(article_in_chinese(value.number)), path)
    elif isinstance(value, Basis):
        yield Citation(key_of(value.law), _articles(value.article), path)
    elif isinstance(value, tuple):
        for at, part in enumerate(value):
            yield from _citations(part, (*path, at), names)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _citations(getattr(value, field.name), (*path, field.name), names)
    elif isinstance(value, str) and path and str(path[-1]).endswith(("basis", "pledge")):
        yield from _in_words(value, path, names)


def _in_words(text: str, path: Path, names: Sequence[str]) -> Iterator[Citation]:
    """Laws named in running text; the longest name counts, and of articles those up to the next name."""
    for clause in re.split("[；;。]", text):
        name = next((name for name in names if name in clause), "")
        if name:
            yield Citation(name, _articles(clause.partition(name)[2]), path)


def _articles(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_ARTICLE.findall(text)))


def effect(key: str, items: Iterable[Item], *, article: str = "", known: Iterable[str] = ()) -> Effect:
    """What cites a law, or one article of it (with what cites the law as a whole), item by item, most fields first."""
    names = tuple(known)
    found: dict[str, tuple[dict[Path, None], list[Item], dict[str, None]]] = {}
    for item in items:
        paths = [c.path for c in citations(item, names) if c.law == key and _meant(c, article)]
        if paths:
            held = found.setdefault(item.family, ({}, [], {}))
            held[0].update(dict.fromkeys(paths))
            held[1].append(item)
            held[2].update(dict.fromkeys(_forms(item, paths)))
    touched = [Touched(key_, ls[0].name, tuple(p), tuple(ls), tuple(forms)) for key_, (p, ls, forms) in found.items()]
    ordered = sorted(touched, key=lambda one: (-len(one.fields), one.name))
    return Effect(tuple(ordered), tuple(_functions(key, article)))


def _meant(citation: Citation, article: str) -> bool:
    return not article or not citation.articles or article in citation.articles


def _forms(item: Item, paths: Iterable[Path]) -> Iterator[str]:
    """The blank forms of the materials that are asked for by it."""
    cited = {path[1] for path in paths if path[0] == "materials"}
    yield from (m.name for at, m in enumerate(item.materials) if at in cited and m.blank_form)


def _functions(key: str, article: str) -> Iterator[str]:
    """The functions of the platform that apply it, by their ``@law``."""
    for held, places in REGISTER.items():
        if held.law == key and (not article or article in _articles(article_in_chinese(held.number))):
            yield from places


def part_label(path: Path, table: Policies) -> str:
    """The field of a citation in words: ``申请材料``, ``法定办结时限``."""
    rows = table.rows.get(str(path[0]))
    return rows.label if rows else table.of(tuple(part for part in path if isinstance(part, str))).label
