"""陈述、申辩 and 听证: who is heard, until when they may ask, when a hearing is held, and what its record is for.

行政许可法 §§36, 46–48; the days are data of the item. From the request (or the 公告) to the signed record the limits
of the case do not run, at most until the day by which it must be held: what overruns that counts again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from onedoor.cases.rules import events as e
from onedoor.cases.rules.demands import in_state, not_above, not_for_oneself, not_too_long, required
from onedoor.cases.rules.events import hearing as h
from onedoor.cases.rules.lifecycle import PERMIT_LAW
from onedoor.cases.rules.numbering import Paper, number_of
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import UNDECIDED, Case, State
from onedoor.cases.rules.values.hearing import APPLICANT, PUBLIC, Hearing, Meeting
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.actor import Target
from onedoor.kernel.clock import CHINA, Ground, HearingLimits, local_date
from onedoor.kernel.codes import why_not_mobile
from onedoor.kernel.errors import FieldError, Invalid, Refused
from onedoor.kernel.law import Article, law
from onedoor.kernel.workdays import Calendar, add_workdays

MOST_INTERESTED = 50
LONGEST_RECORD = 20_000
NOT_REVIEWING = "只有受理后、决定前可以办理听证。"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Whoever is to be named as 利害关系人. ``party``: as the register has them, "" where it does not."""

    name: str
    mobile: str
    concern: str
    party: str = ""


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that the organ of the case owes for a hearing."""

    key: str
    name: str
    due: date


CONVENE, RECORD = "hearing", "hearing_record"


def of_this_case(number: str, seat: str) -> str:
    """The reference of 利害关系人 whom no register knows: good for this case alone."""
    return f"interested:{number}:{seat}"


def of_public(number: str) -> str:
    """The reference of anybody who speaks on what a case shows to the public."""
    return f"public:{number}"


def seat_of(case: Case, seat: str) -> Target:
    """What somebody who is heard acts on: the case, as far as it concerns them. Refused for an unknown seat."""
    if seat == PUBLIC:
        return Target(case.organs, case.area, of_public(case.number), case.item, case.number)
    party = case.applicant if seat == APPLICANT else case.interested[seat].party if seat in case.interested else None
    if party is None:
        raise Refused("not_interested", "这件申请没有这位利害关系人。请核对后再试。")
    return Target(case.organs, case.area, party, case.item, case.number)


@law(PERMIT_LAW, 36)
def name_interested(case: Case, now: Occasion, newcomer: Newcomer) -> tuple[e.Event, ...]:
    """列明利害关系人, until the decision: they are told, may state their case and ask for a hearing."""
    if case.state not in UNDECIDED:
        raise Refused("decided_already", "已经作出决定，不能再列利害关系人。")
    _known(newcomer)
    if len(case.interested) >= MOST_INTERESTED:
        raise Refused("too_many", f"一件申请最多列 {MOST_INTERESTED} 位利害关系人，人数再多的请推选代表。")
    parties = {case.applicant, *(one.party for one in case.interested.values())}
    if newcomer.party and newcomer.party in parties:
        raise Invalid([FieldError("name", "这个人已经是这件申请的申请人或者利害关系人。")])
    seat = f"i{len(case.interested) + 1}"
    return (
        h.InterestedNamed(
            seat=seat,
            party=newcomer.party or of_this_case(case.number, seat),
            on=now.on,
            name=newcomer.name.strip(),
            mobile=newcomer.mobile.strip() or None,
            concern=newcomer.concern.strip(),
            officer=now.by.name,
        ),
    )


def _known(newcomer: Newcomer) -> None:
    errors = []
    if not newcomer.name.strip():
        errors.append(FieldError("name", "请写明姓名或者名称。"))
    if not newcomer.concern.strip():
        errors.append(FieldError("concern", "请写明这件申请和这个人有什么利害关系。"))
    if newcomer.mobile.strip() or not newcomer.party:
        fault = why_not_mobile(newcomer.mobile.strip())
        errors += [FieldError("mobile", f"{fault}通知要发到手机上。")] if fault else []
    if errors:
        raise Invalid(errors)
    not_too_long(newcomer.name, newcomer.concern)


@law(PERMIT_LAW, 36)
def make_statement(case: Case, now: Occasion, *, seat: str, statement: str) -> tuple[e.Event, ...]:
    """陈述、申辩, until the decision; the organ shall hear it."""
    if case.state not in UNDECIDED:
        raise Refused("decided_already", "已经作出决定，不能再陈述意见。不服决定的，可以申请复议或者提起诉讼。")
    required(statement=statement)
    return (h.StatementMade(seat=seat, on=now.on, statement=statement.strip()),)


@law(PERMIT_LAW, 47)
def tell_right(case: Case, now: Occasion, *, reason: str) -> tuple[e.Event, ...]:
    """告知听证权利: to the applicant and to each 利害关系人 who was not told yet; each then has their own days."""
    limits = _limits(case, now)
    not_for_oneself(case, now.by)
    required(reason=reason)
    held = case.hearing or Hearing()
    if held.recorded:
        raise Refused("held_already", "听证已经举行，笔录已经签字。")
    seats = tuple(seat for seat in (APPLICANT, *case.interested) if seat not in held.rights)
    if not seats:
        raise Refused("told_already", "申请人和利害关系人都已经告知过听证权利。")
    return (
        h.HearingRightTold(
            on=now.on,
            seats=seats,
            last=add_workdays(now.on, limits.ask, now.calendar).date,
            article=limits.article,
            document=number_of(case.number, Paper.HEARING_RIGHT, _ordinal(held.rights)),
            reason=reason.strip(),
            officer=now.by.name,
        ),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """Who was told of the right just now, and until when they may ask."""

    seats: tuple[str, ...]
    last: date


def told_by(events: Iterable[e.Event]) -> tuple[Told, ...]:
    """Whom these events tell."""
    return tuple(Told(event.seats, event.last) for event in events if isinstance(event, h.HearingRightTold))


def no_such_presider() -> Invalid:
    """What is said where the presider is not one of the organ's officers."""
    return Invalid([FieldError("presider", "请从名单里选一位本机关的听证主持人。")])


def _ordinal(rights: Mapping[str, date]) -> int:
    return len(set(rights.values())) + 1


@law(PERMIT_LAW, 47)
def ask(case: Case, now: Occasion, *, seat: str, reason: str) -> tuple[e.Event, ...]:
    """申请听证, within the days told, free of charge. The first request stops the clock, with written notice (§45)."""
    limits, held = _limits(case, now), case.hearing or Hearing()
    _may_answer(held, seat, on=now.on, limits=limits)
    not_too_long(reason)
    until = held.until or add_workdays(now.on, limits.hold, now.calendar).date
    asked = h.HearingAsked(seat=seat, on=now.on, until=until, reason=reason.strip() or None)
    return (asked, *_stopped(case, now, until=until, reason="申请人、利害关系人要求听证"))


@law(PERMIT_LAW, 47)
def waive(case: Case, now: Occasion, *, seat: str) -> tuple[e.Event, ...]:
    """放弃听证: whoever was told need not let the days pass."""
    limits = _limits(case, now)
    _may_answer(case.hearing or Hearing(), seat, on=now.on, limits=limits)
    return (h.HearingWaived(seat=seat, on=now.on),)


def _may_answer(held: Hearing, seat: str, *, on: date, limits: HearingLimits) -> None:
    if seat not in held.rights:
        raise Refused("not_told", "还没有告知听证权利，现在不用提出。", limits.article)
    if seat in held.asked or seat in held.waived:
        raise Refused("answered_already", "您已经答复过是否要求听证。")
    if on > held.rights[seat]:
        told = f"要求听证的期限已过（告知后 {limits.ask} 个工作日）。您仍然可以陈述意见。"
        raise Refused("too_late", told, limits.article)


@law(PERMIT_LAW, 46)
def announce(case: Case, now: Occasion, *, reason: str) -> tuple[e.Event, ...]:
    """听证公告: the law demands a hearing, or a great public interest is at stake; announced, then held."""
    limits, held = _limits(case, now), case.hearing or Hearing()
    not_for_oneself(case, now.by)
    required(reason=reason)
    if held.announced or held.until:
        raise Refused("announced_already", "这件已经公告或者已经有人要求听证，不用再公告。")
    until = add_workdays(now.on, limits.hold, now.calendar).date
    announced = h.HearingAnnounced(
        on=now.on,
        until=until,
        article=limits.must or Article(PERMIT_LAW, "46"),
        document=number_of(case.number, Paper.HEARING_ANNOUNCEMENT),
        reason=reason.strip(),
        officer=now.by.name,
    )
    return (announced, *_stopped(case, now, until=until, reason="依法举行听证，已经向社会公告"))


@law(PERMIT_LAW, 45)
def _stopped(case: Case, now: Occasion, *, until: date, reason: str) -> tuple[e.Event, ...]:
    allowed = now.item.clock.ground(Ground.HEARING)
    if allowed is None or any(stop.ground is Ground.HEARING for stop in case.exclusions):
        return ()
    return (
        e.SpecialProcedureStarted(
            ground=Ground.HEARING,
            on=now.on,
            notified_end=until,
            article=allowed.article,
            document=number_of(case.number, Paper.SPECIAL, len(case.exclusions) + 1),
            reason=reason,
            officer=now.by.name,
        ),
    )


@law(PERMIT_LAW, "48(1).1", "48(1).3")
def convene(case: Case, now: Occasion, meeting: Meeting, *, able: Collection[str] = ()) -> tuple[e.Event, ...]:
    """听证通知: time and place told so many days before, inside the days for holding it; presided by somebody who does
    not examine the case. Told anew it is another day (改期). One that can no longer be held in time is held late.

    ``able``: who of the organ could preside. Whoever accepted the case does only where nobody else can, and flagged.
    """
    limits, held = _limits(case, now), case.hearing or Hearing()
    not_for_oneself(case, now.by)
    if not held.pending or held.until is None:
        raise Refused("nobody_asked", "没有人要求听证，也没有公告听证，不需要通知。")
    if not meeting.place.strip():
        raise Invalid([FieldError("place", "请写明听证的地点。")])
    not_too_long(meeting.place)
    first = add_workdays(now.on, limits.notice, now.calendar).date
    day = local_date(meeting.at)
    if day < first:
        told = f"听证应当提前 {limits.notice} 个工作日通知，最早在 {first}。"
        raise Invalid([FieldError("held_on", told)])
    if day > held.until >= first:
        raise Invalid([FieldError("held_on", f"听证应当在 {held.until} 前举行（{limits.hold} 个工作日内组织）。")])
    _independent(case, meeting)
    if meeting.presider == case.acceptor and may_preside(case, able) - {meeting.presider}:
        told = "这位受理了这件申请。还有没有经办过的同事可以主持，请另选一位。"
        raise Refused("presider_accepted", told, Article(PERMIT_LAW, "48(1).3"))
    return (
        h.HearingConvened(
            on=now.on,
            at=meeting.at,
            place=meeting.place.strip(),
            presider=meeting.presider,
            presider_name=meeting.presider_name,
            merged_duties=meeting.presider == case.acceptor,
            document=number_of(case.number, Paper.HEARING_NOTICE, 2 if held.meeting else 1),
            officer=now.by.name,
        ),
    )


@law(PERMIT_LAW, "48(1).3")
def _independent(case: Case, meeting: Meeting) -> None:
    """主持人 ≠ 审查人员, nor anybody who asked or is asked to examine this case."""
    if meeting.presider in _examiners(case):
        told = "听证主持人应当是审查这件申请的工作人员以外的人。这位经办过本件，请另选一位。"
        raise Refused("presider_examines", told, Article(PERMIT_LAW, "48(1).3"))
    if meeting.presider == case.agent:
        raise Refused("presider_interested", "听证主持人与这件申请有直接利害关系，应当回避。请另选一位。")


def may_preside(case: Case, able: Collection[str]) -> frozenset[str]:
    """Who of these may preside; whoever accepted the case only where nobody else of them can."""
    free = frozenset(able) - _examiners(case) - {case.agent or ""}
    return free - {case.acceptor or ""} or free


def _examiners(case: Case) -> frozenset[str]:
    holding = {who for task, who in case.holders.items() if task in case.owners}
    examiners = holding | {done.by for done in case.results.values()} | {late.by for late in case.late.values()}
    return frozenset(examiners | {*case.before.values()})


@law(PERMIT_LAW, "48(1).5")
def record(case: Case, now: Occasion, *, attended: str, text: str) -> tuple[e.Event, ...]:
    """听证笔录, checked and signed by those who took part; from then on the clock runs again."""
    _limits(case, now)
    not_for_oneself(case, now.by)
    held = case.hearing or Hearing()
    if held.recorded or held.meeting is None:
        raise Refused("not_convened", "还没有通知听证，或者笔录已经签字。")
    if now.at < held.meeting.at:
        raise Refused("not_held", "听证还没有举行，不能制作笔录。")
    errors = [FieldError("attended", "请写明参加听证并签字的人。")] if not attended.strip() else []
    errors += [FieldError("record", "请写明各方的意见、证据和申辩。")] if not text.strip() else []
    if len(text) > LONGEST_RECORD or "\0" in text:
        errors.append(FieldError("record", f"笔录过长，请控制在 {LONGEST_RECORD} 字以内。"))
    if errors:
        raise Invalid(errors)
    not_too_long(attended)
    signed = h.HearingRecorded(
        on=now.on,
        document=number_of(case.number, Paper.HEARING_RECORD),
        attended=attended.strip(),
        record=text.strip(),
        officer=now.by.name,
    )
    stop = next((s for s in case.exclusions if s.ground is Ground.HEARING and s.ended is None), None)
    if stop is None:
        return (signed,)
    ended = e.SpecialProcedureEnded(ground=stop.ground, on=now.on, result="听证笔录已签字", officer=now.by.name)
    return (signed, ended)


def owed(case: Case, item: ItemVersion, calendar: Calendar) -> tuple[Owed, ...]:
    """What the organ owes: to tell time and place in time, then the signed record."""
    held, limits = case.hearing, item.clock.hearing
    if held is None or not held.pending or held.until is None or limits is None:
        return ()
    if held.meeting is None:
        return (Owed(CONVENE, "组织听证", add_workdays(held.until, -limits.notice, calendar).date),)
    return (Owed(RECORD, "制作听证笔录", local_date(held.meeting.at)),)


def _limits(case: Case, now: Occasion) -> HearingLimits:
    in_state(case, State.ACCEPTED, NOT_REVIEWING)
    not_above(case)
    limits = now.item.clock.hearing
    if limits is None:
        raise Refused("no_hearing", "这个事项没有列入听证，不适用。需要听证的，请先由事项管理员补充依据。")
    return limits


def moment_of(day: date, clock_time: str) -> datetime:
    """A day with ``HH:MM`` of that day in China; Invalid where it is no time."""
    try:
        return datetime.combine(day, time.fromisoformat(clock_time), CHINA)
    except ValueError:
        raise Invalid([FieldError("held_time", "请填写几点开始，例如 09:30。")]) from None
