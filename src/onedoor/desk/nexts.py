"""轮到谁: who owes what next on a case, by when and why they, in words for the officer who looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.cases import queries
from onedoor.cases.rules.clocks import CLOCK_NAMES
from onedoor.cases.rules.dispatching import Reason
from onedoor.cases.rules.values import State
from onedoor.desk.inbox.asking import organ_name
from onedoor.ui import dates

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from django_stubs_ext import StrOrPromise

    from onedoor.cases.queries import CasePage, Dispatched
    from onedoor.cases.rules.tasks import Task
    from onedoor.kernel.actor import Actor

NAMED: Final = 3  # people; more are counted
NOTHING_OWED: Final[Mapping[State, StrOrPromise]] = {
    State.SUPPLEMENT: gettext_lazy("等申请人补正，这段时间不计入办理期限。补来以后会回到待办。"),
    State.DECIDED: gettext_lazy("系统制作决定书和证照，做好就办结，不用您再办。"),
    State.CLOSED: gettext_lazy("这件已经办完，没有下一步。"),
}
SOON: Final = gettext_lazy("还没有分给谁，系统马上会分给手上件最少的一位。")
REASONS: Final[Mapping[Reason, StrOrPromise]] = {
    Reason.ONLY: gettext_lazy("今天能办这一步的只有一位"),
    Reason.AGAIN: gettext_lazy("退回以前就是这位办的"),
    Reason.LEAST: gettext_lazy("今天能办的 %(of)s 位里手上的件最少（%(load)s 件）"),
    Reason.TURN: gettext_lazy("今天能办的 %(of)s 位里手上的件最少（%(load)s 件，一样多的按顺序轮）"),
    Reason.SEPARATE: gettext_lazy("前面要同这一步分开的环节不是这位办的"),
    Reason.MERGED: gettext_lazy("人手少，前面要分开的环节也是这位办的，会标记“一人兼任”"),
    Reason.COVER: gettext_lazy("替离岗的同事顶岗"),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose one thing is that is owed now, or what is waited for."""

    words: str
    why: str = ""
    task: str = ""
    mine: bool = False  # this officer's by name
    colleague: bool = False  # another's by name
    elsewhere: bool = False  # nothing that this officer may do


def turns(page: CasePage, *, by: Actor, on: date, kept: Collection[str] = ()) -> tuple[Turn, ...]:
    """One for each thing owed now; where nothing is owed, what is waited for. ``kept``: tasks that this officer's
    posts cover and that are left to colleagues all the same (职责分离).
    """
    case = page.case
    if not page.tasks:
        return (Turn(str(NOTHING_OWED[case.state])),) if case.state in NOTHING_OWED else ()
    sent = {one.task: one for one in queries.dispatched(case.id)}
    told = [_turn(page, task, sent.get(task.key), by=by, on=on, kept=kept) for task in page.tasks]
    if case.stopped:
        end = dates.day(case.stopped.notified_end)
        late = _("特别程序告知申请人%(end)s结束，已经超过，现在计时。请结束它，或者另行书面告知。") % {"end": end}
        running = _("现在是特别程序，不计时，告知申请人%(end)s结束。") % {"end": end}
        told.insert(0, Turn(running if on <= case.stopped.notified_end else late))
    return tuple(told)


def _turn(page: CasePage, task: Task, sent: Dispatched | None, *, by: Actor, on: date, kept: Collection[str]) -> Turn:
    holder = page.case.holders.get(task.key, "")
    whose = holder or (sent.to if sent else "")
    may = task.key not in kept and queries.may(page.case, task.act, by=by, owner=task.key)
    if whose == by.ref:
        words = _("轮到您办“%(name)s”%(until)s。")
    elif whose and may:
        words = _("轮到%(who)s办“%(name)s”%(until)s。这位同事办不了的时候，您也可以办。")
    elif may:
        words = _("您可以办“%(name)s”%(until)s。")
    else:
        words = _("等%(who)s办“%(name)s”%(until)s，不用您办。")
    name = queries.name_of(holder) if holder else sent.to_name if sent else ""
    names = [name] if name else [one.name for one in queries.receivers(page.case, task, on=on)]
    said = {"who": f"{organ_name(task.organ)}{_named(names)}", "name": task.name, "until": _until(task)}
    why = "" if holder else _why(sent, by, may=may)
    mine, theirs = whose == by.ref, bool(whose) and whose != by.ref
    return Turn(words % said, why, task.key, mine=mine, colleague=theirs, elsewhere=not mine and not may)


def _named(names: list[str]) -> str:
    if not names:
        return _("（还没有人在岗，请告诉负责人）")
    if len(names) > NAMED:
        return _("（%(some)s等 %(number)s 人）") % {"some": "、".join(names[:NAMED]), "number": len(names)}
    return f"（{'、'.join(names)}）"


def _until(task: Task) -> str:
    if task.due is None:
        return _("，没有期限")
    limit = str(CLOCK_NAMES[task.clock]) if task.clock else ""
    return _("，最迟%(day)s（%(limit)s）") % {"day": dates.day(task.due), "limit": limit}


def _why(sent: Dispatched | None, by: Actor, *, may: bool) -> str:
    """为什么分给这位; who was told where nobody can do it."""
    if sent is None:
        return str(SOON) if may else ""
    if not sent.to:
        return _("今天没有人能办，已经告诉 %(told)s 位负责人或者督查，期限照常计算。") % {"told": sent.told}
    why = "；".join(str(REASONS[reason]) % {"of": sent.of, "load": sent.load} for reason in sent.reasons)
    who = _("您") if sent.to == by.ref else sent.to_name
    return _("系统分给%(who)s，因为：%(why)s。") % {"who": who, "why": why}
