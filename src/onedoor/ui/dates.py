"""Dates and times in the words of an official letter: pure formatting, no clock read here."""

from __future__ import annotations

from datetime import date, datetime

WEEKDAYS = "一二三四五六日"


def day(value: date, *, year: bool = False) -> str:
    """``3月17日（周二）``; with ``year``: ``2026年3月17日（周二）``."""
    prefix = f"{value.year}年" if year else ""
    return f"{prefix}{value.month}月{value.day}日（周{WEEKDAYS[value.weekday()]}）"


def plain_day(value: date, *, year: bool = False) -> str:
    """``3月17日``; with ``year``: ``2026年3月17日``."""
    prefix = f"{value.year}年" if year else ""
    return f"{prefix}{value.month}月{value.day}日"


def moment(value: datetime, *, year: bool = False) -> str:
    """``3月2日 09:12``; the caller gives local time."""
    return f"{plain_day(value, year=year)} {value:%H:%M}"
