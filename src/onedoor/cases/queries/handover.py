"""Who could take a task over, and in whose hands it lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
    """Everybody who may do this task on that day and has an account, cover and 授权书 included."""
    owner = task.key if task.key in case.owners else None
    able = orgs.officers(task.act, target_of(case, owner), on)
    return tuple(Colleague(person.account, person.name, person.organ) for person in able if person.account)


def name_of(ref: str) -> str:
    """Whose account this is; "" where nobody's."""
    person = orgs.staff_by_account(ref) if ref else None
    return person.name if person else ""
