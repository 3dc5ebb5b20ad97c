"""What every fact of a case is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Event:
    """A fact about a case. ``personal`` names the fields that stand in the erasable table.

    What sends a document names its number (``document``) and holds what it says (``wording``), as it was sent.
    """

    kind: ClassVar[str]
    personal: ClassVar[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Fact:
    """One event with what its journal entry says around it."""

    seq: int
    at: datetime
    actor: str
    channel: str
    event: Event
