"""下一步: after an act, who owes what next and by when, in words for whoever has just acted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.cases import queries
from onedoor.cases.rules.clocks import CLOCK_NAMES
from onedoor.cases.rules.values import State
from onedoor.desk.inbox.asking import organ_name
from onedoor.ui import dates

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django_stubs_ext import StrOrPromise

    from onedoor.cases.queries import CasePage
    from onedoor.cases.rules.tasks import Task
    from onedoor.kernel.actor import Actor

NAMED: Final = 3  # people; more are counted
NOTHING_OWED: Final[Mapping[State, StrOrPromise]] = {
    State.SUPPLEMENT: gettext_lazy("下一步：等申请人补正，这段时间不计入办理期限。补来以后会回到待办。"),
    State.DECIDED: gettext_lazy("下一步：系统制作决定书和证照，做好就办结，不用您再办。"),
    State.CLOSED: gettext_lazy("这件已经办完，没有下一步。"),
}


def next_words(page: CasePage, *, by: Actor, on: date) -> tuple[str, ...]:
    """One sentence for each thing owed now; where nothing is owed, what is waited for."""
    case = page.case
    if not page.tasks:
        return (str(NOTHING_OWED[case.state]),) if case.state in NOTHING_OWED else ()
    told = [_task(page, task, by=by, on=on) for task in page.tasks]
    if case.stopped:
        end = dates.day(case.stopped.notified_end)
        late = _("特别程序告知申请人%(end)s结束，已经超过，现在计时。请结束它，或者另行书面告知。") % {"end": end}
        running = _("现在是特别程序，不计时，告知申请人%(end)s结束。") % {"end": end}
        told.insert(0, running if on <= case.stopped.notified_end else late)
    return tuple(told)


def _task(page: CasePage, task: Task, *, by: Actor, on: date) -> str:
    able, holder = queries.receivers(page.case, task, on=on), page.case.holders.get(task.key, "")
    if holder == by.ref or (not holder and by.ref in {one.ref for one in able}):
        who = _("您")
    else:
        names = [queries.name_of(holder)] if holder else [one.name for one in able]
        who = f"{organ_name(task.organ)}{_named(names)}"
    said = {"who": who, "name": task.name, "day": dates.day(task.due) if task.due else ""}
    if task.due is None:
        return _("下一步：%(who)s办“%(name)s”，没有期限。") % said
    said["limit"] = str(CLOCK_NAMES[task.clock]) if task.clock else ""
    return _("下一步：%(who)s办“%(name)s”，最迟%(day)s（%(limit)s）。") % said


def _named(names: list[str]) -> str:
    if not names:
        return _("（还没有人在岗，请告诉负责人）")
    if len(names) > NAMED:
        return _("（%(some)s等 %(number)s 人）") % {"some": "、".join(names[:NAMED]), "number": len(names)}
    return f"（{'、'.join(names)}）"
