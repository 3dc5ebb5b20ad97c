"""Of some events nobody is told: after them no job looks for a message."""

from dataclasses import replace
from datetime import date

from onedoor.cases.rules import events as e
from onedoor.cases.rules.telling import QUIET, told
from onedoor.cases.rules.values import AcceptedBy, Case, Decision, Outcome, Supplement
from onedoor.kernel.workdays import Due


def test_no_quiet_event_has_a_message(case: Case) -> None:
    day = date(2026, 3, 2)
    decided = replace(case, outcome=Outcome.GRANTED, supplement=Supplement(day, {"layout": "缺页"}))
    assert e.EVENTS.keys() > QUIET
    for kind in QUIET:
        assert told(kind, decided, Due(day, False)) is None


def test_what_silence_decided_is_told_in_words_of_its_own(case: Case) -> None:
    day = date(2026, 3, 2)
    silent = replace(case, accepted=day, accepted_by=AcceptedBy.SILENCE)
    accepted = told(e.Accepted.kind, silent, Due(date(2026, 3, 30), False))
    assert accepted is not None
    assert (accepted.template, accepted.values["since"]) == ("accepted_by_silence", "2026年3月2日")
    clicked = told(e.Accepted.kind, replace(silent, accepted_by=AcceptedBy.OFFICER), Due(day, False))
    assert clicked is not None
    assert clicked.template == "accepted"
    granted = Decision(Outcome.GRANTED, "system:platform", "", day, deemed=True)
    for decision, template in ((granted, "renewed_by_silence"), (replace(granted, deemed=False), "granted")):
        message = told(e.Decided.kind, replace(case, decision=decision, outcome=Outcome.GRANTED), None)
        assert message is not None
        assert message.template == template
