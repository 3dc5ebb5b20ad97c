"""公开问答: read by everybody."""

from __future__ import annotations

from django.db.models import QuerySet

from onedoor.hotline import models
from onedoor.hotline.rules import Published, nearest
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import NotFound

MOST = 2000  # the latest, among which the nearest are looked for


def search(text: str, *, item: str = "", limit: int = 5) -> tuple[Published, ...]:
    """The published answers nearest to a question; those about ``item`` first."""
    rows = _public().order_by("-id")[:MOST]
    return nearest(text, [_value(row) for row in rows], item=item, limit=limit)


def entry(id: int) -> Published:
    """One published answer; NotFound where it was withdrawn or never was."""
    row = _public().filter(pk=id).first()
    if row is None:
        raise NotFound("没有这条问答，或者已经撤下。")
    return _value(row)


def _public() -> QuerySet[models.Entry]:
    return models.Entry.objects.filter(withdrawn_at=None).exclude(published_at=None)


def _value(row: models.Entry) -> Published:
    on = local_date(row.published_at) if row.published_at else local_date(row.question.asked_at)
    return Published(row.pk, row.item, row.item_name, row.organ, row.asked, row.answered, on)
