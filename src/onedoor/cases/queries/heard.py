"""What somebody who is heard may see of a case: what concerns them, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet
from django.db.models.fields.json import KT

from onedoor.cases import models
from onedoor.cases.queries.cases import facts
from onedoor.cases.queries.keys import query_secret
from onedoor.cases.queries.rows import case_of, whole
from onedoor.cases.rules.application import password
from onedoor.cases.rules.events import ObjectionAnswered, ObjectionRecorded
from onedoor.cases.rules.events import hearing as h
from onedoor.cases.rules.hearing import may_preside, of_public, seat_of
from onedoor.cases.rules.values import UNDECIDED, Case
from onedoor.cases.rules.values.hearing import APPLICANT, Hearing
from onedoor.items import queries as items
from onedoor.kernel.actor import Act, Actor, ActorKind, Channel, Representation
from onedoor.kernel.errors import NotFound
from onedoor.orgs import queries as orgs

UNKNOWN = "没有这个办件编号，或者它没有把您列为利害关系人。请核对通知里的编号和通知码。"
HEARD_ACTS = frozenset({Act.VIEW, Act.SUPPLEMENT})


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of this seat; None once erased."""

    on: date
    text: str | None


@dataclass(frozen=True, slots=True)
class HeardPage:
    """A case as far as it concerns one who is heard: no form, no material, nobody else's words."""

    number: str
    seat: str
    name: str | None
    item_name: str
    organ_name: str
    contact: str
    concern: str | None
    open: bool
    outcome: str | None
    hearing: Hearing | None
    statements: tuple[Said, ...]
    reason: str | None
    today: date

    @property
    def may_ask(self) -> bool:
        """Whether they may still ask for a hearing."""
        return bool(self.open and self.hearing and self.seat in self.hearing.open_rights(self.today))

    @property
    def last(self) -> date | None:
        """The last day on which they may ask; None where they were not told of the right."""
        return self.hearing.rights.get(self.seat) if self.hearing else None


def code_of(number: str, seat: str) -> str:
    """通知码: derived like a query password, and good for what concerns this one alone."""
    return password(f"{number}/{seat}", query_secret())


def bearer_of_code(number: str, seat: str) -> Actor:
    """Whoever has shown number and 通知码: may see what concerns them, and be heard."""
    case = _case(number)
    who = case.interested.get(seat)
    if who is None:
        raise NotFound(UNKNOWN)
    own = Representation(who.party, who.name or "", HEARD_ACTS, "通知码", case=number)
    return Actor(f"bearer:{number}:{seat}", "持通知码的人", ActorKind.CITIZEN, Channel.WEB, represents=(own,))


def seats_of(number: str, *, by: Actor) -> tuple[str, ...]:
    """As whom this actor is heard in a case: the applicant, or 利害关系人 whose party they are. () for others."""
    row = whole(models.Case.objects.filter(number=number)).first()
    if row is None:
        return ()
    case = case_of(row)
    return tuple(seat for seat in (APPLICANT, *case.interested) if by.may(Act.SUPPLEMENT, seat_of(case, seat)))


def heard_page(number: str, *, by: Actor, seat: str, on: date) -> HeardPage:
    """One case for one who is heard. NotFound where it is none, or this actor does not sit there."""
    case = _case(number)
    if seat != APPLICANT and seat not in case.interested:
        raise NotFound(UNKNOWN)
    if not by.may(Act.SUPPLEMENT, seat_of(case, seat)):
        raise NotFound(UNKNOWN)
    item, told = items.version(case.item_version), facts(case.id)
    mine = [fact.event for fact in told if getattr(fact.event, "seat", "") == seat]
    rights = [f.event for f in told if isinstance(f.event, h.HearingRightTold) and seat in f.event.seats]
    return HeardPage(
        number=number,
        seat=seat,
        name=case.applicant_name if seat == APPLICANT else case.interested[seat].name,
        item_name=case.item_name,
        organ_name=item.organ_name,
        contact=item.contacts.enquiry,
        concern=next((event.concern for event in mine if isinstance(event, h.InterestedNamed)), None),
        open=case.state in UNDECIDED,
        outcome=case.outcome,
        hearing=case.hearing,
        statements=tuple(Said(event.on, event.statement) for event in mine if isinstance(event, h.StatementMade)),
        reason=rights[-1].reason if rights else None,
        today=on,
    )


def mobile_of(ref: str) -> str:
    """The number under which 利害关系人 whom no register knows is to be told; "" once erased. For the postman."""
    _, number, seat = ref.split(":")
    row = models.Case.objects.filter(number=number).values_list("pk", flat=True).first()
    named = (f.event for f in facts(row) if isinstance(f.event, h.InterestedNamed)) if row else ()
    return next((event.mobile or "" for event in named if event.seat == seat), "")


@dataclass(frozen=True, slots=True)
class Presider:
    """An officer who could preside over a hearing."""

    ref: str
    name: str


def presiders(case: Case, *, on: date) -> tuple[Presider, ...]:
    """The officers of the case's organ who may preside over its hearing."""
    names = {one.account: one.name for one in orgs.staff_of(case.organ, on) if one.account}
    free = may_preside(case, names)
    return tuple(Presider(account, name) for account, name in names.items() if account in free)


@dataclass(frozen=True, slots=True)
class Convened:
    """One hearing that the public may attend: no party is named."""

    number: str
    item_name: str
    organ_name: str
    until: date | None
    at: datetime | None
    place: str
    presider: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One 公示 on the public page."""

    number: str
    step: str
    item_name: str
    organ_name: str
    contact: str
    notice: str
    since: date
    until: date


# What the steps of all cases put before the public, in words: none are left of what was erased.
_SHOWN: Final = """
  FROM cases_case, jsonb_each(value -> 'publicity') AS one (step, held)
  WHERE public_until >= %(on)s AND (held ->> 'until')::date >= %(on)s AND held ->> 'notice' <> ''"""
_COLUMNS: Final = """
  SELECT number, step, item_name, item_version, held ->> 'notice', (held ->> 'on')::date,
    (held ->> 'until')::date AS until"""


def count_public_notices(on: date) -> int:
    """How many 公示 run on a day."""
    ((count,),) = _rows(f"SELECT count(*) {_SHOWN}", {"on": on})
    return int(count)


def public_notices(on: date, *, skip: int = 0, most: int = 100) -> tuple[Shown, ...]:
    """公示 that run on a day, those that end first before the others; so many of them, those before skipped."""
    part = "ORDER BY until, number, step LIMIT %(most)s OFFSET %(skip)s"
    rows = _rows(f"{_COLUMNS} {_SHOWN} {part}", {"on": on, "most": most, "skip": skip})
    return tuple(map(_shown, rows))


def public_notice(number: str, step: str, *, on: date) -> Shown:
    """One 公示 that runs on a day; NotFound otherwise."""
    this = "AND number = %(number)s AND step = %(step)s"
    rows = _rows(f"{_COLUMNS} {_SHOWN} {this}", {"on": on, "number": number, "step": step})
    if not rows:
        raise NotFound("没有这个公示，或者公示已经期满。请回到公示公告看看；还有意见的，请打承办机关的电话。")
    return _shown(rows[0])


def _rows(statement: str, given: Mapping[str, date | str | int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())


def _shown(row: tuple[Any, ...]) -> Shown:
    number, step, item_name, version, notice, since, until = row
    item = items.version(version)
    return Shown(number, step, item_name, item.organ_name, item.contacts.enquiry, notice, since, until)


def objector(number: str) -> Actor:
    """Anybody who speaks on what a case shows to the public: they may do that on this case, and see nothing of it."""
    own = Representation(of_public(number), "", HEARD_ACTS, "公示", case=number)
    return Actor(f"public:{number}", "公众", ActorKind.CITIZEN, Channel.WEB, represents=(own,))


def receipt_code(receipt: str) -> str:
    """查询码 of the receipt of an objection: derived like a query password, and good for its answer alone."""
    return password(receipt, query_secret())


@dataclass(frozen=True, slots=True)
class Answered:
    """One objection and its answer, ``on`` None while there is none; words None once erased."""

    item_name: str
    organ_name: str
    contact: str
    said_on: date
    objection: str | None
    on: date | None
    answer: str | None


def answered(receipt: str) -> Answered:
    """What became of an objection, for whoever has shown the code of its receipt. NotFound for an unknown one."""
    row = whole(models.Case.objects.filter(number=receipt[:21])).first()
    told = [fact.event for fact in facts(row.pk)] if row else []
    said = next((one for one in told if isinstance(one, ObjectionRecorded) and one.receipt == receipt), None)
    if row is None or said is None:
        raise NotFound("没有这个回执编号。请对照回执核对。")
    held = next((one for one in told if isinstance(one, ObjectionAnswered) and one.key == said.key), None)
    item = items.version(case_of(row).item_version)
    return Answered(
        item_name=row.item_name,
        organ_name=item.organ_name,
        contact=item.contacts.enquiry,
        said_on=said.on,
        objection=said.objection,
        on=held.on if held else None,
        answer=held.answer if held else None,
    )


def count_public_hearings(on: date) -> int:
    """How many hearings were announced or convened and not held yet."""
    return _to_be_held(on).count()


def public_hearings(on: date, *, skip: int = 0, most: int = 100) -> tuple[Convened, ...]:
    """Hearings announced or convened and not held yet, the soonest first: anybody may read and attend (§48(1)(二))."""
    rows = _to_be_held(on).order_by("public_until", "pk")[skip : skip + most]
    return tuple(_convened(case_of(row)) for row in whole(rows))


def _to_be_held(on: date) -> QuerySet[models.Case]:
    pending = {"until__isnull": False, "recorded__isnull": True}  # as ``Hearing.pending`` has it
    rows = models.Case.objects.alias(until=KT("value__hearing__until"), recorded=KT("value__hearing__recorded"))
    return rows.filter(public_until__gte=on, **pending)


def _convened(case: Case) -> Convened:
    held = case.hearing or Hearing()
    meeting = held.meeting
    return Convened(
        number=case.number,
        item_name=case.item_name,
        organ_name=items.version(case.item_version).organ_name,
        until=held.until,
        at=meeting.at if meeting else None,
        place=meeting.place if meeting else "",
        presider=meeting.presider_name if meeting else "",
    )


def _case(number: str) -> Case:
    row = whole(models.Case.objects.filter(number=number)).first()
    if row is None:
        raise NotFound(UNKNOWN)
    return case_of(row)
