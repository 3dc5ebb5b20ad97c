"""The only writer of figures: what a journal follower hands over, inside its transaction."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from django.db import connection

from onedoor.cases import queries as cases
from onedoor.journal.rules import Recorded
from onedoor.supervision import models
from onedoor.supervision.rules import Charge, Counted, Measure, bucket_of, counted, opening, seconds_of
from onedoor.supervision.rules.counting import REMINDED, is_officers

TOWNSHIP: Final = 9  # digits of a division code: figures are kept by township

# A limit of a case that ends on the same day as another is exceeded once. What is new is added to the sums at once.
TALLY: Final = """
WITH given AS (
  SELECT * FROM json_to_recordset(%s) AS g (measure text, organ text, area text, day date, "case" bigint, fact bigint)
), fresh AS (
  INSERT INTO supervision_tally (measure, organ, area, day, "case", fact)
  SELECT measure, organ, area, day, "case", fact FROM given g
  WHERE g.measure <> 'late' OR NOT EXISTS (
    SELECT 1 FROM supervision_tally t WHERE t.measure = 'late' AND t."case" = g."case" AND t.day = g.day
  )
  ON CONFLICT (fact, measure) DO NOTHING
  RETURNING day, organ, area, measure
)
INSERT INTO supervision_daily (day, organ, area, measure, count)
SELECT day, organ, area, measure, count(*) FROM fresh GROUP BY day, organ, area, measure
ON CONFLICT (day, organ, area, measure) DO UPDATE SET count = supervision_daily.count + EXCLUDED.count
"""
PACE: Final = """
INSERT INTO supervision_pace (day, organ, area, bound, count)
SELECT * FROM json_to_recordset(%s) AS g (day date, organ text, area text, bound int, count bigint)
ON CONFLICT (day, organ, area, bound) DO UPDATE SET count = supervision_pace.count + EXCLUDED.count
"""


def count(batch: Sequence[Recorded]) -> int:
    """Count the facts of a batch, in order, for use inside the follower's transaction; how many things were counted.

    What was counted before is not counted again: the journal may be read anew from its beginning.
    """
    charges = _charges(batch)
    charged = [(fact, charge) for fact in batch if (charge := charges.get(_key(fact)))]
    found = [each for fact, charge in charged for each in counted(fact, charge)]
    once = {(c.measure, c.case, c.day, None if c.measure is Measure.LATE else c.fact): c for c in found}
    _tally(once.values())
    _tally(_closed_late(once.values()))
    _pace(charged)
    return len(once)


def _key(fact: Recorded) -> str:
    return f"case:{fact.body.get('case')}" if fact.kind == REMINDED else fact.stream


def _charges(batch: Iterable[Recorded]) -> Mapping[str, Charge]:
    """The cases behind the facts, by the id in their stream, and by number where a fact names that instead."""
    keys = {_key(fact).removeprefix("case:") for fact in batch if _key(fact).startswith("case:")}
    reminded = {str(fact.body.get("case")) for fact in batch if fact.kind == REMINDED}
    if not keys:
        return {}
    ids = [int(key) for key in keys - reminded if key.isdecimal()]
    found = cases.placed(ids=ids, numbers=reminded)
    charges = {
        f"case:{each.id}": Charge(each.id, each.organ, each.area, each.owners, each.part, each.whole) for each in found
    }
    return charges | {f"case:{each.number}": charges[f"case:{each.id}"] for each in found}


def _tally(things: Iterable[Counted]) -> None:
    rows = [
        {"measure": c.measure, "organ": c.organ, "area": _township(c.area), "day": str(c.day), "case": c.case,
         "fact": c.fact}
        for c in things
    ]  # fmt: skip
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(TALLY, [json.dumps(rows)])


def _closed_late(things: Iterable[Counted]) -> list[Counted]:
    closed = [c for c in things if c.measure is Measure.CLOSED]
    ids = [c.case for c in closed]
    late = set(models.Tally.objects.filter(case__in=ids, measure=Measure.LATE).values_list("case", flat=True))
    return [Counted(Measure.CLOSED_LATE, c.organ, c.area, c.day, c.case, c.fact) for c in closed if c.case in late]


def _pace(charged: Iterable[tuple[Recorded, Charge]]) -> None:
    """Walk the openings and acts of the batch in order; what stays open is kept for the next batch."""
    steps = [(fact, charge) for fact, charge in charged if opening(fact) or is_officers(fact)]
    if not steps:
        return
    ids = {charge.case for _, charge in steps}
    known = set(models.Tally.objects.filter(case__in=ids, measure=Measure.TIMED).values_list("fact", flat=True))
    held = models.Opening.objects.filter(case__in=ids)
    opened = {(row.case, row.actor): row.at for row in held}
    paces: Counter[tuple[str, str, str, int]] = Counter()
    timed: list[Counted] = []
    for fact, charge in steps:
        who = (charge.case, fact.actor)
        if opening(fact):
            opened.setdefault(who, fact.occurred_at)
            continue
        seconds = seconds_of(fact, opened.get(who))
        if seconds is not None and fact.id not in known:
            done = replace(counted(fact, charge)[-1], measure=Measure.TIMED)
            paces[str(done.day), done.organ, _township(done.area), bucket_of(seconds)] += 1
            timed.append(done)
        opened = {key: at for key, at in opened.items() if key[0] != charge.case}
    _tally(timed)
    held.delete()
    models.Opening.objects.bulk_create(
        models.Opening(case=case, actor=actor, at=at) for (case, actor), at in opened.items()
    )
    names = ("day", "organ", "area", "bound")
    rows = [dict(zip(names, key, strict=True)) | {"count": n} for key, n in paces.items()]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(PACE, [json.dumps(rows)])


def _township(area: str) -> str:
    return area[:TOWNSHIP].ljust(12, "0")
