"""What the passing of a day brings about by itself: deemed acceptance and renewal, silence on an opinion, a promise not
kept.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from onedoor.cases.rules import events as e
from onedoor.cases.rules.clocks import settle
from onedoor.cases.rules.consulting import fallen_silent
from onedoor.cases.rules.promising import lapses, tolerated
from onedoor.cases.rules.renewing import deemed_renewed
from onedoor.cases.rules.values import Case, State
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.workdays import Calendar


def settled(case: Case, item: ItemVersion, *, calendar: Calendar, on: date) -> tuple[e.Event, ...]:
    """All that has come about before ``on``; each once, as the fold of these events yields none of them again."""
    deemed = settle(case, item.clock, calendar=calendar, on=on)
    given = (tolerated(case, fact, item, calendar=calendar) for fact in deemed if isinstance(fact, e.Accepted))
    then = replace(case, state=State.ACCEPTED) if deemed else case
    return (
        *deemed,
        *(event for events in given for event in events),
        *fallen_silent(case, item, calendar=calendar, on=on),
        *lapses(case, item, on=on),
        *deemed_renewed(then, item, calendar=calendar, on=on),
    )


def silent_on(event: e.Event) -> date | None:
    """The last day of the limit that passed without a word, where it is that which this event tells."""
    if (isinstance(event, e.Accepted) and event.how.deemed) or (isinstance(event, e.Decided) and event.deemed):
        return event.on
    return event.due if isinstance(event, e.OpinionFellSilent) else None
