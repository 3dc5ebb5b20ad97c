"""本机关全部在办: every open case in which an organ has a part, with what is owed and in whose hands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import F, Q
from django.db.models.fields.json import KT

from onedoor.areas import queries as areas
from onedoor.cases import models
from onedoor.cases.queries.cases import Row, row_value, visible_to
from onedoor.cases.queries.rows import case_of, whole
from onedoor.cases.rules.clocks import profile_of, silence_accepts
from onedoor.cases.rules.renewing import renewed_by
from onedoor.cases.rules.values import State
from onedoor.items import queries as items
from onedoor.kernel.actor import Actor
from onedoor.kernel.law import law
from onedoor.kernel.workdays import add_workdays

PAGE = 50
NEAR: Final = 3  # working days before silence speaks


@dataclass(frozen=True, slots=True)
class DocketRow:
    """One case with its tasks: name, organ, due day and holder of each."""

    row: Row
    tasks: tuple[tuple[str, str, date | None, str], ...]


def docket(organ: str, *, by: Actor, page: int = 1) -> tuple[tuple[DocketRow, ...], int]:
    """One page of the organ's open cases that this actor may see, by alarm, and how many there are in all."""
    found = visible_to(by).exclude(state=State.CLOSED)
    if organ:
        found = found.filter(organs__contains=[organ])
    start = (max(1, page) - 1) * PAGE
    rows = found.order_by(F("due").asc(nulls_last=True), "pk").prefetch_related("tasks")[start : start + PAGE]
    return tuple(DocketRow(row_value(row), _tasks(row)) for row in rows), found.count()


@dataclass(frozen=True, slots=True)
class Silence:
    """One case that silence is about to accept, or to renew (``renews``), at the end of the day ``last``."""

    row: Row
    last: date
    renews: bool


@law("行政许可法", "32(1).4", "50(2)")
def nearing(organ: str, *, by: Actor, on: date) -> tuple[Silence, ...]:
    """The organ's cases, as far as this actor may see them, on which silence speaks within three working days."""
    until = add_workdays(on, NEAR, areas.calendar()).date
    found = visible_to(by).filter(organs__contains=[organ]) if organ else visible_to(by)
    found = found.alias(renews=KT("value__renews")).filter(
        Q(state=State.SUBMITTED, due__lte=until) | Q(state=State.ACCEPTED, renews__lte=until.isoformat())
    )
    told = (_silence(row) for row in whole(found.order_by(F("due").asc(nulls_last=True), "pk")[:PAGE]))
    return tuple(sorted((one for one in told if one and one.last <= until), key=lambda one: one.last))


def _silence(row: models.Case) -> Silence | None:
    case, item, calendar = case_of(row), items.version(row.item_version), areas.calendar(row.area)
    if renewed := renewed_by(case, item, calendar):
        return Silence(row_value(row), renewed, renews=True)
    accepted = silence_accepts(case, profile_of(case, item), calendar=calendar)
    return Silence(row_value(row), accepted.date, renews=False) if accepted else None


def _tasks(row: models.Case) -> tuple[tuple[str, str, date | None, str], ...]:
    return tuple((task.name, task.organ, task.due, task.holder) for task in row.tasks.all())
