"""缴费 across cases: what an applicant is asked to pay, for lists and for the window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from onedoor.cases import models
from onedoor.cases.queries.cases import visible_to
from onedoor.cases.queries.rows import case_of, whole
from onedoor.cases.rules.paying import asked_of
from onedoor.cases.rules.values import State
from onedoor.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Unpaid:
    """One notice that waits, with its case; ``cents`` in 分."""

    number: str
    item_name: str
    cents: int
    until: date


def unpaid(*, by: Actor, applicant: str) -> tuple[Unpaid, ...]:
    """What this applicant is asked to pay, in cases that this actor may see, the earliest day first."""
    found = visible_to(by).filter(applicant=applicant, state=State.ACCEPTED)
    return tuple(sorted(_waiting(found), key=lambda one: one.until))


def asked_to_pay(numbers: Iterable[str], *, by: Actor) -> frozenset[str]:
    """Which of these cases wait for a payment, of those that this actor may see."""
    found = visible_to(by).filter(number__in=set(numbers), state=State.ACCEPTED)
    return frozenset(one.number for one in _waiting(found))


def _waiting(found: QuerySet[models.Case]) -> Iterator[Unpaid]:
    """Few of the cases under way have anything to pay: only those are read."""
    rows = found.filter(value__payments__isnull=False).exclude(value__payments={})
    for case in map(case_of, whole(rows)):
        for held in asked_of(case).values():
            yield Unpaid(case.number, case.item_name, held.cents, held.until)
