"""What the facts of being heard change in a case; ``fold`` applies it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from onedoor.cases.rules.events import hearing as h
from onedoor.cases.rules.events.fact import Event, Fact
from onedoor.cases.rules.values import Case
from onedoor.cases.rules.values.hearing import Hearing, Interested, Meeting
from onedoor.kernel.replacing import replace


def _named(case: Case, event: h.InterestedNamed, _: Fact) -> Case:
    who = Interested(event.party, event.name, event.on)
    return replace(case, interested={**case.interested, event.seat: who})


def _stated(case: Case, _event: h.StatementMade, _: Fact) -> Case:
    return case


def _told(case: Case, event: h.HearingRightTold, _: Fact) -> Case:
    held = case.hearing or Hearing()
    return replace(case, hearing=replace(held, rights={**held.rights, **dict.fromkeys(event.seats, event.last)}))


def _asked(case: Case, event: h.HearingAsked, _: Fact) -> Case:
    held = case.hearing or Hearing()
    until = held.until or event.until
    return replace(case, hearing=replace(held, asked={**held.asked, event.seat: event.on}, until=until))


def _waived(case: Case, event: h.HearingWaived, _: Fact) -> Case:
    held = case.hearing or Hearing()
    return replace(case, hearing=replace(held, waived={**held.waived, event.seat: event.on}))


def _announced(case: Case, event: h.HearingAnnounced, _: Fact) -> Case:
    held = case.hearing or Hearing()
    return replace(case, hearing=replace(held, announced=event.on, until=held.until or event.until))


def _convened(case: Case, event: h.HearingConvened, _: Fact) -> Case:
    meeting = Meeting(event.at, event.place, event.presider, event.presider_name)
    return replace(case, hearing=replace(case.hearing or Hearing(), meeting=meeting, convened=event.on))


def _recorded(case: Case, event: h.HearingRecorded, _: Fact) -> Case:
    held = replace(case.hearing or Hearing(), record=event.document, recorded=event.on)
    return replace(case, hearing=held)


HEARING_CHANGES: dict[type[Event], Callable[[Case, Any, Fact], Case]] = {
    h.InterestedNamed: _named,
    h.StatementMade: _stated,
    h.HearingRightTold: _told,
    h.HearingAsked: _asked,
    h.HearingWaived: _waived,
    h.HearingAnnounced: _announced,
    h.HearingConvened: _convened,
    h.HearingRecorded: _recorded,
}
