"""Whether one set of limits is any worse for the applicant than another (信赖保护: 就短不就长)."""

from __future__ import annotations

from collections.abc import Iterator

from onedoor.cases.rules.clocks import CLOCK_NAMES, ClockKind
from onedoor.kernel.clock import GROUND_NAMES, ClockProfile, Extension, Limit, StartEvent, Unit
from onedoor.kernel.law import law

_STARTS = {StartEvent.RECEIVED: 0, StartEvent.COMPLETE: 0, StartEvent.ACCEPTED: 1, StartEvent.DECIDED: 2}


def no_longer(new: Limit | Extension, old: Limit | Extension) -> bool:
    """Whether so many days or months never end later than the old ones, whatever the calendar.

    n natural days, rolled off a day off, never end after n working days; months compare with months alone.
    """
    units = new.unit, old.unit
    comparable = units[0] is units[1] or units == (Unit.DAY, Unit.WORKDAY)
    return comparable and new.number <= old.number


@law("立法法", 104)
def worsened(before: ClockProfile, after: ClockProfile, *, accepted: bool, extended: bool) -> Iterator[str]:
    """What of a running case's limits would be worse for its applicant under the new profile, each in one sentence.

    ``accepted``: the acceptance clock has stopped; ``extended``: the one extension is used up.
    """
    if before.kind is not after.kind:
        yield "新版改了时限类型，在办的件仍按受理时的类型。"
    pairs = [
        (ClockKind.LEGAL, before.legal, after.legal),
        (ClockKind.PROMISED, before.promised, after.promised),
        (ClockKind.DELIVERY, before.delivery, after.delivery),
    ]
    pairs += [] if accepted else [(ClockKind.ACCEPTANCE, before.acceptance, after.acceptance)]
    for kind, old, new in pairs:
        if old is not None and (new is None or not _in_time(new, old)):
            told = str(new) if new else "没有期限"
            yield f"{CLOCK_NAMES[kind]}变长或者改了起算（原{old}，新版{told}），在办的件不得延后。"
    yield from _rights(before, after, accepted=accepted, extended=extended)


def _in_time(new: Limit, old: Limit) -> bool:
    return no_longer(new, old) and _STARTS[new.start] <= _STARTS[old.start]


def _rights(before: ClockProfile, after: ClockProfile, *, accepted: bool, extended: bool) -> Iterator[str]:
    silences = (before.silence_accepts, after.silence_accepts)
    supplements = (before.supplement_silence_accepts, after.supplement_silence_accepts)
    if not accepted and (True, False) in (silences, supplements):
        yield "新版不再有逾期即为受理，在办的件仍然适用。"
    more = after.extension
    if more and not extended and (before.extension is None or not no_longer(more, before.extension)):
        yield f"新版可以延长 {more.number} 日，比原来多，在办的件不适用。"
    for allowed in after.grounds:
        held = before.ground(allowed.ground)
        if held is None or (held.most is not None and (allowed.most is None or allowed.most > held.most)):
            yield f"新版的{GROUND_NAMES[allowed.ground]}可以多停止计时，在办的件不适用。"
