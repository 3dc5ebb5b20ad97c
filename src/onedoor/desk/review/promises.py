"""容缺 and 告知承诺 on the case page: what is still to come, what a promise stands for, what was found of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.cases.queries import may, owing_of
from onedoor.cases.rules.values import Pledge
from onedoor.documents.rules import chinese_date
from onedoor.kernel.actor import Act, Actor
from onedoor.ui.parts import Tag, Tone

if TYPE_CHECKING:
    from datetime import date

    from onedoor.cases.queries import CasePage
    from onedoor.cases.rules.values import Case


@dataclass(frozen=True, slots=True)
class Promised:
    """One material of which something was promised."""

    key: str
    name: str
    told: str
    tag: Tag


def promised(page: CasePage) -> tuple[Promised, ...]:
    """Everything promised that has not come, in the order of the list; of a bundle member by member."""
    case = page.case
    if page.item.members:
        return _of_members(page)
    return tuple(
        Promised(material.key, material.name, *_state(case, material.key, material.pledge))
        for material in page.item.materials
        if material.key in case.promised
    )


def _of_members(page: CasePage) -> tuple[Promised, ...]:
    """What members wait for, each with its own day; what stands in the place of a proof is verified in their cases."""
    item, names = page.item, {member.key: member.name for member in page.item.members}
    found = []
    for one in owing_of(page):
        if one.asked:
            continue
        told, tag = (
            (_("承诺核查不实，等证明"), Tag(_("核查不实"), Tone.STOP)) if one.untrue else _later(one.due, one.late)
        )
        told = _("%(member)s：%(told)s") % {"member": names[one.member], "told": told} if one.member else told
        found.append(Promised(one.material, item.material(one.material).name, told, tag))
    instead = (key for key, kind in page.case.promised.items() if kind is Pledge.INSTEAD)
    told, tag = _("用承诺代替证明，由要这份材料的部门核查"), Tag(_("承诺代替"), Tone.WAIT)
    return (*found, *(Promised(key, item.material(key).name, told, tag) for key in instead))


def _state(case: Case, key: str, basis: str) -> tuple[str, Tag]:
    if case.promised[key] is Pledge.INSTEAD:
        told = _("用承诺代替证明，依据：%(basis)s") % {"basis": basis}
        held = case.verified.get(key)
        if held is None:
            return told, Tag(_("还没有核查"), Tone.WAIT)
        return told, Tag(_("核查属实"), Tone.GO) if held else Tag(_("核查不实"), Tone.STOP)
    return _later(case.owed.get(key), key in case.lapsed)


def _later(last: date | None, late: bool) -> tuple[str, Tag]:
    if last is None:
        return _("承诺后补，受理时定最迟哪天"), Tag(_("容缺后补"), Tone.WAIT)
    told = _("承诺后补，最迟%(day)s") % {"day": chinese_date(last)}
    return told, Tag(_("逾期没有交来"), Tone.STOP) if late else Tag(_("还没有交来"), Tone.TODO)


def receivable(page: CasePage, *, by: Actor) -> tuple[tuple[str, str], ...]:
    """What a window may take in now, on paper: key and name."""
    if not may(page.case, Act.RECEIVE, by=by):
        return ()
    waiting = {one.material for one in owing_of(page)}
    return tuple((material.key, material.name) for material in page.item.materials if material.key in waiting)


def verifiable(page: CasePage, *, by: Actor) -> tuple[tuple[str, str], ...]:
    """The promises that may be verified now: key and name of the proof."""
    case = page.case
    if page.item.members or not may(case, Act.REVIEW, by=by):
        return ()
    return tuple(
        (material.key, material.name)
        for material in page.item.materials
        if case.promised.get(material.key) is Pledge.INSTEAD and material.key not in case.verified
    )
