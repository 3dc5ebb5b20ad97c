"""The occasion of an act: when, by whom, under which published version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.actor import Actor
from onedoor.kernel.clock import local_date
from onedoor.kernel.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Occasion:
    """When, by whom and under which published version an act is done."""

    item: ItemVersion
    calendar: Calendar
    at: datetime
    by: Actor

    @property
    def on(self) -> date:
        """The calendar day of the act in China."""
        return local_date(self.at)
