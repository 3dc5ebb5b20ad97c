"""All reads of 我要问."""

from onedoor.hotline.queries.keys import place_name, query_code
from onedoor.hotline.queries.knowledge import entry, search
from onedoor.hotline.queries.questions import (
    Powers,
    bearer,
    counts,
    listing,
    mine,
    overdue_count,
    owed_count,
    phone_of,
    powers,
    question,
    replayed,
    visible_to,
)
from onedoor.hotline.queries.service import service

__all__ = [
    "Powers",
    "bearer",
    "counts",
    "entry",
    "listing",
    "mine",
    "overdue_count",
    "owed_count",
    "phone_of",
    "place_name",
    "powers",
    "query_code",
    "question",
    "replayed",
    "search",
    "service",
    "visible_to",
]
