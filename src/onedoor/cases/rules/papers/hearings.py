"""What the documents of a hearing say, and how a decision cites its record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from onedoor.cases.rules import events as e
from onedoor.cases.rules.numbering import Paper
from onedoor.cases.rules.papers.citing import in_words
from onedoor.cases.rules.papers.issued import Issued
from onedoor.cases.rules.papers.noting import ERASED
from onedoor.cases.rules.papers.writing import Matter, as_kind, head_of
from onedoor.cases.rules.values.hearing import APPLICANT, Meeting
from onedoor.documents import rules as documents
from onedoor.kernel.law import Article, law

PERMIT_LAW = "行政许可法"


@law(PERMIT_LAW, 47)
def _right(matter: Matter, one: Issued) -> documents.Document:
    event, case = as_kind(e.HearingRightTold, one.fact), matter.case
    limits = matter.item.clock.hearing
    others = tuple(case.interested[seat].name or ERASED for seat in event.seats if seat != APPLICANT)
    head = head_of(matter, one)
    if APPLICANT not in event.seats:
        head, others = replace(head, addressee="、".join(others), agent=""), ()
    return documents.HearingRightNotice(
        head=head,
        reason=event.reason or ERASED,
        within=f"{limits.ask}个工作日" if limits else "规定期限",
        last=event.last,
        basis=(in_words(str(event.article)),),
        others=others,
    )


@law(PERMIT_LAW, 46)
def _announcement(matter: Matter, one: Issued) -> documents.Document:
    event = as_kind(e.HearingAnnounced, one.fact)
    return documents.HearingAnnouncement(
        head=head_of(matter, one),
        reason=event.reason or ERASED,
        until=event.until,
        basis=(in_words(str(event.article)),),
    )


@law(PERMIT_LAW, "47(2)", "48(1).1")
def _notice(matter: Matter, one: Issued) -> documents.Document:
    event, case = as_kind(e.HearingConvened, one.fact), matter.case
    names = [who.name or ERASED for who in case.interested.values()]
    head = head_of(matter, one)
    return documents.HearingNotice(
        head=replace(head, addressee="、".join([head.addressee, *names])),
        held_at=event.at,
        place=event.place,
        presider=event.presider_name,
        basis=(in_words(str(Article(PERMIT_LAW, "48(1).1"))),),
    )


@law(PERMIT_LAW, "48(1).5", "48(2)")
def _record(matter: Matter, one: Issued) -> documents.Document:
    event = as_kind(e.HearingRecorded, one.fact)
    meeting = matter.case.hearing.meeting if matter.case.hearing else None
    held = meeting or Meeting(one.fact.at, "", "", "")
    return documents.HearingRecordSheet(
        head=head_of(matter, one),
        held_at=held.at,
        place=held.place,
        presider=held.presider_name,
        recorder=event.officer,
        attended=event.attended or ERASED,
        record=tuple(line for line in (event.record or ERASED).splitlines() if line.strip()),
        basis=(in_words(str(Article(PERMIT_LAW, "48(1).5"))),),
    )


WRITERS: dict[Paper, Callable[[Matter, Issued], documents.Document]] = {
    Paper.HEARING_RIGHT: _right,
    Paper.HEARING_ANNOUNCEMENT: _announcement,
    Paper.HEARING_NOTICE: _notice,
    Paper.HEARING_RECORD: _record,
}
