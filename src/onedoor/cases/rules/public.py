"""Until when a case stands on the public page: hearings that anybody may attend."""

from __future__ import annotations

from datetime import date

from onedoor.cases.rules.values import Case, State
from onedoor.kernel.clock import local_date
from onedoor.kernel.law import law


@law("行政许可法", 46, "48(1).2")
def public_until(case: Case) -> date | None:
    """The last day on which the public is told of a hearing of this case; None where there is none to attend."""
    held = case.hearing
    if held is None or not held.pending or case.state is not State.ACCEPTED:
        return None
    return local_date(held.meeting.at) if held.meeting else held.until
