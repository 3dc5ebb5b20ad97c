"""Whether the rows of cases are what their journal tells (行与重放一致)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from onedoor.cases import models
from onedoor.cases.queries.cases import facts
from onedoor.cases.queries.rows import case_of, whole
from onedoor.cases.rules.fold import replay
from onedoor.cases.rules.values import Case

LOOKS = 3
COLUMNS = (
    *("number", "item", "item_version", "organ", "area", "applicant", "applicant_name", "agent", "state"),
    *("outcome", "version", "received", "closed"),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One case whose row is not its journal's replay, with the names of the fields that differ."""

    number: str
    fields: tuple[str, ...]


def numbers() -> Iterator[str]:
    """The numbers of all cases, the oldest first: for the platform's own checks."""
    yield from models.Case.objects.order_by("pk").values_list("number", flat=True).iterator()


def difference(number: str) -> Difference | None:
    """How the row of a case differs from its journal's replay; None where they are equal, as they always must be.

    An act done between the two reads is no difference: what differs is looked at again.
    """
    for _ in range(LOOKS):
        found = _differing(whole(models.Case.objects.all()).get(number=number))
        if not found:
            return None
    return Difference(number, found)


def _differing(row: models.Case) -> tuple[str, ...]:
    held = case_of(row)
    try:
        told = replay(facts(row.pk))
    except ValueError:
        return ("journal",)
    wrong = [each.name for each in fields(Case) if getattr(held, each.name) != getattr(told, each.name)]
    wrong += [name for name in COLUMNS if getattr(row, name) != getattr(told, name)]
    if set(row.organs) != told.organs:
        wrong.append("organs")
    return tuple(dict.fromkeys(wrong))
