"""Of some events nobody is told: after them no job looks for a message."""

from dataclasses import replace
from datetime import date

from onedoor.cases.rules import events as e
from onedoor.cases.rules.telling import QUIET, told
from onedoor.cases.rules.values import Case, Outcome, Supplement
from onedoor.kernel.workdays import Due


def test_no_quiet_event_has_a_message(case: Case) -> None:
    day = date(2026, 3, 2)
    decided = replace(case, outcome=Outcome.GRANTED, supplement=Supplement(day, {"layout": "缺页"}))
    assert e.EVENTS.keys() > QUIET
    for kind in QUIET:
        assert told(kind, decided, Due(day, False)) is None
