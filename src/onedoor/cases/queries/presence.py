"""谁也打开着这件: shown as a line, never a lock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from onedoor.cases import models
from onedoor.kernel.actor import Actor

STAYS: Final = timedelta(seconds=75)  # a page says every 30 seconds that it is still open


def others_here(case_id: int, *, by: Actor, at: datetime) -> tuple[str, ...]:
    """The names of the other officers who have this case open. The caller has shown that ``by`` may see the case."""
    here = models.Presence.objects.filter(case_id=case_id, seen__gt=at - STAYS).exclude(actor=by.ref)
    return tuple(here.order_by("name").values_list("name", flat=True))
