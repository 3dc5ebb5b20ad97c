"""日志: facts since a cursor, without personal values."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema

from onedoor.api.auth import ClientToken, actor_of
from onedoor.journal import queries
from onedoor.kernel.actor import Target

router = Router(tags=["日志"], auth=ClientToken())


class EntryOut(Schema):
    """One fact. ``hashes`` are the salted hashes of personal values, which are not given out."""

    id: int
    stream: str
    seq: int
    kind: str
    occurred_at: datetime
    recorded_at: datetime
    actor: str
    on_behalf_of: str | None
    channel: str
    entry_mode: str
    body: dict[str, object]
    hashes: dict[str, str]


class Entries(Schema):
    """A page of facts; ask again with ``cursor``."""

    entries: list[EntryOut]
    cursor: str


@router.get("/journal/entries", response=Entries, summary="日志增量")
def entries(request: HttpRequest, cursor: str = "", limit: int = 100) -> dict[str, object]:
    """Facts in their order; none is skipped, none comes twice. An empty page means: ask again later."""
    county = Target(frozenset(), settings.SITE["division"])
    found = queries.entries_since(cursor, by=actor_of(request), limit=limit, target=county)
    return {"entries": found.entries, "cursor": found.cursor}
