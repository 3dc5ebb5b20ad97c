"""The periods of a page of figures (今日、近 30 日、本周、本月、本季度、本年), each up to today."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Final


class Period(StrEnum):
    """Which days are summed up."""

    TODAY = "today"
    LATELY = "lately"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


LATELY_DAYS: Final = 30
PERIOD_NAMES: Final = {
    Period.TODAY: "今日",
    Period.LATELY: "近 30 日",
    Period.WEEK: "本周",
    Period.MONTH: "本月",
    Period.QUARTER: "本季度",
    Period.YEAR: "本年",
}


def span_of(period: Period, today: date) -> tuple[date, date]:
    """The first and the last day of a period, today being the last; a week begins on Monday."""
    firsts = {
        Period.TODAY: today,
        Period.LATELY: today - timedelta(days=LATELY_DAYS - 1),
        Period.WEEK: today - timedelta(days=today.weekday()),
        Period.MONTH: today.replace(day=1),
        Period.QUARTER: date(today.year, (today.month - 1) // 3 * 3 + 1, 1),
        Period.YEAR: date(today.year, 1, 1),
    }
    return firsts[period], today
