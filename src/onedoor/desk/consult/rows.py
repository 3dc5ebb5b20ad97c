"""A question as a row of the list: red, yellow, green, always with its word and number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.areas import queries as areas
from onedoor.desk.inbox.rows import how_urgent
from onedoor.hotline.rules import STATE_NAMES
from onedoor.orgs import queries as orgs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from onedoor.hotline.rules import Question

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Line:
    """What one row shows."""

    number: str
    title: str
    about: str
    tone: str
    left: str
    due: date


def lines(questions: Iterable[Question], *, today: date) -> tuple[Line, ...]:
    """The rows, as they are shown."""
    return tuple(_line(each, today) for each in questions)


def _line(question: Question, today: date) -> Line:
    tone, left = how_urgent(question.turn.due, today, areas.calendar(question.area))
    if not question.open:
        tone, left = "none", _("已评价") if question.rating else STATE_NAMES[question.state]
    text = question.turn.text or _("（已删除）")
    organ = orgs.organ(question.organ).short_name if question.organ else _("待派发")
    about = [
        question.item_name or _("一般咨询"),
        areas.path(question.area),
        organ,
        _("追问") if len(question.turns) > 1 else "",
    ]
    return Line(
        number=question.number,
        title=text[:LONGEST] + ("…" if len(text) > LONGEST else ""),
        about=" · ".join(filter(None, about)),
        tone=tone,
        left=left,
        due=question.turn.due,
    )
