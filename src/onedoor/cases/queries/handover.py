"""Who could take a task over, and in whose hands it lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onedoor.cases.rules.separating import stands_aside
from onedoor.cases.rules.tasks import Task, target_of
from onedoor.cases.rules.values import Case
from onedoor.orgs import queries as orgs


@dataclass(frozen=True, slots=True)
class Colleague:
    """One officer by the reference of the account."""

    ref: str
    name: str
    organ: str


def receivers(case: Case, task: Task, *, on: date) -> tuple[Colleague, ...]:
    """Everybody who may do this task on that day and has an account, cover and 授权书 included; nobody who must stand
    aside: whoever filled the case in for the applicant is never given what the office owes on it.
    """
    owner = task.key if task.key in case.owners else None
    able = orgs.officers(task.act, target_of(case, owner), on)
    return tuple(
        Colleague(person.account, person.name, person.organ)
        for person in able
        if person.account and not stands_aside(case, person.account, task.act)
    )


def name_of(ref: str) -> str:
    """Whose account this is; "" where nobody's."""
    person = orgs.staff_by_account(ref) if ref else None
    return person.name if person else ""
