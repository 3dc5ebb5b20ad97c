"""The organs, from a copy that each process keeps."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from typing import Final

from onedoor.kernel.errors import NotFound
from onedoor.orgs import models, rules
from onedoor.orgs.queries.rows import as_organ

COPY_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class _Copy:
    """The organs as this process last read them."""

    read_at: float
    by_code: dict[str, rules.Organ]


_held: list[_Copy] = []


def organ(code: str) -> rules.Organ:
    """One organ by its 统一社会信用代码, abolished ones included; NotFound otherwise. As fresh as 30 seconds."""
    found = _copy().get(code)
    if found is None:
        raise NotFound(f"没有统一社会信用代码为 {code} 的机构。请核对代码。")
    return found


def township_government(area: str) -> str | None:
    """The organ code of the township government of a place; None above the township level. As fresh as 30 seconds."""
    if area[6:9] in {"", "000"}:
        return None
    township = area[:9].ljust(12, "0")
    here = (o for o in _copy().values() if o.kind is rules.OrganKind.TOWNSHIP and o.area == township)
    return next((o.code for o in here if o.period.last is None), None)


def forget() -> None:
    """Drop this process's copy of the organs; commands call it after a change, tests between databases."""
    _held.clear()


def _copy() -> dict[str, rules.Organ]:
    now = time.monotonic()
    if not _held or now - _held[-1].read_at >= COPY_SECONDS:
        rows = models.Organ.objects.select_related("parent")
        _held[:] = [_Copy(now, {row.code: as_organ(row) for row in rows})]
    return _held[-1].by_code


def organs(on: date | None = None, *, within: str = "") -> tuple[rules.Organ, ...]:
    """All organs (in force on a day, in an area by prefix), governments first, then by code."""
    rows = (o for o in _copy().values() if o.area.startswith(within) and (on is None or o.period.holds(on)))
    order = list(rules.OrganKind)
    return tuple(sorted(rows, key=lambda o: (o.area, order.index(o.kind), o.code)))
