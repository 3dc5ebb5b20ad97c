"""What a new version of an item does to its running cases (影响), and how far a batch of moves has come.

Cases are grouped by where they stand in one statement; the rule is asked once for each group. Only where the
applicant's own answers decide are cases looked at one by one, and no more than ``LOOKED_AT`` of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Any, Final

from django.db import connection
from django.db.models import Count, Q, QuerySet
from pydantic import TypeAdapter

from onedoor.cases import models
from onedoor.cases.queries.cases import answers_of, facts
from onedoor.cases.queries.rows import case_of, whole
from onedoor.cases.rules.moving import RUNNING, Move, Standing, Stays, plan_move, standing
from onedoor.cases.rules.values import Case, State
from onedoor.items import queries as items
from onedoor.items.rules.values import Item, ItemVersion
from onedoor.kernel.actor import Act, Actor, Target
from onedoor.kernel.errors import NotFound
from onedoor.orgs import queries as orgs

LOOKED_AT: Final = 200
LISTED: Final = 100
WORKING: Final = (Act.MANAGE_ITEMS, Act.PUBLISH_ITEMS)
_STATES: Final = sorted(state.value for state in RUNNING)
_GROUPS: Final = """
SELECT c.item_version, c.state, c.value -> 'steps',
  ARRAY(SELECT s.key::text FROM cases_step s WHERE s.case_id = c.id AND s.value ? 'results' ORDER BY 1),
  c.value -> 'owners', left(c.area, 9),
  c.value ->> 'supplement' IS NOT NULL, (c.value ->> 'added')::int > 0, coalesce((c.value ->> 'stays')::boolean, false),
  count(*), (array_agg(c.id ORDER BY c.id))[1:%s]
FROM cases_case c WHERE c.item = %s AND c.state = ANY(%s) AND c.item_version <> %s
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 4, 3, 5, 6
"""
_JSON: Final[TypeAdapter[Any]] = TypeAdapter(Any)


@dataclass(frozen=True, slots=True)
class Group:
    """Cases that stand alike and move alike, or stay for the same reasons. ``cases``: the first of them, by id."""

    version: ItemVersion
    state: State
    steps: tuple[str, ...]
    done: tuple[str, ...]
    kept: bool
    plan: Move | Stays
    count: int
    cases: tuple[int, ...]

    @property
    def moves(self) -> bool:
        """Whether a batch would move them."""
        return isinstance(self.plan, Move) and not self.kept

    @property
    def unsure(self) -> bool:
        """Whether only a look at each tells."""
        return isinstance(self.plan, Stays) and self.plan.unsure

    def names(self, *, done: bool) -> tuple[str, ...]:
        """The steps that are finished, or those that are not, by name."""
        called = (step for step in self.version.plan.steps if step.key in self.steps)
        return tuple(step.name for step in called if (step.key in self.done) is done)


@dataclass(frozen=True, slots=True)
class Impact:
    """What publishing a version would mean for the cases that run under earlier ones."""

    groups: tuple[Group, ...]

    @property
    def running(self) -> int:
        """How many cases run under earlier versions."""
        return sum(group.count for group in self.groups)

    @property
    def movable(self) -> int:
        """How many of them a batch would move."""
        return sum(group.count for group in self.groups if group.moves)

    @property
    def kept(self) -> int:
        """How many were left under their version by name."""
        return sum(group.count for group in self.groups if group.kept)

    @property
    def unsure(self) -> int:
        """How many are told only by a look at each."""
        return sum(group.count for group in self.groups if group.unsure and not group.kept)

    @property
    def stuck(self) -> int:
        """How many cannot be moved."""
        return sum(number for _, number in self.reasons)

    @property
    def reasons(self) -> tuple[tuple[str, int], ...]:
        """Why cases cannot be moved, with how many each; the most first."""
        found = Counter[str]()
        for group in self.groups:
            if isinstance(group.plan, Stays) and not group.unsure and not group.kept:
                found[told(group.plan)] += group.count
        return tuple(found.most_common())


class RunState(StrEnum):
    """How far a batch is."""

    RUNNING = "running"  # 进行中
    STOPPED = "stopped"  # 已暂停
    DONE = "done"  # 已完成


class Became(StrEnum):
    """What became of one case in a batch."""

    MOVED = "moved"  # 已迁移
    BACK = "back"  # 已撤回
    REFUSED = "refused"  # 不能
    KEPT = "kept"  # 留在原版本


@dataclass(frozen=True, slots=True)
class Run:
    """One batch. ``outcomes``: what became of how many, and why where they stayed."""

    id: int
    item: str
    target: ItemVersion
    undoes: int | None
    state: RunState
    total: int
    started_by: str
    started_at: datetime
    ended_at: datetime | None
    outcomes: tuple[tuple[Became, str, int], ...] = ()
    stayed: tuple[tuple[str, str], ...] = field(default=())

    @property
    def handled(self) -> int:
        """How many cases it has come to."""
        return sum(number for _, _, number in self.outcomes)

    def number(self, became: Became) -> int:
        """How many cases became this."""
        return sum(number for what, _, number in self.outcomes if what is became)


def told(stays: Stays) -> str:
    """Why a case stays, in one text; what only a closer look would tell is left out where more is known."""
    sure = [reason.told for reason in stays.reasons if reason.code != "by_answers"]
    return "".join(sure or [reason.told for reason in stays.reasons])


def movable_item(code: str, *, by: Actor) -> ItemVersion:
    """The published version of an item whose cases this actor may move. NotFound for everybody else."""
    item = items.published(code)
    if not by.may(Act.MANAGE_ITEMS, Target(frozenset({item.organ}), item.area, item=item.code)):
        raise NotFound("没有找到这个事项，或者它不由您管理。")
    return item


def impact(after: Item, *, by: Actor) -> Impact:
    """What this version, published or not yet, means for the item's running cases. NotFound for who may not know."""
    target = Target(frozenset({after.organ}), after.area, item=after.code)
    if not any(by.may(act, target) for act in WORKING):
        raise NotFound("没有找到这个事项，或者它不由您管理。")
    with connection.cursor() as cursor:
        version = after.id if isinstance(after, ItemVersion) else 0
        cursor.execute(_GROUPS, [LOOKED_AT, after.code, _STATES, version])
        rows = cursor.fetchall()
    merged: dict[object, Group] = {}
    for group in _looked_at(tuple(_group(row, after) for row in rows), after):
        key = (group.version.id, group.state, group.steps, group.done, group.kept, _alike(group.plan))
        held = merged.get(key)
        merged[key] = _joined(held, group) if held else group
    return Impact(tuple(merged.values()))


def _group(row: tuple[Any, ...], after: Item) -> Group:
    version, state, steps, done, owners, place, notified, extended, kept, count, ids = row
    here = Standing(
        state=State(state),
        steps=tuple(_read(steps)),
        done=frozenset(done),
        owners=_read(owners),
        notified=notified,
        extended=extended,
    )
    before = items.version(version)
    plan = plan_move(here, before, after, township=orgs.township_government(place))
    return Group(before, here.state, here.steps, tuple(done), kept, plan, count, tuple(ids))


def _read(given: Any) -> Any:
    return _JSON.validate_json(given) if isinstance(given, str) else given


def _alike(plan: Move | Stays) -> object:
    if isinstance(plan, Stays):
        return told(plan)
    return tuple(step.key for step in (*plan.fallen, *plan.added, *plan.changed)), plan.materials


def _joined(one: Group, other: Group) -> Group:
    return replace(one, count=one.count + other.count, cases=tuple(sorted({*one.cases, *other.cases})))


def _looked_at(groups: Iterable[Group], after: Item) -> Iterator[Group]:
    """Groups whose plan hangs on answers, taken apart case by case as far as ``LOOKED_AT`` goes."""
    left = LOOKED_AT
    for group in groups:
        ids = group.cases[:left] if group.unsure and not group.kept else ()
        rows = whole(models.Case.objects.filter(pk__in=ids, state__in=_STATES)).order_by("pk")
        looked = [replace(group, plan=_plan(case_of(row), after), cases=(row.pk,)) for row in rows]
        yield from (replace(one, count=1) for one in looked)
        left -= len(looked)
        if group.count > len(looked):
            yield replace(group, count=group.count - len(looked), cases=group.cases[len(looked) :])


def _plan(case: Case, after: Item) -> Move | Stays:
    answers, township = answers_of(facts(case.id)) or {}, orgs.township_government(case.area)
    return plan_move(standing(case), items.version(case.item_version), after, answers=answers, township=township)


def numbers_of(ids: Iterable[int]) -> tuple[tuple[int, str], ...]:
    """The case numbers of a group, for whoever ``impact`` told of it; the first of them."""
    rows = models.Case.objects.filter(pk__in=list(islice(ids, LISTED))).order_by("pk")
    return tuple(rows.values_list("pk", "number"))


def candidates(run: models.MoveRun) -> QuerySet[models.Case]:
    """The cases that a batch has still to come to, in its order."""
    rows = models.Case.objects.filter(item=run.item, pk__gt=run.last).order_by("pk")
    if run.undoes_id is not None:
        return rows.filter(
            pk__in=models.MoveResult.objects.filter(run=run.undoes_id, outcome=Became.MOVED).values("case")
        )
    rows = rows.filter(state__in=_STATES).exclude(item_version=run.target)
    return rows if run.chosen is None else rows.filter(pk__in=run.chosen)


def runs(code: str, *, by: Actor) -> tuple[Run, ...]:
    """The batches of an item, the latest first, for whoever manages it."""
    movable_item(code, by=by)
    return tuple(_run(row) for row in models.MoveRun.objects.filter(item=code).order_by("-id")[:20])


def move_run(id: int, *, by: Actor) -> Run:
    """One batch with what became of its cases. NotFound."""
    row = models.MoveRun.objects.filter(pk=id).first()
    if row is None:
        raise NotFound("没有这个迁移批次。")
    movable_item(row.item, by=by)
    stayed = models.MoveResult.objects.filter(run=row).exclude(Q(outcome=Became.MOVED) | Q(outcome=Became.BACK))
    return replace(_run(row), stayed=tuple(stayed.order_by("case_id").values_list("case__number", "reason")[:LISTED]))


def _run(row: models.MoveRun) -> Run:
    counted = models.MoveResult.objects.filter(run=row).values_list("outcome", "reason").annotate(n=Count("pk"))
    outcomes = sorted(((Became(what), why, n) for what, why, n in counted), key=lambda one: (one[0], -one[2], one[1]))
    return Run(
        id=row.pk,
        item=row.item,
        target=items.version(row.target),
        undoes=row.undoes_id,
        state=RunState(row.state),
        total=row.total,
        started_by=row.started_by,
        started_at=row.started_at,
        ended_at=row.ended_at,
        outcomes=tuple(outcomes),
    )
