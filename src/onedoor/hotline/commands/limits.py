"""What may be tried only so often a day: each try is counted before it is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from onedoor.hotline import models
from onedoor.kernel.clock import local_date

CHARGE = (
    "INSERT INTO hotline_attempt (name, day, count) SELECT name, %s, 1 FROM unnest(%s::text[]) name ORDER BY name"
    " ON CONFLICT (name, day) DO UPDATE SET count = hotline_attempt.count + 1 RETURNING name, count"
)


@transaction.atomic(durable=True)
def charge(limits: Mapping[str, int], *, at: datetime) -> bool:
    """Count one try under each name; whether all of them are still within their limits, this try included."""
    with connection.cursor() as cursor:
        cursor.execute(CHARGE, [local_date(at), list(limits)])
        return all(count <= limits[name] for name, count in cursor.fetchall())


def forgive(limits: Mapping[str, int], *, at: datetime) -> None:
    """Take one try back: it was right."""
    models.Attempt.objects.filter(name__in=limits, day=local_date(at)).update(count=F("count") - 1)
