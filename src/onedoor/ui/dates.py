"""Dates and times in the words of an official letter: pure formatting, no clock read here."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WEEKDAYS = gettext_lazy("一二三四五六日")


def day(value: date, *, year: bool = False) -> str:
    """``3月17日（周二）``; with ``year``: ``2026年3月17日（周二）``."""
    prefix = _("%(year)s年") % {"year": value.year} if year else ""
    return _("%(prefix)s%(month)s月%(day)s日（周%(weekday)s）") % {
        "prefix": prefix,
        "month": value.month,
        "day": value.day,
        "weekday": WEEKDAYS[value.weekday()],
    }


def plain_day(value: date, *, year: bool = False) -> str:
    """``3月17日``; with ``year``: ``2026年3月17日``."""
    prefix = _("%(year)s年") % {"year": value.year} if year else ""
    return _("%(prefix)s%(month)s月%(day)s日") % {"prefix": prefix, "month": value.month, "day": value.day}


def moment(value: datetime, *, year: bool = False) -> str:
    """``3月2日 09:12``; the caller gives local time."""
    return f"{plain_day(value, year=year)} {value:%H:%M}"
