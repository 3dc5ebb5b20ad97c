"""系统分发: each task goes to somebody by itself, with the reason; where nobody can do it, a superior is told, once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from onedoor.cases import models
from onedoor.cases.commands import store
from onedoor.cases.queries.rows import case_of, whole
from onedoor.cases.rules.dispatching import Candidate, Unowned, dispatch
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


@transaction.atomic(durable=True)
def dispatch_tasks(number: str, *, at: datetime, by: Actor = DISPATCHER) -> int:
    """分发 what is owed on a case and lies in nobody's hands yet; how many tasks found somebody. Twice is as once."""
    if not models.Case.objects.select_for_update(of=("self",)).filter(number=number).exists():
        return 0
    row = whole(models.Case.objects.filter(number=number)).get()
    case = case_of(row)
    open_ = models.Task.objects.filter(case_id=row.pk, assignee="", holder="").order_by("key")
    return sum(_dispatched(case, task, by=by, at=at) for task in open_)


def undispatched(*, limit: int = AT_ONCE) -> tuple[str, ...]:
    """Cases on which something lies in nobody's hands and was never looked at, the oldest first."""
    new = models.Task.objects.filter(assignee="", holder="", because__isnull=True).order_by("pk")
    return tuple(dict.fromkeys(new.values_list("case__number", flat=True)[:limit]))


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


def _dispatched(case: Case, task: models.Task, *, by: Actor, at: datetime) -> bool:
    on, act = local_date(at), Act(task.act)
    target = target_of(case, task.key if task.key in case.owners else None)
    able = candidates(orgs.able(act, target, on), act=act)
    chosen = dispatch(case, task=task.key, act=act, able=able, superiors=_superiors(task.organ, target, on=on))
    if isinstance(chosen, Unowned):
        if task.because is None:
            _alarm(case, task, chosen, by=by, at=at)
        return False
    because = {"reasons": list(chosen.reasons), "of": chosen.of, "load": chosen.load, "name": chosen.name}
    models.Task.objects.filter(pk=task.pk).update(assignee=chosen.ref, because=because)
    _record(case, task, {"to": chosen.ref, **because}, by=by, at=at)
    return True


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


def _alarm(case: Case, task: models.Task, found: Unowned, *, by: Actor, at: datetime) -> None:
    models.Task.objects.filter(pk=task.pk).update(because={"told": list(found.told)})
    words = {"item": case.item_name, "case": case.number, "task": task.name}
    for account in found.told:
        notices.send(account, "unowned", words, at=at, about=notices.About(f"case:{case.number}", case.area))
    _record(case, task, {"to": "", "told": list(found.told)}, by=by, at=at)


def _record(case: Case, task: models.Task, said: dict[str, Any], *, by: Actor, at: datetime) -> None:
    stream = f"dispatch:{task.pk}"
    entry = Entry(
        stream=stream,
        seq=len(journal_queries.stream(stream)) + 1,
        kind="task_dispatched",
        occurred_at=at,
        actor=by,
        body={"case": case.number, "task": task.key, "organ": task.organ, **said},
        entry_mode=store.mode_of(by),
    )
    journal.append([entry])
