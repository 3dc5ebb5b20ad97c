"""转报 of a case, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onedoor.kernel.clock import Limit


@dataclass(frozen=True, slots=True)
class Above:
    """A case that was sent up for decision: to whom, when, from which step, within which limit (None: none is set).

    ``came``: the day on which the answer came, or the case itself, returned for more review; ``files``: what shows
    it, or what came after a withdrawal. ``recalled``: the day on which the upper level was told that the applicant has
    withdrawn.
    """

    step: str
    organ: str
    on: date
    limit: Limit | None = None
    came: date | None = None
    files: tuple[str, ...] = ()
    recalled: date | None = None
