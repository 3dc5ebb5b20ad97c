"""All reads of 帮办代办."""

from onedoor.agency.queries.errands import (
    ActedFor,
    acted_for,
    application,
    bearer,
    due_to_lapse,
    errand,
    listing,
    replayed,
    terms,
    visible_to,
    waiting_count,
    waiting_for,
)

__all__ = [
    "ActedFor",
    "acted_for",
    "application",
    "bearer",
    "due_to_lapse",
    "errand",
    "listing",
    "replayed",
    "terms",
    "visible_to",
    "waiting_count",
    "waiting_for",
]
