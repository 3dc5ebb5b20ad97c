"""All reads of 帮办代办."""

from onedoor.agency.queries.errands import (
    ActedFor,
    HandedBack,
    acted_for,
    application,
    bearer,
    due_to_lapse,
    errand,
    handed_back,
    listing,
    may_take_over,
    replayed,
    terms,
    visible_to,
    waiting_count,
    waiting_for,
)

__all__ = [
    "ActedFor",
    "HandedBack",
    "acted_for",
    "application",
    "bearer",
    "due_to_lapse",
    "errand",
    "handed_back",
    "listing",
    "may_take_over",
    "replayed",
    "terms",
    "visible_to",
    "waiting_count",
    "waiting_for",
]
