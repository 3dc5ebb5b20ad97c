"""How long each step took (环节用时): measured from the decided cases of one item, counted by the database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection
from django.db.models import Count, QuerySet

from onedoor.areas import queries as areas
from onedoor.cases import models
from onedoor.cases.queries.cases import visible_to
from onedoor.cases.rules.simulating import Called
from onedoor.cases.rules.values import Outcome
from onedoor.items import queries as items
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.actor import Actor
from onedoor.kernel.plan import Step
from onedoor.kernel.workdays import workdays_between

DECIDED: Final = (Outcome.GRANTED, Outcome.DENIED, Outcome.PARTLY)
MOST_CASES: Final = 2_000  # of which called-for steps are taken, each as often as it was seen

# A step is ready when the last of all that comes before it is done, and not before the case is accepted.
_TAKEN: Final = """
SELECT step, ready, done, count(*) FROM (
  SELECT s.key AS step, (s.value -> 'results' ->> 'on')::date AS done,
         greatest((c.value ->> 'accepted_on')::date,
                  (SELECT max((before.value -> 'results' ->> 'on')::date)
                   FROM json_to_recordset(%s) AS n (version bigint, step text, need text)
                   JOIN cases_step before ON before.case_id = c.id AND before.key = n.need
                   WHERE n.version = c.item_version AND n.step = s.key)) AS ready
  FROM cases_case c JOIN cases_step s ON s.case_id = c.id AND s.value ? 'results'
  WHERE c.id IN ({cases})
) AS each WHERE ready IS NOT NULL GROUP BY step, ready, done
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """What the past shows. ``durations``: step → working days, once for each case; ``called``: the steps of each."""

    cases: int
    durations: Mapping[str, tuple[int, ...]]
    called: tuple[Called, ...]


def measured(item: ItemVersion, *, since: date, until: date, by: Actor) -> Measured:
    """The decided cases of an item, of all its versions, closed in these days, that this actor may see."""
    found = visible_to(by).filter(organ=item.organ, item=item.code, closed__range=(since, until), outcome__in=DECIDED)
    kinds = tuple(found.values_list("value__steps").annotate(times=Count("pk")))
    total = sum(times for _, times in kinds)
    if not total:
        return Measured(0, {}, ())
    called = [(frozenset(steps), -(-times * min(total, MOST_CASES) // total)) for steps, times in kinds]
    return Measured(total, _taken(found, item), tuple(keys for keys, times in called for _ in range(times)))


def _taken(found: QuerySet[models.Case], item: ItemVersion) -> Mapping[str, tuple[int, ...]]:
    versions = items.versions_by_id(list(found.values_list("item_version", flat=True).distinct()))
    needs = [row for version in versions for row in _needs(version)]
    cases, given = found.values("pk").query.sql_with_params()
    calendar = areas.calendar(item.area)
    taken: dict[str, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN.format(cases=cases), [json.dumps(needs), *given])
        for step, ready, done, times in cursor.fetchall():
            days = max(0, workdays_between(ready, done, calendar).days)
            taken.setdefault(step, []).extend([days] * times)
    return {step: tuple(sorted(days)) for step, days in taken.items()}


def _needs(version: ItemVersion) -> Iterable[dict[str, object]]:
    """Each step with all that comes before it, however far."""
    after = {step.key: step.after for step in version.plan.steps}
    for step in version.plan.steps:
        for need in _before(step, after):
            yield {"version": version.id, "step": step.key, "need": need}


def _before(step: Step, after: Mapping[str, tuple[str, ...]]) -> set[str]:
    found, waiting = set[str](), list(step.after)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting.extend(after.get(key, ()))
    return found
