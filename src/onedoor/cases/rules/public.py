"""Until when a case stands on the public page: hearings that anybody may attend, and 公示."""

from __future__ import annotations

from datetime import date

from onedoor.cases.rules.values import Case, State
from onedoor.kernel.clock import local_date
from onedoor.kernel.law import law


@law("行政许可法", 46, "48(1).2")
def public_until(case: Case) -> date | None:
    """The last day on which the public is told of a hearing or a 公示 of this case; None where there is none."""
    if case.state is not State.ACCEPTED:
        return None
    days = [held.until for held in case.publicity.values()]
    held = case.hearing
    if held and held.pending and held.until:
        days.append(local_date(held.meeting.at) if held.meeting else held.until)
    return max(days, default=None)
