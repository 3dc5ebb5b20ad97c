"""追加请求 on the case page: what was asked for too late and has not come, and who may ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.cases.rules.events import OverlookedAsked
from onedoor.cases.rules.overlooked import askable, leads
from onedoor.desk.review.joint import Ask
from onedoor.ui.parts import Tag, Tone

if TYPE_CHECKING:
    from django.http import QueryDict

    from onedoor.cases.queries import CasePage
    from onedoor.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Row:
    """One material that was asked for too late and has not come: what would help, and whether the applicant said no."""

    name: str
    words: str
    tag: Tag


@dataclass(frozen=True, slots=True)
class Late:
    """All of them, with the last reason why it came only then."""

    rows: tuple[Row, ...]
    reason: str


def overlooked(page: CasePage) -> Late | None:
    """What was asked for too late and has not come; None where nothing was."""
    if not page.case.overlooked:
        return None
    waits, said_no = Tag(_("可补可不补"), Tone.WAIT), Tag(_("答复不补"), Tone.GO)
    rows = tuple(
        Row(page.item.material(key).name, one.words, said_no if one.declined else waits)
        for key, one in page.case.overlooked.items()
    )
    told = [fact.event.reason for fact in page.facts if isinstance(fact.event, OverlookedAsked)]
    return Late(rows, told[-1] or _("（已删除）"))


def may_ask(page: CasePage, *, by: Actor) -> bool:
    """Whether this officer leads the organ and there is anything to ask for."""
    return leads(page.case, by) and not page.case.above and bool(askable(page.case, page.item))


def asks(page: CasePage, given: QueryDict) -> list[Ask]:
    """Each material that may be asked for, with what was typed."""
    known = askable(page.case, page.item)
    return [
        Ask(material.key, material.name, given.get(f"fault.{material.key}", ""), f"ask.{material.key}" in given)
        for material in page.item.materials
        if material.key in known
    ]
