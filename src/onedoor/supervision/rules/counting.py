"""From a fact of the journal to what it counts as: which measure, of which organ, on which day (DOMAIN §7.1, §7.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from onedoor.cases.rules import events as e
from onedoor.cases.rules.clocks import Alarm, ClockKind
from onedoor.cases.rules.events import overlooked as o
from onedoor.cases.rules.events import upward as u
from onedoor.cases.rules.tasks import ACCEPTANCE
from onedoor.cases.rules.values import AcceptedBy
from onedoor.journal.rules import EntryMode, Recorded
from onedoor.kernel.actor import Channel
from onedoor.kernel.clock import local_date


class Measure(StrEnum):
    """统计口径. Each fact counts once in a measure; the day is the one on which the act was done, as it claims."""

    RECEIVED = "received"  # 收件
    ONLINE = "online"  # 其中网上提交
    ACCEPTED = "accepted"  # 受理
    CLOSED = "closed"  # 办结
    CLOSED_LATE = "closed_late"  # 其中曾经超期
    LATE = "late"  # 超期
    RETURNED = "returned"  # 退回
    LIVE = "live"  # 实时办理
    DECLARED_LATE = "declared_late"  # 事后补录
    OFFLINE = "offline"  # 离线采集
    IMPORTED = "imported"  # 纸质补录、批量导入
    TIMED = "timed"  # 其中可计时的办理
    MERGED = "merged"  # 其中一人兼任的办理
    ASKED_LATE = "asked_late"  # 追加请求：一次性告知时漏看
    DEEMED_ACCEPTED = "deemed_accepted"  # 其中视为受理
    DEEMED_RENEWED = "deemed_renewed"  # 视为准予延续


FAULTS: Final = (Measure.ASKED_LATE, Measure.DEEMED_ACCEPTED, Measure.DEEMED_RENEWED)
CASES: Final = (Measure.RECEIVED, Measure.ACCEPTED, Measure.CLOSED, Measure.LATE, Measure.RETURNED)
ACTS: Final = (Measure.LIVE, Measure.DECLARED_LATE, Measure.OFFLINE, Measure.IMPORTED)
MEASURE_NAMES: Final = {
    Measure.RECEIVED: "收件",
    Measure.ONLINE: "网上收件",
    Measure.ACCEPTED: "受理",
    Measure.CLOSED: "办结",
    Measure.CLOSED_LATE: "超期办结",
    Measure.LATE: "超期",
    Measure.RETURNED: "退回",
    Measure.LIVE: "实时办理",
    Measure.DECLARED_LATE: "事后补录",
    Measure.OFFLINE: "离线采集",
    Measure.IMPORTED: "纸质导入",
    Measure.TIMED: "可计时办理",
    Measure.MERGED: "一人兼任",
    Measure.ASKED_LATE: "漏看后追加请求",
    Measure.DEEMED_ACCEPTED: "逾期没有答复，视为受理",
    Measure.DEEMED_RENEWED: "逾期没有决定，视为准予延续",
}
MODES: Final = {
    EntryMode.LIVE: Measure.LIVE,
    EntryMode.SIMULATED: Measure.LIVE,  # a demo's clock only: every other instance refuses such facts
    EntryMode.DECLARED_LATE: Measure.DECLARED_LATE,
    EntryMode.OFFLINE_CAPTURE: Measure.OFFLINE,
    EntryMode.IMPORT: Measure.IMPORTED,
}
OFFICERS: Final[frozenset[str]] = frozenset(
    event.kind
    for event in (
        *(e.Accepted, e.SupplementRequested, e.AcceptanceRefused, e.StepCompleted, e.StepSentBack, e.Decided),
        *(e.SpecialProcedureStarted, e.SpecialProcedureEnded, e.Extended, e.Delivered, e.MemberSpoke),
        e.HearingConvened,
        *(e.ReportedUpward, e.UpperDecided, u.UpperDecidedAfterWithdrawal, u.UpperReturned, u.UpperToldOfWithdrawal),
        o.OverlookedAsked,
    )
)
AT_THE_DOOR: Final = frozenset({e.Accepted.kind, e.SupplementRequested.kind, e.AcceptanceRefused.kind})
CASE_MEASURES: Final = {
    e.Submitted.kind: Measure.RECEIVED,
    e.Accepted.kind: Measure.ACCEPTED,
    e.Closed.kind: Measure.CLOSED,
    e.SupplementRequested.kind: Measure.RETURNED,
    e.AcceptanceRefused.kind: Measure.RETURNED,
    o.OverlookedAsked.kind: Measure.ASKED_LATE,
}
WITH_THE_WHOLE: Final = frozenset({Measure.RECEIVED, Measure.ACCEPTED})
REMINDED: Final = "officers_reminded"
LONGEST: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Charge:
    """To whom the facts of one case are charged: its organ, and for each step the organ that owns it."""

    case: int
    organ: str
    area: str
    owners: Mapping[str, str]
    part: bool = False  # the case of a bundle's member
    whole: bool = False  # the case of a bundle


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing counted: a measure of an organ on a day, with the case behind it; ``fact`` is the journal entry."""

    measure: Measure
    organ: str
    area: str
    day: date
    case: int
    fact: int


def counted(fact: Recorded, charge: Charge) -> tuple[Counted, ...]:
    """What one fact counts as; nothing for most.

    收件, 受理 (deemed acceptance included), 办结 and 退回 (一次性告知补正, 不受理, 不予受理) are charged to the organ
    of the item. 超期 is a limit of the whole case exceeded (受理、承诺、法定、送达期限), on the first day after it. An
    officer's act is charged to the organ that owns the task, by the way it came into the journal; 一人兼任 once more.
    What silence accepted or renewed, and what was asked for too late (追加请求), is charged to the organ of the item.

    一件事 and its parts are not counted twice: 收件, 受理, 退回 and a late answer at the door once, of the whole, at
    the organ that leads; 办结 and every other limit of each part, at the organ that decides it.
    """
    if fact.kind == REMINDED:
        return _late(fact, charge)
    if charge.part and CASE_MEASURES.get(fact.kind) in WITH_THE_WHOLE:
        return ()
    day = local_date(fact.occurred_at)
    found = []
    if measure := CASE_MEASURES.get(fact.kind):
        found.append(Counted(measure, charge.organ, charge.area, day, charge.case, fact.id))
        if measure is Measure.RECEIVED and fact.channel != Channel.WINDOW and not fact.body.get("officer"):
            found.append(Counted(Measure.ONLINE, charge.organ, charge.area, day, charge.case, fact.id))
    if silent := _by_silence(fact):
        found.append(Counted(silent, charge.organ, charge.area, day, charge.case, fact.id))
    if is_officers(fact):
        organ = charge.owners.get(_task(fact), charge.organ)
        ways = (MODES[fact.entry_mode], *((Measure.MERGED,) if fact.body.get("merged_duties") else ()))
        found += [Counted(way, organ, charge.area, day, charge.case, fact.id) for way in ways]
    return tuple(found)


def _by_silence(fact: Recorded) -> Measure | None:
    """What the law brought about because nobody answered in time."""
    if fact.kind == e.Accepted.kind and AcceptedBy(str(fact.body.get("how", AcceptedBy.OFFICER))).deemed:
        return Measure.DEEMED_ACCEPTED
    return Measure.DEEMED_RENEWED if fact.kind == e.Decided.kind and fact.body.get("deemed") else None


def _late(fact: Recorded, charge: Charge) -> tuple[Counted, ...]:
    key = str(fact.body.get("key", ""))
    limits = f"clock:{ClockKind.ACCEPTANCE}" if charge.whole else "clock:"
    above = key == f"clock:{ClockKind.UPPER}"  # the upper level is late, and no organ of this county
    if above or not key.startswith(limits) or fact.body.get("level") != Alarm.RED:
        return ()
    day = date.fromisoformat(str(fact.body["due"])) + timedelta(days=1)
    return (Counted(Measure.LATE, charge.organ, charge.area, day, charge.case, fact.id),)


def is_officers(fact: Recorded) -> bool:
    """Whether an officer did this act: what silence or the platform itself brought about is nobody's work."""
    return fact.kind in OFFICERS and bool(fact.body.get("officer"))


def _task(fact: Recorded) -> str:
    return ACCEPTANCE if fact.kind in AT_THE_DOOR else str(fact.body.get("step") or fact.body.get("member", ""))


def opening(fact: Recorded) -> bool:
    """Whether this fact is an officer's opening of a material, from which the seconds of an act are counted."""
    return fact.kind == e.MaterialOpened.kind


def seconds_of(fact: Recorded, opened: datetime | None) -> int | None:
    """每件用时: seconds from the same officer's first opening of a material since the last act on the case to this act.

    None where it cannot be measured honestly: no material was opened, the act was not entered live, or more than 30
    minutes passed, which is an interruption and no work.
    """
    if opened is None or not is_officers(fact) or MODES[fact.entry_mode] is not Measure.LIVE:
        return None
    passed = fact.occurred_at - opened
    return int(passed.total_seconds()) if timedelta() <= passed <= LONGEST else None
