"""系统分发: each task goes to somebody by itself, with the reason; where nobody can do it, a superior is told, once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Count, Q

from onedoor.cases import models
from onedoor.cases.commands import store
from onedoor.cases.queries.rows import case_of, whole
from onedoor.cases.rules.dispatching import Assignment, Candidate, Unowned, dispatch
from onedoor.cases.rules.tasks import target_of
from onedoor.cases.rules.values import Case
from onedoor.journal import commands as journal
from onedoor.journal import queries as journal_queries
from onedoor.journal.rules import Entry
from onedoor.kernel.actor import Act, Actor, Grant, Target, system
from onedoor.kernel.clock import local_date
from onedoor.notices import commands as notices
from onedoor.orgs import queries as orgs
from onedoor.orgs.rules import Staff, is_cover

DISPATCHER = system("dispatcher")
AT_ONCE = 200
GIVE: Final = """
UPDATE cases_task SET assignee = given.assignee, because = given.because
FROM json_to_recordset(%s) AS given (id bigint, assignee text, because jsonb) WHERE cases_task.id = given.id
"""


@transaction.atomic(durable=True)
def dispatch_tasks(number: str, *, at: datetime, by: Actor = DISPATCHER) -> int:
    """分发 what is owed on a case and lies in nobody's hands yet; how many tasks found somebody. Twice is as once."""
    if not models.Case.objects.select_for_update(of=("self",)).filter(number=number).exists():
        return 0
    case = case_of(whole(models.Case.objects.filter(number=number)).get())
    office = Office(case, local_date(at))
    open_ = models.Task.objects.filter(case_id=case.id, assignee="", holder="").order_by("key")
    chosen = [(task, office.choose(task)) for task in open_]
    chosen = [(task, one) for task, one in chosen if isinstance(one, Assignment) or task.because is None]
    for task, one in chosen:
        if isinstance(one, Unowned):
            _alarm(case, task, one, at=at)
    _store(number, chosen, by=by, at=at)
    return sum(isinstance(one, Assignment) for _, one in chosen)


def undispatched(*, limit: int = AT_ONCE) -> tuple[str, ...]:
    """Cases on which something lies in nobody's hands and was never looked at, the oldest first."""
    new = models.Task.objects.filter(assignee="", holder="", because__isnull=True).order_by("pk")
    return tuple(dict.fromkeys(new.values_list("case__number", flat=True)[:limit]))


@transaction.atomic(durable=True)
def put_off(number: str, *, at: datetime, by: Actor = DISPATCHER) -> None:
    """Leave to the next morning's look what is owed on a case whose dispatch failed: no other case waits for it."""
    lying = models.Task.objects.select_for_update().filter(case__number=number, assignee="", holder="")
    _store(number, [(task, Unowned(told=())) for task in lying.filter(because__isnull=True)], by=by, at=at)


@transaction.atomic(durable=True)
def dispatch_again(*, at: datetime, by: Actor = DISPATCHER) -> tuple[str, ...]:
    """Every morning: what lies with somebody who is away or gone, and what nobody could do, is looked at anew.

    The numbers of those cases, up to so many at once; whoever calls dispatches each.
    """
    del by
    on = local_date(at)
    here = {one.account for one in orgs.staff_of(None, on) if one.account}
    away = {orgs.staff(absence.staff).account for absence in orgs.absences(on=on)}
    given = set(models.Task.objects.exclude(assignee="").values_list("assignee", flat=True).distinct())
    stale = models.Task.objects.filter(assignee__in=given & away | given - here)
    numbers = [*stale.values_list("case__number", flat=True)[:AT_ONCE]]
    stale.filter(case__number__in=numbers).update(assignee="", because=None)
    nobody = models.Task.objects.filter(assignee="", holder="", because__isnull=False)
    numbers += nobody.values_list("case__number", flat=True)[: AT_ONCE - len(numbers)]
    return tuple(dict.fromkeys(numbers))


@dataclass
class Office:
    """Who can do what on one case today: asked once for all tasks alike, and each task given is counted at once."""

    case: Case
    on: date
    crews: dict[tuple[Act, Target], tuple[Candidate, ...]] = field(default_factory=dict)
    superiors: dict[str, Sequence[set[str]]] = field(default_factory=dict)
    given: Counter[str] = field(default_factory=Counter)

    def choose(self, task: models.Task) -> Assignment | Unowned:
        """To whom a task goes, or who is told that nobody can do it."""
        act = Act(task.act)
        target = target_of(self.case, task.key)
        if (act, target) not in self.crews:
            self.crews[act, target] = candidates(orgs.able(act, target, self.on), act=act)
        if task.organ not in self.superiors:
            self.superiors[task.organ] = _superiors(task.organ, target, on=self.on)
        able = [replace(one, load=one.load + self.given[one.ref]) for one in self.crews[act, target]]
        chosen = dispatch(self.case, task=task.key, act=act, able=able, superiors=self.superiors[task.organ])
        if isinstance(chosen, Assignment):
            self.given[chosen.ref] += 1
        return chosen


def candidates(able: Iterable[tuple[Staff, Grant]], *, act: Act) -> tuple[Candidate, ...]:
    """These officers with what lies in their hands, counted in one statement."""
    people = {
        one.account: (one, is_cover(grant), act is not Act.DECIDE and Act.DECIDE in grant.acts)
        for one, grant in able
        if one.account
    }
    held = dict.fromkeys(people, 0)
    counted = (
        models.Task.objects.filter(Q(holder__in=people) | Q(holder="", assignee__in=people))
        .values_list("holder", "assignee")
        .annotate(number=Count("pk"))
    )
    for holder, assignee, number in counted if people else ():
        held[holder or assignee] += number
    return tuple(Candidate(ref, one.name, held[ref], covering, above) for ref, (one, covering, above) in people.items())


def _superiors(organ: str, target: Target, *, on: date) -> Sequence[set[str]]:
    """Who is told that nobody can do a task: the organ's leaders, then whoever oversees it, then whoever runs posts."""
    leaders = {person.account for _, person in orgs.leaders(organ, on) if person.account}
    if leaders:
        return (leaders,)
    tiers = (Act.OVERSEE, Act.MANAGE_ORGS)
    return tuple({one.account for one in orgs.officers(act, target, on) if one.account} for act in tiers)


def _alarm(case: Case, task: models.Task, found: Unowned, *, at: datetime) -> None:
    words = {"item": case.item_name, "case": case.number, "task": task.name}
    for account in found.told:
        notices.send(account, "unowned", words, at=at, about=notices.About(f"case:{case.number}", case.area))


def _store(number: str, chosen: Sequence[tuple[models.Task, Assignment | Unowned]], *, by: Actor, at: datetime) -> None:
    """All that was found, in one statement for the tasks and one for the journal."""
    seqs = journal_queries.last_seqs([_stream(task) for task, _ in chosen])
    rows, entries = [], []
    for task, one in chosen:
        to, because = (one.ref, _because(one)) if isinstance(one, Assignment) else ("", {"told": list(one.told)})
        rows.append({"id": task.pk, "assignee": to, "because": because})
        entries.append(
            Entry(
                stream=_stream(task),
                seq=seqs.get(_stream(task), 0) + 1,
                kind="task_dispatched",
                occurred_at=at,
                actor=by,
                body={"case": number, "task": task.key, "organ": task.organ, "to": to, **because},
                entry_mode=store.mode_of(by),
            )
        )
    with connection.cursor() as cursor:
        cursor.execute(GIVE, [json.dumps(rows, ensure_ascii=False)])
    journal.append(entries)


def _because(one: Assignment) -> dict[str, Any]:
    return {"reasons": list(one.reasons), "of": one.of, "load": one.load, "name": one.name}


def _stream(task: models.Task) -> str:
    return f"dispatch:{task.pk}"
