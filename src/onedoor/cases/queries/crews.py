"""Whom an organ may send to a check on site."""

from __future__ import annotations

from collections import Counter
from datetime import date

from onedoor.kernel.law import law
from onedoor.orgs import queries as orgs


@law("行政许可法", "34(3)")
def roster(organ: str, *, on: date) -> tuple[str, ...]:
    """The names of an organ's staff who are here on a day, by job number; of namesakes with it. () where none is known.

    The data hold no number of a law enforcement certificate (执法证号): who may enforce, the organ itself answers for.
    """
    away = {absence.staff for absence in orgs.absences(on=on)}
    here = [one for one in orgs.staff_of(organ, on) if one.id not in away]
    alike = Counter(one.name for one in here)
    return tuple(one.name if alike[one.name] == 1 else f"{one.name}（{one.job_number}）" for one in here)
