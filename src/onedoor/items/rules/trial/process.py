"""The review as one application goes through it: does it end in the decision, and does it fit the time there is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter

from onedoor.items.rules.lint.limits import LONGEST
from onedoor.kernel.clock import Limit, Unit
from onedoor.kernel.plan import Step, StepKind, downstream, ready
from onedoor.kernel.workdays import Calendar, add_days, add_months, add_workdays

_ADD = {Unit.WORKDAY: add_workdays, Unit.DAY: add_days, Unit.MONTH: add_months}


def why_no_end(steps: Sequence[Step]) -> tuple[str, str]:
    """The key of the step at which the review does not come to its end, and why; two empty texts where it does."""
    done: set[str] = set()
    while begun := ready(steps, done):
        done |= {step.key for step in begun}
    waiting = [step for step in steps if step.key not in done]
    names = {step.key: step.name for step in steps}
    if waiting:
        told = "、".join(f"“{s.name}”等“{'”“'.join(names[k] for k in s.after if k in names)}”" for s in waiting)
        return waiting[0].key, f"这些环节互相等待，永远不能开始：{told}"
    decisions = [step for step in steps if step.decides]
    if any(step.kind is StepKind.CHILD for step in steps):  # each of them ends in its own decision
        return "", ""
    if not decisions:
        return "", "走完全部环节也没有人作决定"
    if len(decisions) > 1:
        return decisions[1].key, f"有{len(decisions)}个决定环节，不知道哪一个算数"
    after = [step for step in steps if decisions[0].key not in downstream(steps, step.key)]
    if after:
        return after[0].key, f"决定作出时，环节“{after[0].name}”可能还没有办完：决定不等它的结果"
    return "", ""


def longest(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The chain of steps whose work takes the longest (关键路径), counted in days."""
    chains: dict[str, tuple[Step, ...]] = {}
    while begun := ready(steps, chains):
        for step in begun:
            before = max((chains[key] for key in step.after if key in chains), key=_days, default=())
            chains[step.key] = (*before, step)
    return max(chains.values(), key=_days, default=())


def _days(chain: Sequence[Step]) -> float:
    """Roughly, to compare chains in different units."""
    each = {Unit.WORKDAY: 1.4, Unit.DAY: 1.0, Unit.MONTH: 30.0}
    return sum(each[step.work.unit] * step.work.number for step in chain if step.work)


def fits(limits: Sequence[Limit], whole: Limit, calendar: Calendar, *, early: bool = False) -> bool:
    """Whether these limits, one after the other, end within a whole; ``early``: before its last day.

    In one unit they are added up; in several they are tried from the first working day of each month of the calendar.
    """
    spare = 1 if early else 0
    if all(limit.unit is whole.unit for limit in limits):
        return sum(limit.number for limit in limits) + spare <= whole.number
    spans = [(unit, sum(limit.number for limit in run)) for unit, run in groupby(limits, key=attrgetter("unit"))]
    years = range(calendar.first_year, calendar.last_year + 1)
    eves = (date(year, month, 1) - timedelta(days=1) for year in years for month in range(1, 13))
    starts = [add_workdays(eve, 1, calendar).date for eve in eves]
    ends = ((_end(spans, start, calendar), _end([(whole.unit, whole.number)], start, calendar)) for start in starts)
    return all(own.toordinal() + spare <= most.toordinal() for own, most in ends)


def _end(spans: Sequence[tuple[Unit, int]], start: date, calendar: Calendar) -> date:
    for unit, number in spans:
        start = _ADD[unit](start, min(number, LONGEST), calendar).date
    return start
