"""Cases for whoever counts them: to whom each is charged, and the rows behind a figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from onedoor.cases import models
from onedoor.cases.queries.cases import Row, row_value, visible_to
from onedoor.items import queries as items
from onedoor.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Placed:
    """One case as figures need it; nothing personal. ``part``: of a bundle's member; ``whole``: of a bundle."""

    id: int
    number: str
    organ: str
    area: str
    owners: dict[str, str]
    part: bool = False
    whole: bool = False


def placed(*, ids: Iterable[int], numbers: Iterable[str] = ()) -> tuple[Placed, ...]:
    """The cases of these ids or numbers, for the platform's own counting: one statement."""
    wanted = Q(pk__in=set(ids)) | Q(number__in=set(numbers))
    columns = ("pk", "number", "organ", "area", "value__owners", "joint", "item_version")
    return tuple(
        Placed(pk, number, organ, area, owners or {}, bool(joint), bool(items.version(version).members))
        for pk, number, organ, area, owners, joint, version in models.Case.objects.filter(wanted).values_list(*columns)
    )


def rows_of(ids: Iterable[int], *, by: Actor) -> dict[int, Row]:
    """Those of the cases that this actor may open, as rows of a list."""
    return {row.pk: row_value(row) for row in visible_to(by).filter(pk__in=set(ids))}
