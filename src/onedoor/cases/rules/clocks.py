"""Which clocks run on a case, when they end, and what the law does when they do (DOMAIN: 时限)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from onedoor.cases.rules import events as e
from onedoor.cases.rules.numbering import Paper, number_of
from onedoor.cases.rules.values import AcceptedBy, Case, State
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.clock import (
    CHINA,
    Absence,
    Clock,
    ClockProfile,
    Ground,
    Limit,
    StartEvent,
    due,
    local_date,
    remaining,
)
from onedoor.kernel.law import law
from onedoor.kernel.plan import Step, StepKind
from onedoor.kernel.workdays import Calendar, Due, workdays_between


class ClockKind(StrEnum):
    """The clocks that may run side by side on one case; of them all an inbox counts the one that ends first."""

    STEP = "step"  # 环节时限
    ACCEPTANCE = "acceptance"  # 受理期限
    LEGAL = "legal"  # 法定办结期限
    PROMISED = "promised"  # 承诺办结期限
    SUPPLEMENT = "supplement"  # 等待补正: no limit of its own unless a local rule cites one (DOMAIN §4.0 rule 4)
    DELIVERY = "delivery"  # 送达期限
    UPPER = "upper"  # 上级机关的办理期限，从报送起


CLOCK_NAMES = {
    ClockKind.STEP: "环节时限",
    ClockKind.ACCEPTANCE: "受理期限",
    ClockKind.LEGAL: "法定期限",
    ClockKind.PROMISED: "承诺期限",
    ClockKind.SUPPLEMENT: "等待补正",
    ClockKind.DELIVERY: "送达期限",
    ClockKind.UPPER: "上级机关期限",
}


class Alarm(StrEnum):
    """Red, yellow, green (红黄绿): always shown with its word and number."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class Running:
    """One clock of a case with its end; ``left`` is in the limit's own unit, negative when overdue."""

    kind: ClockKind
    clock: Clock
    due: Due
    left: int


@dataclass(frozen=True, slots=True)
class Threshold:
    """When a limit turns yellow: so many working days left. Local convention, therefore data."""

    yellow: int = 1


@law("行政许可法", 42)
def profile_of(case: Case, item: ItemVersion) -> ClockProfile:
    """The clocks of the pinned version as they are for this case: the promise is that of the applicant's situation."""
    shorter = next((one for one in item.shorter_limits if one.key == case.shorter_limit), None)
    return replace(item.clock, promised=shorter.limit) if shorter else item.clock


def acceptance_start(case: Case) -> date:
    """Receipt, or the day on which a requested supplement came in full: a hand-over never restarts it."""
    if case.supplement and case.supplement.returned:
        return case.supplement.returned
    return case.received


@law("行政许可法", 42, 43, 44, 45)
def clocks(case: Case, profile: ClockProfile) -> dict[ClockKind, Clock]:
    """The clocks that run now. None runs while a supplement is awaited; delivery runs after the decision.

    Once a case is sent up the review here is over, and the upper level's own limit runs, until the case is returned.
    Its result is delivered within so many days of its coming here.
    """
    if case.state is State.SUBMITTED:
        found = {ClockKind.ACCEPTANCE: _from(profile.acceptance, acceptance_start(case))}
        if profile.legal and profile.legal.start is StartEvent.RECEIVED:
            found[ClockKind.LEGAL] = _from(profile.legal, acceptance_start(case))
        return {kind: clock for kind, clock in found.items() if clock}
    if case.state is State.ACCEPTED and case.above:
        return {ClockKind.UPPER: Clock(case.above.limit, case.above.on)} if case.above.limit else {}
    if case.state is State.ACCEPTED and case.accepted:
        found = {
            ClockKind.LEGAL: _decision(case, profile.legal),
            ClockKind.PROMISED: _decision(case, profile.promised),
        }
        return {kind: clock for kind, clock in found.items() if clock}
    decided = _decided_on(case)
    if decided and case.delivered is None and profile.delivery:
        return {ClockKind.DELIVERY: Clock(profile.delivery, decided)}
    return {}


def _decided_on(case: Case) -> date | None:
    """From when the result is to be delivered: a bundle decides nothing, an answer from above comes later."""
    if case.above and case.above.came:
        return case.above.came
    return case.decision.on if case.decision else case.closed if case.children else None


def _from(limit: Limit | None, start: date) -> Clock | None:
    return Clock(limit, start) if limit else None


def _decision(case: Case, limit: Limit | None) -> Clock | None:
    if limit is None or case.accepted is None:
        return None
    start = case.accepted if limit.start is StartEvent.ACCEPTED else acceptance_start(case)
    return Clock(limit, start, case.added, (*case.exclusions, *_away(case)))


@law("行政许可法", 43)
def _away(case: Case) -> tuple[Absence, ...]:
    """The days with the upper level are its own: once it has returned the case, the rest of the limit here runs on."""
    return tuple(
        Absence(above.on, above.came, above.limit.article if above.limit else None)
        for above in case.returned
        if above.came
    )


def step_clock(case: Case, step: Step) -> Clock | None:
    """The step's own limit, from the day on which the last of what it needs was done, or else from acceptance.

    One that was sent back begins anew on that day. That a special procedure is to hear another organ does not stop
    that organ's own limit. It ends with 转报 where the step is that. That of 缴费 is the applicant's, from its notice.
    """
    if step.kind is StepKind.PAYMENT:
        paid = case.payments.get(step.key)
        return Clock(step.limit, paid.on) if step.limit and paid and paid.waits else None
    if not step.limit or (case.above and case.above.step == step.key):
        return None
    begun = [case.results[need].on for need in step.after if need in case.results]
    begun += [case.reopened[step.key]] if step.key in case.reopened else []
    start = max(begun, default=case.review_began or case.accepted_on or case.received)
    asked = step.kind is StepKind.OPINION
    stops = tuple(stop for stop in case.exclusions if not asked or stop.ground is not Ground.CONSULTATION)
    return Clock(step.limit, start, exclusions=stops)


def running(case: Case, profile: ClockProfile, *, calendar: Calendar, on: date) -> tuple[Running, ...]:
    """All clocks of a case with due day and days left, the earliest first."""
    found = [
        Running(kind, clock, due(clock, calendar), remaining(clock, on, calendar))
        for kind, clock in clocks(case, profile).items()
    ]
    return tuple(sorted(found, key=lambda each: each.due))


def governing(case: Case, profile: ClockProfile, calendar: Calendar) -> Due | None:
    """The earliest due day: what the inbox is ordered by."""
    end = governing_clock(case, profile, calendar)
    return end[1] if end else None


def governing_clock(case: Case, profile: ClockProfile, calendar: Calendar) -> tuple[ClockKind, Due] | None:
    """The limit that ends first, by name; of two that end on one day the law's goes before the promise."""
    return min(clock_ends(case, profile, calendar).items(), key=lambda end: end[1], default=None)


def clock_ends(case: Case, profile: ClockProfile, calendar: Calendar) -> dict[ClockKind, Due]:
    """When each clock that runs now ends."""
    return {kind: due(clock, calendar) for kind, clock in clocks(case, profile).items()}


def alarm(left: int, threshold: Threshold) -> Alarm:
    """Red when overdue, yellow from the threshold down, else green."""
    if left < 0:
        return Alarm.RED
    return Alarm.YELLOW if left <= threshold.yellow else Alarm.GREEN


STANDARD = Threshold()


def level(end: date, *, on: date, calendar: Calendar, threshold: Threshold = STANDARD) -> Alarm:
    """The colour of a due day: red after it, yellow from so many working days before it, else green."""
    return Alarm.RED if on > end else alarm(workdays_between(on, end, calendar).days, threshold)


@lru_cache(maxsize=4096)
def turns(end: date, *, calendar: Calendar, threshold: Threshold = STANDARD) -> tuple[date, date]:
    """The days on which a due day turns yellow and red."""
    yellow, day = end, timedelta(days=1)
    while level(end, on=yellow - day, calendar=calendar, threshold=threshold) is not Alarm.GREEN:
        yellow -= day
    return yellow, end + day


@law("行政许可法", "32(1).4")
def silence_accepts(case: Case, profile: ClockProfile, *, calendar: Calendar) -> Due | None:
    """The last day for an answer, at whose end silence accepts; None where it has no such effect.

    After a complete supplement the same silence has the same effect where the profile says so (类推).
    """
    if case.state is not State.SUBMITTED or profile.acceptance is None:
        return None
    supplemented = bool(case.supplement and case.supplement.returned)
    speaks = profile.supplement_silence_accepts if supplemented else profile.silence_accepts
    return due(Clock(profile.acceptance, acceptance_start(case)), calendar) if speaks else None


@law("行政许可法", "32(1).4")
def settle(case: Case, profile: ClockProfile, *, calendar: Calendar, on: date) -> tuple[e.Event, ...]:
    """What the law has brought about by itself before ``on``: deemed acceptance, dated to the day of receipt.

    Acceptance only: not approval, not jurisdiction, not a waiver of conditions.
    """
    last = silence_accepts(case, profile, calendar=calendar)
    if last is None or on <= last.date or last.provisional:
        return ()
    how = AcceptedBy.SUPPLEMENT_SILENCE if case.supplement else AcceptedBy.SILENCE
    number = number_of(case.number, Paper.ACCEPTANCE)
    return (e.Accepted(how=how, effective=acceptance_start(case), on=last.date, document=number),)


def first_turn(ends: Iterable[date], *, calendar: Calendar, after: datetime) -> datetime | None:
    """The next midnight after ``after`` at which one of these due days turns yellow or red."""
    today = local_date(after)
    ahead = (day for end in ends for day in turns(end, calendar=calendar) if day > today)
    day = min(ahead, default=None)
    return datetime.combine(day, time.min, CHINA) if day else None


def pressing(ends: Iterable[date], *, calendar: Calendar, on: date) -> bool:
    """Whether one of these due days is yellow or red."""
    return any(turns(end, calendar=calendar)[0] <= on for end in ends)


def begun_too_late(case: Case, profile: ClockProfile, *, before: Case | None, calendar: Calendar, on: date) -> bool:
    """Whether a limit is over that was not running before: it began in the past (逾期未告知即为受理, 迁移). It has no
    moment to wait for, so the alarm is raised at once. ``before`` None: the case is new.
    """
    same = before is not None and before.item_version == case.item_version
    known = clocks(before, profile) if before is not None and same else {}
    new = (clock for kind, clock in clocks(case, profile).items() if known.get(kind) != clock)
    return any(on > due(clock, calendar).date for clock in new)
