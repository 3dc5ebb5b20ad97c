"""Whom an organ may send to a check on site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from onedoor.kernel.law import law
from onedoor.orgs import queries as orgs


@dataclass(frozen=True, slots=True)
class Officer:
    """One whom an organ may send: ``name`` in its list, ``written`` in a record, with the 执法证号 or that none is
    registered.
    """

    name: str
    certificate: str
    written: str


@law("行政许可法", "34(3)")
def roster(organ: str, *, on: date, sent: bool = False) -> tuple[Officer, ...]:
    """An organ's staff, by job number; namesakes are named with it. () where none is known.

    ``sent``: only those who are here on the day, as they are to go; who was there may be away when it is written down.
    """
    away = {absence.staff for absence in orgs.absences(on=on)} if sent else set()
    staff = orgs.staff_of(organ, on)
    alike = Counter(one.name for one in staff)
    return tuple(
        _officer(one.name, one.job_number if alike[one.name] > 1 else "", one.certificate)
        for one in staff
        if one.id not in away
    )


def written(organ: str, names: Iterable[str], *, on: date) -> tuple[str, ...]:
    """These names of an organ's list as a record writes them; a name that is not on it as it is."""
    known = {one.name: one.written for one in roster(organ, on=on)}
    return tuple(known.get(name, name) for name in names)


def _officer(name: str, job_number: str, certificate: str) -> Officer:
    shown = f"执法证号 {certificate}" if certificate else "没有登记执法证号"
    told = "，".join(filter(None, (job_number, shown)))
    return Officer(f"{name}（{job_number}）" if job_number else name, certificate, f"{name}（{told}）")
