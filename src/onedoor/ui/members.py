"""一件事 in the words of the design system: how far each of its permits is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.cases.queries import asked_to_pay, parts_of
from onedoor.cases.rules.phases import PHASE_NAMES, Phase, phase_of
from onedoor.cases.rules.values import State, Verdict
from onedoor.documents.rules import chinese_moment
from onedoor.ui import cases
from onedoor.ui.parts import Tag, Tone

if TYPE_CHECKING:
    from onedoor.cases.queries import CasePage, Part
    from onedoor.cases.rules.values import JointVisit
    from onedoor.kernel.actor import Actor

TONES = {
    Phase.RECEIVED: Tone.WAIT,
    Phase.WAITING_FOR_YOU: Tone.TODO,
    Phase.WAITING_FOR_PAYMENT: Tone.TODO,
    Phase.IN_REVIEW: Tone.WAIT,
    Phase.MAKING: Tone.WAIT,
    Phase.GRANTED: Tone.GO,
    Phase.PARTLY: Tone.TODO,
    Phase.REFUSED: Tone.NONE,  # the words say it; red would alarm
    Phase.NOT_ACCEPTED: Tone.NONE,
    Phase.WITHDRAWN: Tone.NONE,
}


@dataclass(frozen=True, slots=True)
class CrewLine:
    """What one organ of a joint visit owes or has found. ``said`` is for officers."""

    member: str
    name: str
    tag: Tag
    officers: str
    said: str


@dataclass(frozen=True, slots=True)
class VisitBox:
    """联合踏勘: when and where, and each item that is looked at. ``over``: every organ has signed."""

    when: str
    place: str
    names: str
    over: bool
    lines: tuple[CrewLine, ...]


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One permit of a bundle: who decides it, how far it is, and what that means."""

    name: str
    organ: str
    tag: Tag
    note: str
    number: str


def visit_box(page: CasePage) -> VisitBox | None:
    """The last joint visit of a bundle's case; None where none was called."""
    visit = page.case.visit
    if visit is None:
        return None
    names = {member.key: member.name for member in page.item.members}
    return VisitBox(
        when=chinese_moment(visit.meets),
        place=visit.place or _("（已删除）"),
        names="、".join(names[member] for member in visit.together),
        over=not visit.waiting,
        lines=tuple(_crew_line(visit, member, names[member]) for member in visit.members),
    )


def _crew_line(visit: JointVisit, member: str, name: str) -> CrewLine:
    found = visit.signed.get(member)
    if found:
        passed = found.verdict is Verdict.PASSED
        tag = Tag(_("已签：符合"), Tone.GO) if passed else Tag(_("已签：不符合"), Tone.STOP)
        return CrewLine(member, name, tag, "、".join(found.officers), found.finding or _("（已删除）"))
    if member in visit.alone:
        why = visit.alone[member] or ""
        return CrewLine(member, name, Tag(_("不一起去"), Tone.NONE), "", why)
    crew = visit.crews.get(member, ())
    tag = Tag(_("等签记录"), Tone.WAIT) if crew else Tag(_("等报人员"), Tone.TODO)
    return CrewLine(member, name, tag, "、".join(crew), "")


def member_lines(page: CasePage, *, by: Actor) -> tuple[MemberLine, ...]:
    """一件事: each of its permits in plain words."""
    parts = parts_of(page, by=by)
    unpaid = asked_to_pay([part.number for part in parts if part.number], by=by) if parts else frozenset()
    return tuple(_member_line(page, part, unpaid=part.number in unpaid) for part in parts)


def _member_line(page: CasePage, part: Part, *, unpaid: bool) -> MemberLine:
    organ = cases.organ_name(page, part.organ)
    if part.refused:
        note = _("%(name)s没有批准，这一项不再开始办。您可以补齐条件后单独申请。") % {"name": part.refused}
        return MemberLine(part.name, organ, Tag(_("不再办理"), Tone.STOP), note, "")
    if part.state is None:
        after = "、".join(part.after)
        note = _("等%(after)s办好后自动开始，不用您再交材料。") % {"after": after} if after else ""
        return MemberLine(part.name, organ, Tag(_("还没开始")), note, "")
    now = Phase.WAITING_FOR_PAYMENT if unpaid else phase_of(part.state, part.outcome)
    due = part.due if part.state is State.ACCEPTED else None
    note = _("最迟%(month)s月%(day)s日办完。") % {"month": due.month, "day": due.day} if due else ""
    return MemberLine(part.name, organ, Tag(PHASE_NAMES[now], TONES[now]), note, part.number)
