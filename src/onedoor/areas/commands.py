"""Writes of divisions and calendars: loading an edition, publishing or amending a year."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from django.db import transaction

from onedoor.areas import models, queries
from onedoor.areas.rules import (
    NATION,
    DayKind,
    Division,
    PublishedYear,
    YearStatus,
    check_year,
    normalise,
    prefix_of,
    read_divisions,
)
from onedoor.journal import commands as journal
from onedoor.journal.rules import Entry, EntryMode, Json
from onedoor.kernel.actor import Act, Actor, Target
from onedoor.kernel.errors import FieldError, Forbidden, Invalid

DATA: Final = queries.DATA
STREAM: Final = "areas"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: rows that are new, and rows that changed."""

    added: int
    changed: int


def read_division_folder(folder: Path = DATA) -> tuple[Division, ...]:
    """Every ``divisions-*.csv`` of a county's data folder, with the edition written beside it; Invalid names lines."""
    found: list[Division] = []
    for path in sorted(folder.glob("divisions-*.csv")):
        edition = path.with_suffix(".edition")
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
        try:
            found += read_divisions(rows, edition.read_text("utf-8").strip() if edition.exists() else path.name)
        except Invalid as error:
            raise Invalid(FieldError(e.field, f"{path.name}：{e.message}") for e in error.errors) from error
    return tuple(found)


def published_years() -> tuple[PublishedYear, ...]:
    """The nation's years as the ``chinesecalendar`` package knows them, each with its notice."""
    from chinese_calendar import constants

    off, make_up = _by_year(constants.holidays), _by_year(constants.workdays)
    with (DATA / "calendar-notices.csv").open(encoding="utf-8", newline="") as lines:
        notices = {int(row["year"]): f"{row['title']} {row['number']}".strip() for row in csv.DictReader(lines)}
    return tuple(
        PublishedYear(
            NATION,
            year,
            notices.get(year, f"国务院办公厅关于{year}年部分节假日安排的通知"),
            off[year],
            make_up.get(year, frozenset()),
        )
        for year in sorted(off)
    )


def read_festivals(folder: Path = DATA) -> tuple[PublishedYear, ...]:
    """少数民族节日 of the county and its townships: ``festivals-*.csv`` (area, date, kind, notice)."""
    days: dict[tuple[str, int, str], dict[DayKind, set[date]]] = defaultdict(lambda: defaultdict(set))
    for path in sorted(folder.glob("festivals-*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for line, row in enumerate(csv.DictReader(lines), start=2):
                try:
                    day, kind = date.fromisoformat(row["date"]), DayKind(row["kind"])
                except ValueError as error:
                    message = f"{path.name} 第 {line} 行：日期应为 2027-04-13 的样式，类型应为 off 或 make_up。"
                    raise Invalid([FieldError(f"{path.name}:{line}", message)]) from error
                days[row["area"], day.year, row["notice"]][kind].add(day)
    return tuple(
        PublishedYear(area, year, notice, frozenset(kinds[DayKind.OFF]), frozenset(kinds[DayKind.MAKE_UP]))
        for (area, year, notice), kinds in sorted(days.items())
    )


@transaction.atomic(durable=True)
def load_divisions(divisions: Sequence[Division], *, by: Actor, at: datetime) -> Loaded:
    """Load an edition of the division table. Units that the edition lacks stay: cases refer to them.

    Forbidden without 系统管理 for every area in it.
    """
    for top in (d for d in divisions if d.parent is None):
        _check(by, top.code)
    known = {row.code: row for row in models.Division.objects.all()}
    rows = [_division_row(one) for one in divisions]
    changed = [row for row in rows if row.code in known and not _same(row, known[row.code])]
    added = [row for row in rows if row.code not in known]
    if added or changed:
        models.Division.objects.bulk_create(added)
        models.Division.objects.bulk_update(changed, ["level", "name", "name_normalised", "parent", "edition"])
        body: dict[str, Json] = {"added": len(added), "changed": len(changed), "edition": divisions[0].edition}
        seq = _next_version()
        entry = Entry(stream=STREAM, seq=seq, kind="divisions_loaded", occurred_at=at, actor=by, body=body)
        journal.append([entry])
    return Loaded(len(added), len(changed))


@transaction.atomic(durable=True)
def add_year(year: PublishedYear, *, by: Actor, at: datetime) -> bool:
    """Record that a year's notice is out (or amended), so that provisional dates can be computed again.

    The fact is ``calendar_published`` or ``calendar_amended`` in the stream ``calendar:<area>:<year>``. Returns
    whether anything changed. Invalid where the year cannot be one; Forbidden without 系统管理 of the area.
    """
    return bool(publish_years([year], by=by, at=at).added)


@transaction.atomic(durable=True)
def load_calendar(
    years: Iterable[PublishedYear] | None = None, *, by: Actor, at: datetime, entry_mode: EntryMode = EntryMode.IMPORT
) -> Loaded:
    """Publish many years at once (default: all that ``chinesecalendar`` knows); unchanged years are left alone."""
    chosen = published_years() if years is None else tuple(years)
    return publish_years(chosen, by=by, at=at, entry_mode=entry_mode)


def publish_years(
    years: Sequence[PublishedYear], *, by: Actor, at: datetime, entry_mode: EntryMode = EntryMode.LIVE
) -> Loaded:
    """``add_year`` for many, inside the caller's transaction. ``added`` counts the years that changed anything."""
    for year in years:
        check_year(year)
        _check(by, year.area)
    entries = [entry for year in years if (entry := _publish(year, by=by, at=at, entry_mode=entry_mode))]
    if entries:
        _next_version()
        journal.append(entries)
    return Loaded(len(entries), sum(entry.kind == "calendar_amended" for entry in entries))


def _publish(year: PublishedYear, *, by: Actor, at: datetime, entry_mode: EntryMode) -> Entry | None:
    row, fresh = models.CalendarYear.objects.select_for_update(of=("self",)).get_or_create(
        area=year.area,
        year=year.year,
        defaults={"notice": year.notice, "status": YearStatus.PUBLISHED, "published_on": year.published_on},
    )
    wanted = dict.fromkeys(year.days_off, DayKind.OFF) | dict.fromkeys(year.make_up, DayKind.MAKE_UP)
    if not fresh:
        held = {day.date: DayKind(day.kind) for day in row.days.all()}
        if held == wanted and row.notice == year.notice and row.status == YearStatus.PUBLISHED:
            return None
        row.version += 1
        row.notice, row.status, row.published_on = year.notice, YearStatus.PUBLISHED, year.published_on
        row.save()
        row.days.all().delete()
    models.CalendarDay.objects.bulk_create(
        models.CalendarDay(calendar_year=row, date=day, kind=kind) for day, kind in sorted(wanted.items())
    )
    return Entry(
        stream=f"calendar:{year.area}:{year.year}",
        seq=row.version,
        kind="calendar_published" if fresh else "calendar_amended",
        occurred_at=at,
        actor=by,
        entry_mode=entry_mode,
        body={
            "area": year.area,
            "year": year.year,
            "notice": year.notice,
            "days_off": [day.isoformat() for day in sorted(year.days_off)],
            "make_up": [day.isoformat() for day in sorted(year.make_up)],
        },
    )


def _next_version() -> int:
    """Move the version on, so that every process drops its copy within half a minute, this one at once."""
    models.Edition.objects.get_or_create(id=1)
    row = models.Edition.objects.select_for_update().get(id=1)
    row.version += 1
    row.save()
    queries.forget()
    transaction.on_commit(queries.forget)
    return row.version


def _check(by: Actor, area: str) -> None:
    if not by.may(Act.MANAGE_SYSTEM, Target(frozenset(), prefix_of(area))):
        raise Forbidden("维护行政区划和工作日历须由系统管理员办理。")


def _division_row(one: Division) -> models.Division:
    return models.Division(
        code=one.code,
        level=one.level,
        name=one.name,
        name_normalised=normalise(one.name),
        parent_id=one.parent,
        edition=one.edition,
    )


def _same(a: models.Division, b: models.Division) -> bool:
    return (a.level, a.name, a.parent_id, a.edition) == (b.level, b.name, b.parent_id, b.edition)


def _by_year(days: Iterable[date]) -> dict[int, frozenset[date]]:
    found: dict[int, set[date]] = defaultdict(set)
    for day in days:
        found[day.year].add(day)
    return {year: frozenset(of_year) for year, of_year in found.items()}
