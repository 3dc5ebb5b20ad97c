"""待办: what this officer owes, the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from onedoor.cases import models
from onedoor.cases.queries.cases import visible_to
from onedoor.kernel.actor import Act, Actor, Grant

PAGE = 50


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One task with the case around it."""

    number: str
    task: str
    task_name: str
    item_name: str
    applicant: str
    applicant_name: str | None
    area: str
    state: str
    due: date | None
    provisional: bool
    stopped: bool


def owed_by(by: Actor) -> QuerySet[models.Task]:
    """The tasks that one of this officer's grants covers, of cases that this officer may open."""
    mine = Q(pk__in=[])
    for grant in by.grants:
        seen = Q() if Act.VIEW in grant.acts else Q(case__in=visible_to(by))
        mine |= _covered(grant) & seen
    return models.Task.objects.filter(mine)


def _covered(grant: Grant) -> Q:
    covered = Q(act__in=sorted(grant.acts), area__startswith=grant.area)
    if grant.organ is not None:
        covered &= Q(organ=grant.organ)
    if grant.items is not None:
        covered &= Q(item__in=sorted(grant.items))
    return covered


def inbox(*, by: Actor, text: str = "", size: int = PAGE) -> tuple[InboxRow, ...]:
    """One inbox for all posts of an officer, ordered by due day."""
    found = owed_by(by)
    if text:
        found = found.filter(
            Q(case__number__startswith=text) | Q(case__applicant_name=text) | Q(case__item_name__contains=text)
        )
    rows = found.select_related("case").order_by(F("due").asc(nulls_last=True), "case_id")[:size]
    return tuple(
        InboxRow(
            number=row.case.number,
            task=row.key,
            task_name=row.name,
            item_name=row.case.item_name,
            applicant=row.case.applicant,
            applicant_name=row.case.applicant_name,
            area=row.area,
            state=row.case.state,
            due=row.due,
            provisional=row.case.provisional,
            stopped=any(stop["ended"] is None for stop in row.case.value["exclusions"]),
        )
        for row in rows
    )


def inbox_counts(*, by: Actor) -> dict[str, int]:
    """How many tasks of each act are owed: the numbers on the rail."""
    counted = owed_by(by).values("act").annotate(number=Count("pk"))
    return {row["act"]: row["number"] for row in counted}
