"""容缺 and 告知承诺 on the case page: what is still to come, what a promise stands for, what was found of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.cases.queries import may
from onedoor.cases.rules.promising import awaited
from onedoor.cases.rules.values import Pledge
from onedoor.documents.rules import chinese_date
from onedoor.kernel.actor import Act, Actor
from onedoor.ui.parts import Tag, Tone

if TYPE_CHECKING:
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
    """Everything promised that has not come, in the order of the list."""
    case = page.case
    return tuple(
        Promised(material.key, material.name, *_state(case, material.key, material.pledge))
        for material in page.item.materials
        if material.key in case.promised
    )


def _state(case: Case, key: str, basis: str) -> tuple[str, Tag]:
    if case.promised[key] is Pledge.INSTEAD:
        told = _("用承诺代替证明，依据：%(basis)s") % {"basis": basis}
        held = case.verified.get(key)
        if held is None:
            return told, Tag(_("还没有核查"), Tone.WAIT)
        return told, Tag(_("核查属实"), Tone.GO) if held else Tag(_("核查不实"), Tone.STOP)
    last = case.owed.get(key)
    if last is None:
        return _("承诺后补，受理时定最迟哪天"), Tag(_("容缺后补"), Tone.WAIT)
    told = _("承诺后补，最迟%(day)s") % {"day": chinese_date(last)}
    return told, Tag(_("逾期没有交来"), Tone.STOP) if key in case.lapsed else Tag(_("还没有交来"), Tone.TODO)


def receivable(page: CasePage, *, by: Actor) -> tuple[tuple[str, str], ...]:
    """What a window may take in now, on paper: key and name."""
    if not may(page.case, Act.RECEIVE, by=by):
        return ()
    waiting = awaited(page.case)
    return tuple((material.key, material.name) for material in page.item.materials if material.key in waiting)


def verifiable(page: CasePage, *, by: Actor) -> tuple[tuple[str, str], ...]:
    """The promises that may be verified now: key and name of the proof."""
    case = page.case
    if not may(case, Act.REVIEW, by=by):
        return ()
    return tuple(
        (material.key, material.name)
        for material in page.item.materials
        if case.promised.get(material.key) is Pledge.INSTEAD and material.key not in case.verified
    )
