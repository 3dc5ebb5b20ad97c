"""How often each item is applied for: what a search ranks by where two items fit alike. Counts only, of nobody."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from django.db.models import Count

from onedoor.cases import models
from onedoor.items.rules.search import family_of

SPAN: Final = timedelta(days=365)
KEPT_SECONDS: Final = 600.0

_held: list[tuple[float, Mapping[str, int]]] = []


def demand(*, on: date) -> Mapping[str, int]:
    """Cases received in the year before a day, by item family. A process counts at most once in ten minutes."""
    now = time.monotonic()
    if not _held or now - _held[0][0] > KEPT_SECONDS:
        _held[:] = [(now, _counted(on))]
    return _held[0][1]


def _counted(on: date) -> Mapping[str, int]:
    rows = models.Case.objects.filter(received__gt=on - SPAN).values_list("item").annotate(times=Count("pk"))
    families: Counter[str] = Counter()
    for code, times in rows:
        families[family_of(code)] += times
    return families
