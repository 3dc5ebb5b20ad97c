"""一件事: how the case of a bundle follows the cases of its members. It decides nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from onedoor.cases.rules import events as e
from onedoor.cases.rules.lifecycle import open_steps, steps_of
from onedoor.cases.rules.values import Case, Outcome, State
from onedoor.items.rules.values import ItemVersion, Member
from onedoor.kernel.law import law
from onedoor.kernel.plan import downstream


@dataclass(frozen=True, slots=True)
class Ended:
    """How and when the case of a member was closed."""

    outcome: Outcome
    on: date


def to_open(case: Case, item: ItemVersion) -> tuple[Member, ...]:
    """The members whose case can be opened now: every result that they need is there."""
    ready = {step.key for step in open_steps(case, item)} - case.children.keys()
    return tuple(member for member in item.members if member.key in ready)


@law("行政许可法", "26(2)")
def ended(case: Case, item: ItemVersion, *, now: Mapping[str, Ended], on: date) -> tuple[e.Event, ...]:
    """What follows from the members that are closed by now (by number) and were not noted yet.

    A refusal cancels what rests on it and has not begun; an accepted case goes on, and so does its clock.
    """
    if case.state is not State.ACCEPTED:
        return ()
    found: list[e.Event] = []
    cancelled: set[str] = set()
    for key, child in case.children.items():
        end = now.get(child.number)
        if child.outcome is not None or end is None:
            continue
        found.append(e.MemberClosed(member=key, outcome=end.outcome, on=end.on))
        if end.outcome is not Outcome.GRANTED:
            rests = downstream(steps_of(case, item), key) - {key} - case.children.keys() - cancelled
            cancelled |= rests
            if rests:
                found.append(e.MembersCancelled(members=tuple(sorted(rests)), because=key, on=on))
    return tuple(found)


def closed(case: Case, *, on: date) -> tuple[e.Event, ...]:
    """一件事办结, once every member that was not cancelled has its outcome."""
    if case.state is not State.ACCEPTED or case.steps != tuple(key for key in case.steps if key in case.results):
        return ()
    outcomes = [child.outcome for child in case.children.values() if child.outcome]
    return (e.JointClosed(outcome=_whole(outcomes, cut=bool(case.cancelled)), on=on),)


def _whole(outcomes: Iterable[Outcome], *, cut: bool) -> Outcome:
    found = set(outcomes)
    if found == {Outcome.GRANTED}:
        return Outcome.PARTLY if cut else Outcome.GRANTED
    if found == {Outcome.WITHDRAWN}:
        return Outcome.WITHDRAWN
    return Outcome.PARTLY if Outcome.GRANTED in found else Outcome.DENIED
