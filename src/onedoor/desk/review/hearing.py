"""听证和利害关系人 on the case page: who is heard, what they said, how far a hearing is; what may be done next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.cases.queries import may
from onedoor.cases.rules import events as e
from onedoor.cases.rules.events import hearing as h
from onedoor.cases.rules.values import UNDECIDED, State
from onedoor.cases.rules.values.hearing import APPLICANT, Hearing
from onedoor.documents.rules import chinese_date, chinese_moment
from onedoor.kernel.actor import Act
from onedoor.kernel.workdays import add_workdays
from onedoor.ui.parts import Tag, Tone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from onedoor.cases.queries import CasePage
    from onedoor.kernel.actor import Actor
    from onedoor.kernel.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Seat:
    """One who is heard: name, why, what they answered, what they said."""

    name: str
    concern: str
    tag: Tag
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """All who are heard, and how far the hearing is; ``record``: what was said there."""

    seats: tuple[Seat, ...]
    steps: tuple[str, ...]
    record: str


def heard(page: CasePage) -> Heard | None:
    """The card for officers; None where nobody is named and no hearing is spoken of."""
    case, held = page.case, page.case.hearing
    statements = [f.event for f in page.facts if isinstance(f.event, h.StatementMade)]
    if not case.interested and held is None and not statements:
        return None
    concerns = {f.event.seat: f.event.concern for f in page.facts if isinstance(f.event, h.InterestedNamed)}
    names = {APPLICANT: case.applicant_name, **{seat: who.name for seat, who in case.interested.items()}}
    seats = tuple(
        Seat(
            name=name or _("（已删除）"),
            concern=_("申请人") if seat == APPLICANT else concerns.get(seat) or _("（已删除）"),
            tag=_tag(held, seat),
            said=tuple(one.statement or _("（已删除）") for one in statements if one.seat == seat),
        )
        for seat, name in names.items()
    )
    records = [f.event.record for f in page.facts if isinstance(f.event, e.HearingRecorded)]
    return Heard(seats, tuple(_progress(held)) if held else (), (records[-1] or "") if records else "")


def _tag(held: Hearing | None, seat: str) -> Tag:
    if held is None or seat not in held.rights:
        return Tag(_("没有告知听证"), Tone.NONE)
    if seat in held.asked:
        return Tag(_("要求听证"), Tone.TODO)
    if seat in held.waived:
        return Tag(_("放弃听证"), Tone.NONE)
    return Tag(_("%(last)s前可以要求听证") % {"last": chinese_date(held.rights[seat])}, Tone.WAIT)


def _progress(held: Hearing) -> Iterator[str]:
    if held.announced:
        yield _("%(day)s向社会公告举行听证。") % {"day": chinese_date(held.announced)}
    if held.until and not held.recorded:
        yield _("应当在%(day)s前举行，这段时间不计入办理期限；超过的照常计时。") % {"day": chinese_date(held.until)}
    if held.meeting:
        words = {"at": chinese_moment(held.meeting.at), "place": held.meeting.place, "who": held.meeting.presider_name}
        yield _("听证：%(at)s，%(place)s，主持人%(who)s。") % words
    if held.recorded:
        words = {"day": chinese_date(held.recorded), "number": held.record}
        yield _("%(day)s听证笔录签字（%(number)s）。决定应当根据笔录作出。") % words


def hearing_acts(page: CasePage, *, by: Actor) -> tuple[tuple[str, str], ...]:
    """The acts around being heard that this officer may do now: key and label."""
    case = page.case
    able = may(case, Act.SUSPEND, by=by) or may(case, Act.REVIEW, by=by)
    if case.state not in UNDECIDED or page.item.members or not able:
        return ()
    naming = (("name_interested", _("列明利害关系人")),)
    if case.state is not State.ACCEPTED or page.item.clock.hearing is None or not may(case, Act.SUSPEND, by=by):
        return naming
    return (*_of_hearing(case.hearing or Hearing(), seats=(APPLICANT, *case.interested)), *naming)


def _of_hearing(held: Hearing, *, seats: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if held.meeting and not held.recorded:
        yield "record_hearing", _("制作听证笔录")
    if held.pending:
        yield "convene_hearing", _("改期听证") if held.meeting else _("通知听证")
    if not held.recorded and not set(seats) <= held.rights.keys():
        yield "hearing_right", _("告知听证权利")
    if held.until is None:
        yield "announce_hearing", _("公告举行听证")


def span(page: CasePage, *, calendar: Calendar, on: date) -> tuple[date, date] | None:
    """The first and the last day on which a hearing may be held, told today."""
    held, limits = page.case.hearing, page.item.clock.hearing
    if held is None or held.until is None or limits is None:
        return None
    return max(add_workdays(on, limits.notice, calendar).date, on + timedelta(days=1)), held.until
