"""待办: what this officer owes, the most urgent first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet

from onedoor.areas import queries as areas
from onedoor.cases import models
from onedoor.cases.queries.cases import taken_from, visible_to
from onedoor.cases.rules.clocks import Alarm
from onedoor.cases.rules.docket import EVERYONE, Wanted, last_yellow
from onedoor.kernel.actor import Act, Actor, Grant, Target, covers

PAGE = 50
EVERYTHING = Wanted()
TOWNSHIP = 9  # digits of a division code


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One task with the case around it; ``post``: the post or paper by which this officer owes it."""

    number: str
    task: str
    task_name: str
    act: str
    item_name: str
    applicant: str
    applicant_name: str | None
    organ: str
    area: str
    state: str
    version: int
    due: date | None
    clock: str
    provisional: bool
    stopped_until: str  # the last day of a special procedure that was told, "" where none is under way
    holder: str
    post: str
    assignee: str = ""


@dataclass(frozen=True, slots=True)
class Facets:
    """What could be asked for, each with how many tasks it would show."""

    total: int
    levels: dict[str, int]
    acts: dict[str, int]
    items: dict[tuple[str, str], int]
    organs: dict[str, int]
    areas: dict[str, int]


def owed_by(by: Actor) -> QuerySet[models.Task]:
    """The tasks that one of this officer's grants covers, of cases that this officer may open."""
    mine = Q(pk__in=[])
    for grant in by.grants:
        seen = Q() if Act.VIEW in grant.acts else Q(case__in=visible_to(by))
        mine |= _covered(grant) & seen
    taken = models.Case.objects.filter(taken_from(by)).values("pk")  # few, and found by whose they were
    return models.Task.objects.filter(mine).exclude(case__in=taken)


def _covered(grant: Grant) -> Q:
    covered = Q(act__in=sorted(grant.acts), area__startswith=grant.area)
    if grant.organ is not None:
        covered &= Q(organ=grant.organ)
    if grant.items is not None:
        covered &= Q(item__in=sorted(grant.items))
    return covered


def in_hand(by: Actor) -> QuerySet[models.Task]:
    """What is owed, without what was handed to a colleague by name."""
    return owed_by(by).filter(Q(holder="") | Q(holder=by.ref))


def inbox(
    *, by: Actor, want: Wanted = EVERYTHING, on: date | None = None, start: int = 0, size: int = PAGE
) -> tuple[InboxRow, ...]:
    """One inbox for all posts of an officer: what is theirs by name, then the organ's; in each the earliest due day
    first, without a day last.
    """
    found = _asked(owed_by(by) if want.held == EVERYONE else in_hand(by), want, on)
    named = Q(holder=by.ref) | Q(holder="", assignee=by.ref)
    own = _page(found.filter(named), start, size)
    before = start + len(own) if own or not start else found.filter(named).count()
    rest = _page(found.exclude(named), max(0, start - before), size - len(own)) if len(own) < size else []
    rows = models.Task.objects.filter(pk__in=[*own, *rest]).select_related("case").defer("case__value")
    by_key = {row.pk: row for row in rows.annotate(stops=F("case__value__exclusions"))}
    return tuple(_row(by_key[pk], by) for pk in (*own, *rest))


def _page(found: QuerySet[models.Task], start: int, size: int) -> list[int]:
    """By alarm; the cases of one page are read, not of all."""
    by_alarm = found.order_by(F("due").asc(nulls_last=True), "case_id", "key")
    return list(by_alarm[start : start + size].values_list("pk", flat=True))


def inbox_size(*, by: Actor, want: Wanted = EVERYTHING, on: date | None = None) -> int:
    """How many tasks ``inbox`` would show on all its pages."""
    return _asked(owed_by(by) if want.held == EVERYONE else in_hand(by), want, on).count()


def _asked(found: QuerySet[models.Task], want: Wanted, on: date | None) -> QuerySet[models.Task]:
    if want.q:
        q = want.q
        found = found.filter(Q(case__number__startswith=q) | Q(case__applicant_name=q) | Q(case__item_name__contains=q))
    equal = {"item": want.item, "organ": want.organ, "act": want.act, "area__startswith": want.area}
    found = found.filter(**{name: value for name, value in equal.items() if value})
    return found.filter(_coloured(want.level, on)) if want.level and on else found


def _coloured(level: str, on: date) -> Q:
    yellow = last_yellow(on, areas.calendar())
    return {
        Alarm.RED.value: Q(due__lt=on),
        Alarm.YELLOW.value: Q(due__gte=on, due__lte=yellow),
        Alarm.GREEN.value: Q(due__gt=yellow) | Q(due=None),
    }.get(level, Q())


def facets(*, by: Actor, on: date) -> Facets:
    """Counts by colour, act, item, organ and township over everything in hand; a second statement names the items."""
    alike = in_hand(by).values_list("act", "item", "organ", "area", "due")
    grouped = list(alike.annotate(n=Count("pk"), one=Min("case")))
    examples = {one for *_, one in grouped}
    names = dict(models.Case.objects.filter(pk__in=examples).values_list("item", "item_name"))
    yellow = last_yellow(on, areas.calendar())
    total, levels, acts = 0, Counter[str](), Counter[str]()
    items, organs, places = Counter[tuple[str, str]](), Counter[str](), Counter[str]()
    for act, item, organ, area, due, n, _ in grouped:
        total += n
        green = due is None or due > yellow
        levels[Alarm.GREEN if green else Alarm.RED if due < on else Alarm.YELLOW] += n
        acts[act] += n
        items[item, names[item]] += n
        organs[organ] += n
        places[area[:TOWNSHIP]] += n
    return Facets(total, dict(levels), dict(acts), dict(items), dict(organs), dict(places))


def _row(row: Any, by: Actor) -> InboxRow:
    target = Target(frozenset({row.organ}), row.area, item=row.item)
    return InboxRow(
        number=row.case.number,
        task=row.key,
        task_name=row.name,
        act=row.act,
        item_name=row.case.item_name,
        applicant=row.case.applicant,
        applicant_name=row.case.applicant_name,
        organ=row.organ,
        area=row.area,
        state=row.case.state,
        version=row.case.version,
        due=row.due,
        clock=row.clock,
        provisional=row.case.provisional,
        stopped_until=max((stop["notified_end"] for stop in row.stops if stop["ended"] is None), default=""),
        holder=row.holder,
        assignee=row.assignee,
        post=next((grant.post for grant in by.grants if covers(grant, Act(row.act), target)), ""),
    )
