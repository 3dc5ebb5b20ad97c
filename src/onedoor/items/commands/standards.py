"""Publish standards (基本目录): what a level sets for the lists of every organ below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from onedoor.items import queries
from onedoor.items.commands.publishing import lock, starting
from onedoor.items.models import Standard as Row
from onedoor.items.rules.layers import deviations, fold
from onedoor.items.rules.standards import Standard, chain
from onedoor.journal.commands import append
from onedoor.journal.rules import Entry
from onedoor.kernel.actor import Act, Actor, Target
from onedoor.kernel.errors import FieldError, Forbidden, Invalid
from onedoor.kernel.law import law
from onedoor.kernel.tree import place


@dataclass(frozen=True, slots=True)
class StandardPublication:
    """What came of one standard: ``number`` of its newest version, and whether this act made it."""

    family: str
    area: str
    number: int
    new: bool


@transaction.atomic(durable=True)
def publish_standards(
    standards: Sequence[Standard], *, by: Actor, at: datetime, effective_from: date | None = None
) -> tuple[StandardPublication, ...]:
    """Publish standards: all or none; one that changes nothing is not made again. Lists below stay until adopted.

    Forbidden without PUBLISH_ITEMS in the area; Invalid where a higher level does not allow it; Refused for the past.
    """
    return publish_standards_within(standards, by=by, at=at, effective_from=effective_from)


@law("优化营商环境条例", 40)
def publish_standards_within(
    standards: Sequence[Standard], *, by: Actor, at: datetime, effective_from: date | None = None
) -> tuple[StandardPublication, ...]:
    """``publish_standards`` inside the caller's transaction."""
    start = starting(effective_from, at=at)
    for standard in standards:
        if not by.may(Act.PUBLISH_ITEMS, Target(frozenset(), standard.area)):
            raise Forbidden(f"您没有发布「{standard.name}」的权限。")
    lock()
    newest = queries.newest_standards([(one.family, one.area) for one in standards])
    made, numbers = [], {}
    for one in sorted(standards, key=lambda one: one.level):
        held = newest.get((one.family, one.area))
        new = held is None or held.digest != one.digest
        numbers[one.family, one.area] = StandardPublication(
            one.family, one.area, (held.number if held else 0) + new, new
        )
        if new:
            made.append(_row(one, held.number + 1 if held else 1, by=by, at=at, start=start))
    Row.objects.bulk_create(made)
    _check([one for one in standards if numbers[one.family, one.area].new], start)
    append([_published(row, by) for row in made])
    return tuple(numbers[one.family, one.area] for one in standards)


def _check(standards: Sequence[Standard], start: date) -> None:
    """Each below those above it, now that all of them stand."""
    held = queries.standards_of({one.family for one in standards})
    faults = []
    for one in standards:
        over = chain(held[one.family], area=one.area, on=start)
        above = fold([higher.layer for higher in over if higher.area != one.area], queries.policies())
        title = str(one.content["name"])
        faults += [FieldError(f"{title}.{place(d.path)}", d.message) for d in deviations(above, one.layer)]
    if faults:
        raise Invalid(faults)


def _row(one: Standard, number: int, *, by: Actor, at: datetime, start: date) -> Row:
    return Row(
        family=one.family,
        level=one.level,
        area=one.area,
        name=one.name,
        number=number,
        content=dict(one.content),
        digest=one.digest,
        published_at=at,
        published_by=by.ref,
        effective_from=start,
    )


def _published(row: Row, by: Actor) -> Entry:
    return Entry(
        stream=f"standard:{row.family}:{row.area}",
        seq=row.number,
        kind="standard_published",
        occurred_at=row.published_at,
        actor=by,
        body={
            "family": row.family,
            "area": row.area,
            "number": row.number,
            "digest": row.digest,
            "name": row.content["name"],
            "effective_from": row.effective_from.isoformat(),
        },
    )
