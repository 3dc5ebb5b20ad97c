"""The checker over what is offered today: a process checks each version once a day, and sums up when some changed.

A published version never changes, and the lists that rules look things up in change by the day.
"""

from __future__ import annotations

import threading
from datetime import date
from typing import Final

from onedoor.items.queries.files import tables
from onedoor.items.queries.versions import catalogue, versions_by_id
from onedoor.items.rules import ItemVersion
from onedoor.items.rules.lint import Finding, Report, lint, lint_together, sum_up

_lock: Final = threading.Lock()
_Key = tuple[date, tuple[tuple[int, str], ...]]
_reports: dict[_Key, Report] = {}
_found: dict[tuple[date, str], tuple[Finding, ...]] = {}


def checked(*, on: date) -> Report:
    """Findings and indexes of all lists offered today, by what is in force on a day; public as the lists are."""
    items = versions_by_id([line.id for line in catalogue()])
    key = on, tuple((item.id, item.digest) for item in items)
    held = _reports.get(key)
    if held is None:
        with _lock:
            held = _reports.get(key) or _sum_up(items, on)
            _reports.clear()
            _reports[key] = held
    return held


def _sum_up(items: tuple[ItemVersion, ...], on: date) -> Report:
    lists = tables().on(on)
    for key in [key for key in _found if key[0] != on]:
        del _found[key]
    alone = [_of(item, on) for item in items]
    found = [(*mine, *wide) for mine, wide in zip(alone, lint_together(items, lists), strict=True)]
    return sum_up(items, found, lists)


def _of(item: ItemVersion, on: date) -> tuple[Finding, ...]:
    held = _found.get((on, item.digest))
    if held is None:
        held = _found[on, item.digest] = lint(item, tables(), on=on)
    return held
