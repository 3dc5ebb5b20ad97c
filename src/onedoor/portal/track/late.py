"""超期: that a case is late, by how much, and what its applicant can do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.cases.rules.clocks import ClockKind
from onedoor.cases.rules.phases import silence_remedy
from onedoor.portal.track.words import CLOCKS
from onedoor.ui.cases import UNITS
from onedoor.ui.dates import plain_day

if TYPE_CHECKING:
    from onedoor.cases.queries import CasePage
    from onedoor.cases.rules.clocks import Running

BY_LAW = frozenset({ClockKind.LEGAL, ClockKind.ACCEPTANCE})  # the promise is the organ's own


@dataclass(frozen=True, slots=True)
class Late:
    """``passed``: each limit that has passed, in words; ``remedy``: what the law gives, "" while its limit runs.

    ``above``: the upper level, where it is late and nobody here.
    """

    passed: tuple[str, ...]
    remedy: str
    review_organ: str
    above: str = ""


def late_of(page: CasePage) -> Late | None:
    """What has passed; None where nothing has. 复议 is named only once the law's own limit has passed."""
    over = [running for running in page.clocks if running.left < 0]
    if not over:
        return None
    by_law = any(running.kind in BY_LAW for running in over)
    above = page.case.above.organ if page.case.above and over[0].kind is ClockKind.UPPER else ""
    review_organ = page.item.remedies.review_organ if by_law else ""
    return Late(tuple(map(_passed, over)), silence_remedy(by_law), review_organ, above)


def _passed(running: Running) -> str:
    return _("%(what)s：应当在%(due)s前，已经超了 %(over)s %(unit)s。") % {
        "what": CLOCKS[running.kind],
        "due": plain_day(running.due.date, year=True),
        "over": -running.left,
        "unit": UNITS[running.clock.limit.unit],
    }
