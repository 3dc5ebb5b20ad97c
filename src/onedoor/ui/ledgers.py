"""时限台账 in words: each limit of a case, the stretches that count and those that do not, and every single day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.areas import queries as areas
from onedoor.cases.rules.clocks import CLOCK_NAMES, ClockKind
from onedoor.cases.rules.ledgers import WAITING, ledgers
from onedoor.kernel.clock import account, due, intervals, overdue
from onedoor.kernel.workdays import workdays_between
from onedoor.ui.cases import UNITS

if TYPE_CHECKING:
    from datetime import date

    from onedoor.cases.queries import CasePage
    from onedoor.cases.rules.ledgers import Ledger
    from onedoor.kernel.clock import Clock, Day
    from onedoor.kernel.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days of a limit, first to last: how many of its days they are, whether they count, and the ground."""

    first: date
    last: date
    days: str
    counts: bool
    why: str


@dataclass(frozen=True, slots=True)
class Account:
    """One limit: what it is and why, its stretches, every day of it, the days by which it is exceeded, and the sum."""

    name: str
    started: date
    end: str
    basis: str
    late: bool
    running: bool
    stretches: tuple[Stretch, ...]
    days: tuple[Day, ...]
    over: tuple[Day, ...]
    total: str


def accounts(page: CasePage, *, on: date) -> tuple[Account, ...]:
    """Every limit of the case, those that run first: why this is its last day, and how far it is exceeded."""
    calendar = areas.calendar(page.case.area)
    names = {step.key: step.name for step in page.item.plan.steps}
    found = [_account(each, names.get(each.step, ""), calendar, on=on) for each in ledgers(page.facts, page.item)]
    return tuple(sorted(found, key=lambda each: not each.running))


def _account(ledger: Ledger, step: str, calendar: Calendar, *, on: date) -> Account:
    name = _("%(limit)s：%(step)s") % {"limit": CLOCK_NAMES[ledger.kind], "step": step} if step else ""
    name = name or CLOCK_NAMES[ledger.kind]
    until = ledger.ended or on
    if ledger.clock is None:
        return _waiting(ledger, name, calendar, until=until)
    clock, end = ledger.clock, due(ledger.clock, calendar)
    days, over = tuple(account(clock, calendar)), tuple(overdue(clock, until, calendar))
    shown = _("%(year)s年%(month)s月%(day)s日") % {"year": end.date.year, "month": end.date.month, "day": end.date.day}
    return Account(
        name,
        ledger.started,
        shown + (_("（暂定：该年放假安排尚未公布）") if end.provisional else ""),
        clock.limit.basis or (_("办理流程规定的环节时限") if ledger.kind is ClockKind.STEP else ""),
        bool(over),
        ledger.ended is None,
        _stretches(clock, calendar),
        days,
        over,
        _total(ledger, clock, calendar, over=over),
    )


def _waiting(ledger: Ledger, name: str, calendar: Calendar, *, until: date) -> Account:
    """Waiting for the applicant: no limit, and none of the case's limits runs."""
    days = _("%(n)s 个工作日") % {"n": workdays_between(ledger.started, until, calendar).days}
    why = _("等申请人补正，受理以前不计办理期限（%(article)s）") % {"article": WAITING}
    stretch = Stretch(ledger.started, until, days, counts=False, why=why)
    return Account(
        name, ledger.started, "", str(WAITING), late=False, running=ledger.ended is None,
        stretches=(stretch,), days=(), over=(), total=_("等待 %(days)s，不计入期限") % {"days": days},
    )  # fmt: skip


def _stretches(clock: Clock, calendar: Calendar) -> tuple[Stretch, ...]:
    unit = UNITS[clock.limit.unit]
    found = []
    for each in intervals(clock, calendar):
        why = ""
        if stop := each.exclusion:
            why = _("%(ground)s，依法不计入") % {"ground": stop.name}
            why += _("（%(article)s）") % {"article": stop.article} if stop.article else ""
        days = _("%(n)s %(unit)s") % {"n": each.days, "unit": unit}
        found.append(Stretch(each.first, each.last, days, counts=each.exclusion is None, why=why))
    return tuple(found)


def _total(ledger: Ledger, clock: Clock, calendar: Calendar, *, over: tuple[Day, ...]) -> str:
    unit = UNITS[clock.limit.unit]
    parts = [_("期限 %(limit)s") % {"limit": clock.limit}]
    if clock.added:
        parts.append(_("延长 %(n)s %(unit)s") % {"n": clock.added, "unit": unit})
    if excluded := sum(each.days for each in intervals(clock, calendar) if each.exclusion):
        parts.append(_("依法不计入 %(n)s %(unit)s") % {"n": excluded, "unit": unit})
    used = sum(e.days for e in intervals(clock, calendar, until=ledger.ended) if not e.exclusion)
    if over:
        late = max((day.count for day in over if day.count), default=1)
        parts.append(_("超期 %(n)s %(unit)s") % {"n": late, "unit": unit})
    elif ledger.ended:
        parts.append(_("实际用 %(n)s %(unit)s") % {"n": used, "unit": unit})
    return "；".join(parts)
