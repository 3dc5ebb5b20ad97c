"""视为准予延续: a renewal that was asked for in time and in full, and not decided by the end of the day of expiry.

DOMAIN §4.0 rule 12: only of a licence that is on record here; the window and the length of the term are data.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from onedoor.cases.rules import events as e
from onedoor.cases.rules.clocks import acceptance_start
from onedoor.cases.rules.numbering import Paper, number_of
from onedoor.cases.rules.values import Case, Outcome, Pledge, State
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.clock import renewal_days
from onedoor.kernel.law import Article, law
from onedoor.kernel.plan import StepKind
from onedoor.kernel.workdays import Calendar

SILENCE: Final = Article("行政许可法", "50(2)")


@law("行政许可法", "50(2)")
def renewed_by(case: Case, item: ItemVersion, calendar: Calendar) -> date | None:
    """The day of expiry at whose end silence grants what is under review; None where it grants nothing.

    What the upper level decides (转报) silence here never grants: not before it is sent up, nor after it came back.
    """
    renewal = item.clock.renewal
    above = any(step.kind is StepKind.UPWARD for step in item.plan.steps)
    if case.renews is None or renewal is None or above or case.state is not State.ACCEPTED:
        return None
    first, last = renewal_days(renewal, case.renews, calendar)
    whole = acceptance_start(case)
    timely = whole <= last and (first is None or first <= whole)
    return case.renews if timely and Pledge.LATER not in case.promised.values() else None


def deemed_renewed(case: Case, item: ItemVersion, *, calendar: Calendar, on: date) -> tuple[e.Event, ...]:
    """The decision that silence made before ``on``: granted as of the day of expiry, whatever was found by then."""
    last = renewed_by(case, item, calendar)
    step = next((step for step in item.plan.steps if step.decides), None)
    if last is None or step is None or on <= last:
        return ()
    decided = e.Decided(
        step=step.key,
        outcome=Outcome.GRANTED,
        on=last,
        article=str(SILENCE),
        document=number_of(case.number, Paper.DECISION),
        reasons="有效期届满前没有作出是否准予延续的决定，视为准予延续。",
        deemed=True,
    )
    return (decided,)
