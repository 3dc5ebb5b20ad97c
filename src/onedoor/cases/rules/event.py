"""What every fact of a case is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Event:
    """A fact about a case. ``personal`` names the fields that stand in the erasable table.

    What sends a document names its number (``document``) and holds what it says (``wording``), as it was sent.
    """

    kind: ClassVar[str]
    personal: ClassVar[frozenset[str]] = frozenset()
