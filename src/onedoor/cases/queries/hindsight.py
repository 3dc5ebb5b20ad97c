"""The decided cases of an item, one by one, held against a draft of it: no more than the latest ``MOST``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from onedoor.areas import queries as areas
from onedoor.cases import models
from onedoor.cases.queries.cases import answers_of, facts, visible_to
from onedoor.cases.queries.durations import DECIDED
from onedoor.cases.queries.rows import case_of, whole
from onedoor.cases.rules.allotted import promised, workdays
from onedoor.cases.rules.hindsight import Hindsight, Past, hindsight
from onedoor.cases.rules.lifecycle import steps_of
from onedoor.cases.rules.values import Case
from onedoor.items import queries as items
from onedoor.items.rules.values import Item, ItemVersion
from onedoor.kernel.actor import Actor
from onedoor.kernel.workdays import Calendar, workdays_between

MOST: Final = 200
YEAR: Final = timedelta(days=365)


def looked_back(item: ItemVersion, draft: Item, *, on: date, by: Actor) -> Hindsight:
    """The cases of the last year that this actor may see, as the draft would have handled them."""
    calendar = areas.calendar(item.area)
    own = promised(draft, on=on, calendar=calendar)
    limit = workdays(draft.clock.promised, on=on, calendar=calendar)
    pasts = tuple(_pasts(item, on=on, by=by, calendar=calendar))
    return hindsight(pasts, draft, allotted={key: days for key, (days,) in own.items()}, promised=limit)


def _pasts(item: ItemVersion, *, on: date, by: Actor, calendar: Calendar) -> Iterator[Past]:
    found = visible_to(by).filter(organ=item.organ, item=item.code, closed__range=(on - YEAR, on), outcome__in=DECIDED)
    for row in whole(found).order_by("-pk")[:MOST]:
        yield _past(row, calendar)


def _past(row: models.Case, calendar: Calendar) -> Past:
    case = case_of(row)
    version = items.version(case.item_version)
    return Past(
        number=case.number,
        before=version,
        called=frozenset(case.steps),
        answers=answers_of(facts(case.id)),
        on_hand=frozenset({key for key, files in case.materials.items() if files} | {*case.paper, *case.promised}),
        days=_days(case, version, calendar),
    )


def _days(case: Case, version: ItemVersion, calendar: Calendar) -> dict[str, int]:
    """Working days of each step, from the day on which it could start."""
    accepted = case.accepted_on or case.received
    found = {}
    for step in steps_of(case, version):
        if done := case.results.get(step.key):
            needs = [case.results[need].on for need in step.after if need in case.results]
            found[step.key] = max(0, workdays_between(max([accepted, *needs]), done.on, calendar).days)
    return found
