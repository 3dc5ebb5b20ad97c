"""Reads of divisions and calendars: one copy per process, checked against the version every half minute."""

from __future__ import annotations

import csv
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from datetime import time as clock_time
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.db.models.expressions import RawSQL

from onedoor.areas import models
from onedoor.areas.rules import (
    COUNTY_LEVEL,
    DayKind,
    Division,
    PublishedYear,
    YearStatus,
    lineage,
    merge,
    normalise,
    spellings,
)
from onedoor.instance.calling import command
from onedoor.kernel.errors import NotFound, Refused
from onedoor.kernel.hours import Hours, Office
from onedoor.kernel.workdays import Calendar

DATA: Final = Path(__file__).parent / "data"
CHECK_SECONDS: Final = 30.0


@dataclass(slots=True)
class _Copy:
    """What this process knows; replaced as a whole when the version moves."""

    stamp: tuple[int, str] | None
    checked: float
    divisions: dict[str, Division]
    children: dict[str, tuple[Division, ...]]
    years: tuple[PublishedYear, ...]
    calendars: dict[str, Calendar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FoundDivision:
    """A search result: never a bare village name, always its path (小街子村 exists twice)."""

    division: Division
    path: str


_held: list[_Copy] = []


def calendar(area_code: str | None = None) -> Calendar:
    """The working-day calendar of an area (默认：本县): the nation's notices and the area's own festivals.

    Cached in the process by version; at most one tiny statement in 30 seconds. Refused where no year is loaded.
    """
    copy = _copy()
    code = area_code or county().code
    if code not in copy.calendars:
        version = f"areas-{copy.stamp[0] if copy.stamp else 0}"
        found = merge((y for y in copy.years if y.area in lineage(code)), code, version)
        if found is None:
            raise Refused("calendar_missing", f"工作日历尚未加载，无法计算期限。请运行 {command()} areas load。")
        copy.calendars[code] = found
    return copy.calendars[code]


@lru_cache(maxsize=1)
def _hours() -> tuple[Hours, ...]:
    days: dict[tuple[date, str], list[tuple[clock_time, clock_time]]] = defaultdict(list)
    with (DATA / "office-hours.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            stretch = clock_time.fromisoformat(row["opens"]), clock_time.fromisoformat(row["closes"])
            days[date.fromisoformat(row["since"]), row["basis"]].append(stretch)
    return tuple(Hours(since, tuple(stretches), basis) for (since, basis), stretches in sorted(days.items()))


def office(area_code: str | None = None) -> Office:
    """The working days of an area and the county's office hours, as ``data/office-hours.csv`` has them with basis."""
    return Office(calendar(area_code), _hours())


def years(area_code: str) -> tuple[PublishedYear, ...]:
    """The published years that count in an area, its own and those above it, for the pages of the calendar."""
    return tuple(y for y in _copy().years if y.area in lineage(area_code))


def county() -> Division:
    """The county this instance serves: the only county of the division table. Refused where there is none or many."""
    found = [d for d in _copy().divisions.values() if d.level == COUNTY_LEVEL]
    if len(found) != 1:
        missing = f"行政区划尚未加载。请运行 {command()} areas load。"
        message = missing if not found else "区划表中有多个县，请指明区划代码。"
        raise Refused("county_unclear", message)
    return found[0]


def division(code: str) -> Division:
    """One division by its 12-digit code; NotFound otherwise."""
    found = _copy().divisions.get(code)
    if found is None:
        raise NotFound(f"没有代码为 {code} 的行政区划。请核对 12 位区划代码。")
    return found


def divisions(level: int | None = None, within: str = "") -> tuple[Division, ...]:
    """All divisions (of one level) whose code starts with ``within``, in the order of codes."""
    kept = (d for d in _copy().divisions.values() if level in (None, d.level) and d.code.startswith(within))
    return tuple(sorted(kept, key=lambda d: d.code))


def children(code: str) -> tuple[Division, ...]:
    """The divisions directly below one, in the order of codes."""
    return _copy().children.get(code, ())


def path(code: str, *, between: str = " / ") -> str:
    """How an area is shown: 「田园镇 / 关庙社区」 below the county; 「昌宁县」 for the county; the name above it.

    ``between``: on paper nothing stands between the names: 田园镇关庙社区.
    """
    here = division(code)
    names = [here.short_name]
    while here.level > COUNTY_LEVEL + 1 and here.parent:
        here = division(here.parent)
        names.insert(0, here.short_name)
    return between.join(names)


def full_name(code: str) -> str:
    """The full name from the province down, as forms and seals write it: 云南省保山市昌宁县田园镇关庙社区居民委员会."""
    here: Division | None = division(code)
    names: list[str] = []
    while here is not None:
        names.insert(0, here.name)
        here = division(here.parent) if here.parent else None
    return "".join(names)


def search(text: str, *, within: str = "", limit: int = 20) -> tuple[FoundDivision, ...]:
    """Divisions whose name or path contains ``text`` in any variant glyph (耈街 = 耇街 = 耉街) or in pinyin.

    Nearest names first. Pinyin in full or by initials, blanks ignored: goujie, gj.
    """
    wanted = normalise(text)
    if not wanted:
        return ()
    latin = wanted.lower() if wanted.isascii() and wanted.isalpha() else ""
    hits = [d for d in divisions(within=within) if (_spelled(d, latin) if latin else _written(d, wanted))]
    hits.sort(key=lambda d: (wanted not in normalise(d.name), not _exactly(d, latin), d.level, d.code))
    return tuple(FoundDivision(d, path(d.code)) for d in hits[:limit])


def _written(one: Division, wanted: str) -> bool:
    return wanted in normalise(one.name) or wanted in normalise(path(one.code))


def _spelled(one: Division, latin: str) -> bool:
    return any(latin in spelling for spelling in _spellings(one.name))


def _exactly(one: Division, latin: str) -> bool:
    return any(spelling.startswith(latin) for spelling in _spellings(one.name)) if latin else False


@lru_cache(maxsize=4096)
def _spellings(name: str) -> frozenset[str]:
    return spellings(name)


def namesakes(code: str) -> tuple[Division, ...]:
    """The other divisions of the same level and name in the county, glyph variants counted as the same."""
    here = division(code)
    same = (d for d in divisions(here.level, county().code[:6]) if normalise(d.name) == normalise(here.name))
    return tuple(d for d in same if d.code != code)


def forget() -> None:
    """Drop this process's copy; commands call it after a change, tests between databases."""
    _held.clear()


def _copy() -> _Copy:
    now = time.monotonic()
    held = _held[-1] if _held else None
    if held is not None and now - held.checked < CHECK_SECONDS:
        return held
    # The writer's transaction id tells a version that was rolled back from the one that took its number.
    stamp = models.Edition.objects.annotate(writer=RawSQL("xmin::text", [])).values_list("version", "writer").first()
    if held is not None and held.stamp == stamp:
        held.checked = now
        return held
    fresh = _read(stamp, now)
    _held[:] = [fresh]
    return fresh


def _read(stamp: tuple[int, str] | None, now: float) -> _Copy:
    rows = models.Division.objects.order_by("level", "code")
    known = {r.code: Division(r.code, r.level, r.name, r.parent_id, r.edition) for r in rows}
    below: dict[str, list[Division]] = defaultdict(list)
    for one in known.values():
        if one.parent:
            below[one.parent].append(one)
    return _Copy(stamp, now, known, {code: tuple(ds) for code, ds in below.items()}, _read_years())


def _read_years() -> tuple[PublishedYear, ...]:
    published = models.CalendarYear.objects.filter(status=YearStatus.PUBLISHED).prefetch_related("days")
    return tuple(
        PublishedYear(
            row.area,
            row.year,
            row.notice,
            frozenset(d.date for d in row.days.all() if d.kind == DayKind.OFF),
            frozenset(d.date for d in row.days.all() if d.kind == DayKind.MAKE_UP),
            row.published_on,
        )
        for row in published.order_by("year", "area")
    )
