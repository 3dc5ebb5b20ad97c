"""办件提醒: which tasks and limits of a case are yellow or red, so that somebody is told once for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from onedoor.cases.rules.clocks import CLOCK_NAMES, Alarm, ClockKind, clocks, level, profile_of
from onedoor.cases.rules.paying import asked_of
from onedoor.cases.rules.tasks import Task, tasks
from onedoor.cases.rules.values import Case, State
from onedoor.documents.rules import yuan
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.actor import Act
from onedoor.kernel.clock import due
from onedoor.kernel.workdays import Calendar

LATE_ABOVE: Final = "told:upper"


@dataclass(frozen=True, slots=True)
class Alarmed:
    """One task, or one limit of the whole case (``act`` None), that is yellow or red.

    A task concerns whoever may do it, or its holder by name; a limit of the case concerns 首席代表. The due day is
    part of what it is: after an extension the same limit warns anew. ``what``: the words for it.
    """

    key: str
    what: str
    organ: str
    clock: ClockKind | None
    due: date
    level: Alarm
    act: Act | None = None
    holder: str = ""
    template: str = ""  # the message, where it is not the one of its level


def alarmed(case: Case, item: ItemVersion, *, calendar: Calendar, on: date) -> tuple[Alarmed, ...]:
    """Everything of this case that is yellow or red on a day: tasks first, then the limits of the case.

    Once the upper level is late the applicant is told too: nobody here can end it for them. Of what is to be paid the
    applicant is told before its day, and officers after it.
    """
    unpaid = asked_of(case)
    owed = [task for task in tasks(case, item, calendar) if task.key not in unpaid]
    found = [_owed(case, task, level(task.due, on=on, calendar=calendar)) for task in owed if task.due]
    for kind, clock in clocks(case, profile_of(case, item)).items():
        end = due(clock, calendar).date
        colour = level(end, on=on, calendar=calendar)
        found.append(Alarmed(f"clock:{kind}", CLOCK_NAMES[kind], case.organ, kind, end, colour))
        if case.above and kind is ClockKind.UPPER and colour is Alarm.RED:
            late, to = case.above.organ, case.applicant
            found.append(Alarmed(LATE_ABOVE, late, case.organ, kind, end, colour, holder=to, template="upper_late"))
    found += _promised(case, item, calendar=calendar, on=on)
    found += [one for key in unpaid for one in _unpaid(case, item, key, on=on, calendar=calendar)]
    return tuple(each for each in found if each.level is not Alarm.GREEN)


def _promised(case: Case, item: ItemVersion, *, calendar: Calendar, on: date) -> list[Alarmed]:
    """容缺: whoever promised is reminded before the day; once it has passed, whoever decides."""
    found = []
    for key, last in case.owed.items() if case.state is State.ACCEPTED else ():
        name, colour = item.material(key).name, level(last, on=on, calendar=calendar)
        if colour is Alarm.RED:
            found.append(Alarmed(f"owed:{key}", f"{name}（容缺后补）", case.organ, None, last, colour, Act.DECIDE))
        else:
            to = case.applicant
            found.append(Alarmed(f"owed:{key}", name, case.organ, None, last, colour, holder=to, template="owed_soon"))
    return found


def _unpaid(case: Case, item: ItemVersion, key: str, *, on: date, calendar: Calendar) -> Iterator[Alarmed]:
    """The applicant is told before the last day, and after it, beside an officer, that it may still be paid."""
    held, organ = case.payments[key], case.owners[key]
    colour = level(held.until, on=on, calendar=calendar)
    if colour is Alarm.RED:
        what = f"期满未缴费：{item.plan.step(key).name}"
        yield Alarmed(f"payment:{key}", what, organ, None, held.until, colour, Act.REVIEW)
    template = "payment_late" if colour is Alarm.RED else "payment_soon"
    to, what = case.applicant, yuan(held.cents)
    yield Alarmed(f"pay:{key}", what, organ, None, held.until, colour, holder=to, template=template)


def _owed(case: Case, task: Task, colour: Alarm) -> Alarmed:
    if task.due is None:
        raise ValueError("a task without a due day has no colour")
    what = f"{task.name}（{CLOCK_NAMES[task.clock]}）" if task.clock else task.name
    holder = case.holders.get(task.key, "")
    return Alarmed(f"task:{task.key}", what, task.organ, task.clock, task.due, colour, task.act, holder)
