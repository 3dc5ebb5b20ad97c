"""为什么分给我: whose the open tasks of this case are, in one sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.cases import queries
from onedoor.cases.rules.dispatching import Reason

if TYPE_CHECKING:
    from onedoor.cases.queries import CasePage, Dispatched
    from onedoor.kernel.actor import Actor

REASONS = {
    Reason.ONLY: gettext_lazy("今天能办这一步的只有一位"),
    Reason.AGAIN: gettext_lazy("退回以前就是这位办的"),
    Reason.LEAST: gettext_lazy("今天能办的 %(of)s 位里手上的件最少（%(load)s 件）"),
    Reason.TURN: gettext_lazy("今天能办的 %(of)s 位里手上的件最少（%(load)s 件，一样多的按顺序轮）"),
    Reason.SEPARATE: gettext_lazy("没有办过这件的别的环节"),
    Reason.MERGED: gettext_lazy("人手少，办过别的环节也由这位兼办，会标记“一人兼任”"),
    Reason.COVER: gettext_lazy("替离岗的同事顶岗"),
}


def dispatched_words(page: CasePage, *, by: Actor) -> tuple[str, ...]:
    """One sentence for each task: to whom it went because of what."""
    return tuple(_sentence(one, by) for one in queries.dispatched(page.case.id))


def _sentence(one: Dispatched, by: Actor) -> str:
    if not one.to:
        said = {"task": one.name, "told": one.told}
        return _("“%(task)s”今天没有人能办，已经告诉 %(told)s 位负责人或者督查，期限照常计算。") % said
    why = "；".join(str(REASONS[reason]) % {"of": one.of, "load": one.load} for reason in one.reasons)
    who = _("您") if one.to == by.ref else one.to_name
    return _("“%(task)s”分给%(who)s，因为：%(why)s。") % {"task": one.name, "who": who, "why": why}
