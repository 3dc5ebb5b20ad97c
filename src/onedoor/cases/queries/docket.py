"""本机关全部在办: every open case in which an organ has a part, with what is owed and in whose hands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F

from onedoor.cases import models
from onedoor.cases.queries.cases import Row, row_value, visible_to
from onedoor.cases.rules.values import State
from onedoor.kernel.actor import Actor

PAGE = 50


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


def _tasks(row: models.Case) -> tuple[tuple[str, str, date | None, str], ...]:
    return tuple((task.name, task.organ, task.due, task.holder) for task in row.tasks.all())
