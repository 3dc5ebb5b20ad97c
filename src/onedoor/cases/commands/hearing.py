"""陈述、申辩 and 听证: naming 利害关系人, telling rights, asking, convening, the signed record."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from onedoor.cases import models
from onedoor.cases.commands.acting import Doing, act
from onedoor.cases.commands.guesses import counted_guess
from onedoor.cases.queries.heard import code_of
from onedoor.cases.rules import events as e
from onedoor.cases.rules import hearing
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import Case
from onedoor.cases.rules.values.hearing import APPLICANT, Meeting
from onedoor.documents.rules import chinese_date, chinese_moment
from onedoor.kernel.actor import Act, Actor
from onedoor.notices import commands as notices
from onedoor.notices.rules import Channel
from onedoor.orgs import queries as orgs


@dataclass(frozen=True, slots=True)
class Message:
    """What is told: the template for the applicant, of which 利害关系人 have one of their own, and its words."""

    template: str
    words: dict[str, str]


@transaction.atomic(durable=True)
def name_interested(
    number: str, newcomer: hearing.Newcomer, *, by: Actor, at: datetime, version: int | None = None
) -> Case:
    """列明利害关系人 (行政许可法 §36), by an officer or by the applicant; told at once, with a code of their own."""
    doing = Doing(by, at, version, (Act.REVIEW, Act.SUSPEND, Act.SUPPLEMENT))
    case = act(number, doing, lambda c, now: hearing.name_interested(c, now, newcomer))
    _tell(case, [list(case.interested)[-1]], Message("interested", {}), at=at)
    return case


@transaction.atomic(durable=True)
def make_statement(number: str, *, by: Actor, at: datetime, seat: str, statement: str) -> Case:
    """陈述、申辩 by the applicant or by 利害关系人."""
    return act(
        number, _heard(by, at, seat), lambda c, now: hearing.make_statement(c, now, seat=seat, statement=statement)
    )


@transaction.atomic(durable=True)
def tell_hearing_right(number: str, *, by: Actor, at: datetime, reason: str, version: int | None = None) -> Case:
    """告知听证权利 (行政许可法 §47(1)): the applicant and every 利害关系人 not told yet."""
    told: list[hearing.Told] = []

    def decide_(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        events = hearing.tell_right(case, now, reason=reason)
        told.extend(hearing.told_by(events))
        return events

    case = act(number, Doing(by, at, version, (Act.SUSPEND,)), decide_)
    for one in told:
        _tell(case, one.seats, Message("hearing_right", {"due": chinese_date(one.last)}), at=at)
    return case


@transaction.atomic(durable=True)
def ask_hearing(number: str, *, by: Actor, at: datetime, seat: str, reason: str = "") -> Case:
    """申请听证 (行政许可法 §47): free of charge; the first request stops the clock, told in writing."""
    return act(number, _heard(by, at, seat), lambda c, now: hearing.ask(c, now, seat=seat, reason=reason))


@transaction.atomic(durable=True)
def waive_hearing(number: str, *, by: Actor, at: datetime, seat: str) -> Case:
    """放弃听证, by whoever was told of the right."""
    return act(number, _heard(by, at, seat), lambda c, now: hearing.waive(c, now, seat=seat))


@transaction.atomic(durable=True)
def announce_hearing(number: str, *, by: Actor, at: datetime, reason: str, version: int | None = None) -> Case:
    """听证公告 (行政许可法 §46): a hearing that nobody asked for."""
    doing = Doing(by, at, version, (Act.SUSPEND,))
    case = act(number, doing, lambda c, now: hearing.announce(c, now, reason=reason))
    until = case.hearing.until if case.hearing else None
    if until:
        _tell(case, (APPLICANT, *case.interested), Message("hearing_announced", {"due": chinese_date(until)}), at=at)
    return case


@transaction.atomic(durable=True)
def convene_hearing(number: str, meeting: Meeting, *, by: Actor, at: datetime, version: int | None = None) -> Case:
    """听证通知 (行政许可法 §48(1)): to everybody who may be heard. Invalid where the presider is no officer here."""

    def decide_(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        person = orgs.staff_by_account(meeting.presider) if meeting.presider else None
        if person is None or person.organ != case.organ:
            raise hearing.no_such_presider()
        named = Meeting(meeting.at, meeting.place, meeting.presider, person.name)
        able = [one.account for one in orgs.staff_of(case.organ, now.on) if one.account]
        return hearing.convene(case, now, named, able=able)

    case = act(number, Doing(by, at, version, (Act.SUSPEND,)), decide_)
    words = {"when": chinese_moment(meeting.at), "place": meeting.place.strip()}
    _tell(case, (APPLICANT, *case.interested), Message("hearing_convened", words), at=at)
    return case


@transaction.atomic(durable=True)
def record_hearing(
    number: str, *, by: Actor, at: datetime, attended: str, record: str, version: int | None = None
) -> Case:
    """听证笔录签字 (行政许可法 §48(1)(五)): the clock runs again, and the decision rests on it."""
    doing = Doing(by, at, version, (Act.SUSPEND,))
    return act(number, doing, lambda c, now: hearing.record(c, now, attended=attended, text=record))


def check_code(number: str, given: str, *, at: datetime, address: str = "") -> str:
    """The seat whose code this is (通知码), "" where none; each guess is counted as for a query password."""
    seats = _seats(number)

    def right() -> bool:
        return any(_same(given, code_of(number, seat)) for seat in seats)

    if not counted_guess(number, right, at=at, address=address):
        return ""
    return next(seat for seat in seats if _same(given, code_of(number, seat)))


def _seats(number: str) -> list[str]:
    value = models.Case.objects.filter(number=number).values_list("value", flat=True).first()
    return list(value.get("interested", {})) if value else []


def _same(given: str, code: str) -> bool:
    return hmac.compare_digest("".join(given.split()).encode(), code.encode())


def _heard(by: Actor, at: datetime, seat: str) -> Doing:
    return Doing(by, at, None, (Act.SUPPLEMENT,), seat=seat)


def _tell(case: Case, seats: Iterable[str], told: Message, *, at: datetime) -> None:
    """One message to each, in the site and by SMS; whoever is not the applicant gets a code to open what is theirs."""
    about = notices.About(f"case:{case.number}", case.area)
    words = {"item": case.item_name, "case": case.number, **told.words}
    for seat in seats:
        if seat == APPLICANT:
            notices.send(case.applicant, told.template, words, at=at, about=about, channels=(Channel.SMS,))
        else:
            own = words | {"code": code_of(case.number, seat)}
            to = case.interested[seat].party
            notices.send(to, f"{told.template}_other", own, at=at, about=about, channels=(Channel.SMS,))
