"""承诺时限 against 法定时限, in the same unit or in different ones, over every day on which they may begin."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from onedoor.items.rules.facts import is_shorter
from onedoor.items.rules.lint.findings import Remark, Severity, rule
from onedoor.items.rules.lint.tables import Lists
from onedoor.items.rules.values import Item
from onedoor.kernel.clock import Limit, StartEvent, Unit
from onedoor.kernel.law import law
from onedoor.kernel.workdays import Calendar, add_months

_ORDER = [StartEvent.RECEIVED, StartEvent.COMPLETE, StartEvent.ACCEPTED, StartEvent.DECIDED]
LONGEST = 400  # days; beyond that the units are compared no more


@law("行政许可法", 42)
@rule(
    "time.promised_within_legal",
    "承诺时限不超过法定时限",
    basis="行政许可法第四十二条；承诺只能缩短法定时限",
    remedy="改短承诺时限，或者使用与法定时限相同的单位和起算点",
)
def promised_within_legal(item: Item, lists: Lists) -> Iterator[Remark]:
    """承诺时限 ≤ 法定时限 on the worst day of the calendar; a promise does not start later than the law's limit."""
    promised, legal = item.clock.promised, item.clock.legal
    if legal is None:
        return
    if promised.unit is legal.unit:
        if promised.number > legal.number:
            yield Remark(("clock", "promised", "number"), f"承诺时限 {promised} 超过法定时限 {legal}，请改短")
    elif worst := too_long(promised, legal, lists.calendar):
        start, own, most = worst
        message = f"承诺时限 {promised} 可能超过法定时限 {legal}：{start} 起算的，承诺到 {own}，法定到 {most}"
        yield Remark(("clock", "promised"), message, basis=f"行政许可法第四十二条；{lists.basis['calendar']}")
    if _ORDER.index(promised.start) > _ORDER.index(legal.start):
        yield Remark(("clock", "promised", "start"), "承诺时限的起算点晚于法定时限，请改为相同的起算点")


@law("行政许可法", 42)
@rule(
    "time.shorter_within_promised",
    "分情形承诺的时限比一般承诺短",
    basis="行政许可法第四十二条；承诺只能缩短期限",
    remedy="改短这个情形的时限，使用与承诺时限相同的单位和起算点，或者删去这一条",
)
def shorter_within_promised(item: Item, lists: Lists) -> Iterator[Remark]:
    """What is promised in one situation is never longer than what is promised everybody; as long says nothing."""
    general = item.clock.promised
    for index, row in enumerate(item.shorter_limits):
        if is_shorter(row.limit, general):
            continue
        told = f"这个情形承诺 {row.limit}，没有短于一般的承诺时限 {general}"
        if (row.limit.number, row.limit.unit, row.limit.start) == (general.number, general.unit, general.start):
            yield Remark(("shorter_limits", index, "limit"), f"{told}，不起作用", Severity.WARNING)
        elif row.limit.number < general.number:
            yield Remark(("shorter_limits", index, "limit"), f"{told}：单位或者起算点不同，不能比较")
        else:
            yield Remark(("shorter_limits", index, "limit", "number"), told)


def too_long(promised: Limit, legal: Limit, calendar: Calendar) -> tuple[date, date, date] | None:
    """The first day of the published years from which the promise ends after the legal limit: it, and both ends."""
    return _worst(_bare(promised), _bare(legal), calendar)


def _bare(limit: Limit) -> Limit:
    return Limit(min(max(limit.number, 0), LONGEST), limit.unit, StartEvent.RECEIVED)


@lru_cache(maxsize=1_000)
def _worst(promised: Limit, legal: Limit, calendar: Calendar) -> tuple[date, date, date] | None:
    first, last = date(calendar.first_year, 1, 1), date(calendar.last_year, 12, 31)
    for offset in range((last - first).days + 1):
        start = first + timedelta(days=offset)
        own, most = _end(promised, start, calendar), _end(legal, start, calendar)
        if own > most:
            return start, own, most
    return None


def _end(limit: Limit, start: date, calendar: Calendar) -> date:
    """What ``kernel.clock.due`` says, looked up in a list of working days: thousands of starts are tried."""
    if limit.unit is Unit.MONTH:
        return add_months(start, limit.number, calendar).date
    workdays = _workdays(calendar)
    if limit.unit is Unit.DAY:
        return workdays[bisect_left(workdays, start + timedelta(days=limit.number))]
    return workdays[bisect_right(workdays, start) + limit.number - 1] if limit.number else start


@lru_cache(maxsize=4)
def _workdays(calendar: Calendar) -> tuple[date, ...]:
    first, after = date(calendar.first_year, 1, 1), date(calendar.last_year + 3, 1, 1)
    days = (first + timedelta(days=offset) for offset in range((after - first).days))
    return tuple(day for day in days if calendar.is_workday(day))
