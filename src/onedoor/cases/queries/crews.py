"""Whom an organ may send to a check on site."""

from __future__ import annotations

from collections import Counter
from datetime import date

from onedoor.kernel.law import law
from onedoor.orgs import queries as orgs


@law("行政许可法", "34(3)")
def roster(organ: str, *, on: date, sent: bool = False) -> tuple[str, ...]:
    """The names of an organ's staff, by job number; of namesakes with it. () where none is known.

    ``sent``: only those who are here on the day, as they are to go; who was there may be away when it is written down.
    The data hold no number of a law enforcement certificate (执法证号): who may enforce, the organ itself answers for.
    """
    away = {absence.staff for absence in orgs.absences(on=on)} if sent else set()
    staff = orgs.staff_of(organ, on)
    alike = Counter(one.name for one in staff)
    named = ((one, one.name if alike[one.name] == 1 else f"{one.name}（{one.job_number}）") for one in staff)
    return tuple(name for one, name in named if one.id not in away)
