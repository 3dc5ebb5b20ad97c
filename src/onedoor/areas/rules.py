"""Divisions (行政区划) and published years of the calendar as values; what a file of either must satisfy."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from pypinyin import Style, lazy_pinyin

from onedoor.kernel.errors import FieldError, Invalid
from onedoor.kernel.law import law
from onedoor.kernel.workdays import Calendar

NATION = "000000000000"
COUNTY_LEVEL = 3
TOWNSHIP_LEVEL = 4
VILLAGE_LEVEL = 5
_CODE = re.compile(r"[0-9]{12}")
_SIGNIFICANT = {1: 2, 2: 4, 3: 6, 4: 9, 5: 12}

# Glyphs that place names of the region are written with interchangeably: data/variants.csv, read once.
_VARIANTS_FILE = Path(__file__).parent / "data" / "variants.csv"


class DayKind(StrEnum):
    """What a notice makes of a day."""

    OFF = "off"  # 放假
    MAKE_UP = "make_up"  # 调休上班


class YearStatus(StrEnum):
    """Whether the year's notice is out (已公布) or only a draft is kept (草稿); drafts never count."""

    PUBLISHED = "published"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Division:
    """One unit of the division table (GB/T 2260, GB/T 10114): 12 digits, level 1 province … 5 village."""

    code: str
    level: int
    name: str
    parent: str | None
    edition: str = ""

    @property
    def prefix(self) -> str:
        """The significant digits: what a grant or a search for everything below compares with."""
        return self.code[: _SIGNIFICANT[self.level]]

    @property
    def short_name(self) -> str:
        """关庙社区居民委员会 → 关庙社区; 明华村民委员会 → 明华村; townships keep their full (ethnic) names."""
        if self.level != VILLAGE_LEVEL:
            return self.name
        for committee, kind in (("居民委员会", "社区"), ("村民委员会", "村")):
            stem = self.name.removesuffix(committee)
            if stem != self.name:
                return stem if stem.endswith("社区") else stem + kind
        return self.name


@dataclass(frozen=True, slots=True)
class PublishedYear:
    """One year of one area's calendar: the notice it comes from, and the days that depart from Monday to Friday."""

    area: str
    year: int
    notice: str
    days_off: frozenset[date]
    make_up: frozenset[date]
    published_on: date | None = None


def prefix_of(code: str) -> str:
    """A 12-digit code without the zeros of the levels below: 530524101000 → 530524101; the nation → nothing."""
    if not code.strip("0"):
        return ""
    return next((code[:width] for width in (2, 4, 6, 9) if not code[width:].strip("0")), code)


def read_variants(rows: Iterable[Mapping[str, str]]) -> dict[int, str]:
    """Rows of a table of variant glyphs (glyph, variants) as a translation of each variant to the glyph it stands for.

    Raises Invalid where a glyph stands for two.
    """
    table: dict[int, str] = {}
    for row in rows:
        for variant in row["variants"]:
            if table.setdefault(ord(variant), row["glyph"]) != row["glyph"]:
                raise Invalid([FieldError("variants", f"异体字“{variant}”对应了两个字。")])
    return table


@cache
def variants() -> dict[int, str]:
    """The table of variant glyphs of this release."""
    with _VARIANTS_FILE.open(encoding="utf-8", newline="") as lines:
        return read_variants(csv.DictReader(lines))


def normalise(text: str) -> str:
    """Fold compatibility forms, blanks and variant glyphs, so that 耈街, 耇街 and 耉街 are found alike."""
    folded = unicodedata.normalize("NFKC", text)
    return unicodedata.normalize("NFC", "".join(folded.split()).translate(variants()))


def spellings(name: str) -> frozenset[str]:
    """The pinyin of a place name, in full and by initials, with 街 read as it is said here too (jie, gai)."""
    plain = normalise(name)
    full = lazy_pinyin(plain, style=Style.NORMAL, errors="ignore")
    found = {"".join(full), "".join(word[0] for word in full if word)}
    if "街" in plain:
        local = ["gai" if word == "jie" else word for word in full]
        found |= {"".join(local), "".join(word[0] for word in local)}
    return frozenset(found - {""})


def lineage(code: str) -> tuple[str, ...]:
    """The area itself and every area above it, nearest first, ending with the nation."""
    prefix = prefix_of(code)
    chain = [code] + [code[:width].ljust(12, "0") for width in (9, 6, 4, 2) if width < len(prefix)]
    return tuple(dict.fromkeys([*chain, NATION]))


@law("全国年节及纪念日放假办法", 4)
def merge(years: Iterable[PublishedYear], area: str, version: str) -> Calendar | None:
    """One calendar for ``area``: the nation's notices with the area's own days over them, the nearest area winning.

    Festivals of ethnic minorities are set locally (放假办法第四条). The calendar reaches from the first year of the
    nation's notices to the last one without a gap; ``None`` where no national year is published.
    """
    order = lineage(area)
    kept = sorted((y for y in years if y.area in order), key=lambda y: order.index(y.area), reverse=True)
    national = {y.year for y in kept if y.area == NATION}
    if not national:
        return None
    last = first = min(national)
    while last + 1 in national:
        last += 1
    kinds: dict[date, DayKind] = {}
    for year in (y for y in kept if first <= y.year <= last):
        kinds |= dict.fromkeys(year.days_off, DayKind.OFF) | dict.fromkeys(year.make_up, DayKind.MAKE_UP)
    off = frozenset(day for day, kind in kinds.items() if kind is DayKind.OFF)
    return Calendar(first, last, off, frozenset(kinds) - off, version)


def check_year(year: PublishedYear) -> None:
    """Refuse a year that cannot be one: no notice, days of other years, a day both off and worked (Invalid)."""
    errors = []
    if not year.notice.strip():
        errors.append(FieldError("notice", "请填写放假安排通知的名称和文号。"))
    if not _CODE.fullmatch(year.area):
        errors.append(FieldError("area", f"区划代码“{year.area}”应为 12 位数字，全国为 {NATION}。"))
    for day in sorted(year.days_off | year.make_up):
        if day.year != year.year and (day.year, day.month) != (year.year - 1, 12):
            errors.append(FieldError("days", f"{day} 不属于 {year.year} 年（上一年 12 月的调休除外）。"))
    for day in sorted(year.days_off & year.make_up):
        errors.append(FieldError("days", f"{day} 不能既是放假日又是调休上班日。"))
    if errors:
        raise Invalid(errors)


def read_divisions(rows: Sequence[Mapping[str, str | None]], edition: str) -> tuple[Division, ...]:
    """Rows of a division file (code, level, name, parent) as values, parents first; Invalid names each faulty line."""
    errors: list[FieldError] = []
    divisions: dict[str, Division] = {}
    for line, row in enumerate(rows, start=2):
        code, level, name = row.get("code") or "", row.get("level") or "", row.get("name") or ""
        parent = row.get("parent") or None
        found = _division_errors(code, level, name)
        if code in divisions:
            found.append(("code", f"代码 {code} 重复"))
        if not found:
            divisions[code] = Division(code, int(level), name, parent, edition)
        errors += [FieldError(f"{line}.{key}", f"第 {line} 行 {key}：{message}。") for key, message in found]
    for division in divisions.values():
        errors += _parent_errors(division, divisions)
    if errors:
        raise Invalid(errors)
    return tuple(sorted(divisions.values(), key=lambda d: (d.level, d.code)))


def _division_errors(code: str, level: str, name: str) -> list[tuple[str, str]]:
    found = []
    if not _CODE.fullmatch(code):
        found.append(("code", f"“{code}”应为 12 位数字"))
    if level not in {"1", "2", "3", "4", "5"}:
        found.append(("level", f"“{level}”应为 1 至 5"))
    elif code[_SIGNIFICANT[int(level)] :].strip("0"):
        found.append(("level", f"级别 {level} 与代码 {code} 的位数不符"))
    if not name.strip():
        found.append(("name", "名称不能为空"))
    return found


def _parent_errors(division: Division, divisions: Mapping[str, Division]) -> list[FieldError]:
    parent = divisions.get(division.parent) if division.parent else None
    if division.level == 1 and division.parent is None:
        return []
    if parent is None or parent.level != division.level - 1 or not division.code.startswith(parent.prefix):
        message = f"{division.name}（{division.code}）的上级“{division.parent or ''}”不在文件中或级别不符。"
        return [FieldError("parent", message)]
    return []
