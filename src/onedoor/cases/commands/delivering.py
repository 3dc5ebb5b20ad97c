"""送达; of a bundle all results that lie ready, in one act (统一出件)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from onedoor.cases import models
from onedoor.cases.commands.acting import Doing, act
from onedoor.cases.queries.members import results_of
from onedoor.cases.rules import delivering, lifecycle
from onedoor.cases.rules import events as e
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import Case, Delivery
from onedoor.kernel.actor import Act, Actor


@transaction.atomic(durable=True)
def deliver(
    number: str, *, by: Actor, at: datetime, method: Delivery, receiver: str, version: int | None = None
) -> Case:
    """送达 (行政许可法 §44): who received the result, how; of a bundle all that lies ready, each in its own case."""
    doing, handed = Doing(by, at, version, (Act.DELIVER,)), list[str]()

    def decide(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        if not case.children:
            return lifecycle.deliver(case, now, method=method, receiver=receiver)
        results = results_of(case)
        handed.extend(results[member].number for member in delivering.owed(results))
        return delivering.deliver(case, now, method=method, receiver=receiver, results=results)

    whole = act(number, doing, decide)
    rows = models.Case.objects.select_for_update().filter(number__in=handed).order_by("pk")
    for child in [row.number for row in rows]:
        given = replace(doing, version=None, whole=whole)
        act(child, given, lambda c, now: lifecycle.deliver(c, now, method=method, receiver=receiver))
    return whole
