"""一件事 in the words of the design system: how far each of its permits is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.cases.queries import parts_of
from onedoor.cases.rules.phases import PHASE_NAMES, Phase, phase_of
from onedoor.cases.rules.values import State
from onedoor.ui import cases
from onedoor.ui.parts import Tag, Tone

if TYPE_CHECKING:
    from onedoor.cases.queries import CasePage, Part
    from onedoor.kernel.actor import Actor

TONES = {
    Phase.RECEIVED: Tone.WAIT,
    Phase.WAITING_FOR_YOU: Tone.TODO,
    Phase.IN_REVIEW: Tone.WAIT,
    Phase.MAKING: Tone.WAIT,
    Phase.GRANTED: Tone.GO,
    Phase.PARTLY: Tone.TODO,
    Phase.REFUSED: Tone.STOP,
    Phase.NOT_ACCEPTED: Tone.STOP,
    Phase.WITHDRAWN: Tone.NONE,
}


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One permit of a bundle: who decides it, how far it is, and what that means."""

    name: str
    organ: str
    tag: Tag
    note: str
    number: str


def member_lines(page: CasePage, *, by: Actor) -> tuple[MemberLine, ...]:
    """一件事: each of its permits in plain words."""
    return tuple(_member_line(page, part) for part in parts_of(page, by=by))


def _member_line(page: CasePage, part: Part) -> MemberLine:
    organ = cases.organ_name(page, part.organ)
    if part.refused:
        note = _("%(name)s没有批准，这一项不再开始办。您可以补齐条件后单独申请。") % {"name": part.refused}
        return MemberLine(part.name, organ, Tag(_("不再办理"), Tone.STOP), note, "")
    if part.state is None:
        after = "、".join(part.after)
        note = _("等%(after)s办好后自动开始，不用您再交材料。") % {"after": after} if after else ""
        return MemberLine(part.name, organ, Tag(_("还没开始")), note, "")
    now = phase_of(part.state, part.outcome)
    due = part.due if part.state is State.ACCEPTED else None
    note = _("%(month)s月%(day)s日前办完。") % {"month": due.month, "day": due.day} if due else ""
    return MemberLine(part.name, organ, Tag(PHASE_NAMES[now], TONES[now]), note, part.number)
