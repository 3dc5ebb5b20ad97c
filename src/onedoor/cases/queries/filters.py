"""常用筛选: only one's own."""

from __future__ import annotations

from onedoor.cases import models
from onedoor.cases.rules.docket import Wanted, wanted
from onedoor.kernel.actor import Actor


def saved_filters(*, by: Actor) -> tuple[tuple[str, Wanted], ...]:
    """This officer's filters by name."""
    rows = models.SavedFilter.objects.filter(owner=by.ref).order_by("id")
    return tuple((row.name, wanted(row.wanted)) for row in rows)
