"""迁移到新版本: one running case in one transaction; many of them as a batch that can be stopped, continued, undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app

from onedoor.access import queries as access
from onedoor.areas import queries as areas
from onedoor.cases import models
from onedoor.cases.commands import store
from onedoor.cases.commands.acting import PLATFORM
from onedoor.cases.commands.holding import lock, save
from onedoor.cases.commands.wording import put_in_writing
from onedoor.cases.queries.cases import answers_of, facts
from onedoor.cases.queries.changes import changes_since
from onedoor.cases.queries.moving import Became, RunState, candidates, movable_item
from onedoor.cases.rules import events as e
from onedoor.cases.rules import moving
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.settling import settled
from onedoor.cases.rules.tasks import target_of
from onedoor.cases.rules.values import Case
from onedoor.items import queries as items
from onedoor.journal import commands as journal
from onedoor.journal.rules import Entry, Json
from onedoor.kernel.actor import Act, Actor, Channel
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from onedoor.orgs import queries as orgs

BATCH: Final = 50
Decide = Callable[[Case, Occasion], Sequence[e.Event]]


@transaction.atomic(durable=True)
def move(number: str, *, by: Actor, at: datetime, version: int | None = None) -> Case:
    """迁移: a running case goes on under the published version of its item, one that was to stay included.

    NotFound; Forbidden without MANAGE_ITEMS; Conflict where the page is stale; Refused with every reason.
    """
    return _move(number, by=by, at=at, version=version)


@transaction.atomic(durable=True)
def move_back(number: str, *, by: Actor, at: datetime) -> Case:
    """撤回迁移: as before the move, while nothing was done since. NotFound, Forbidden, Refused."""
    return _move_back(number, by=by, at=at)


@transaction.atomic(durable=True)
def keep(number: str, *, by: Actor, at: datetime, reason: str) -> Case:
    """留在原版本: batches leave this case where it is. NotFound, Forbidden, Refused; Invalid without a reason."""
    return _change(number, lambda case, now: moving.keep(case, now, reason=reason), by=by, at=at)


@transaction.atomic(durable=True)
def start_moving(code: str, *, by: Actor, at: datetime, chosen: Sequence[int] | None = None) -> int:
    """Move the running cases of an item to its published version, all or those ``chosen``, case by case.

    NotFound for who does not manage it; Refused where none is to be moved; Conflict while a batch is not finished.
    """
    item = movable_item(code, by=by)
    listed = None if chosen is None else sorted(set(chosen))
    return _start(models.MoveRun(item=code, target=item.id, chosen=listed), by=by, at=at)


@transaction.atomic(durable=True)
def undo_moving(run: int, *, by: Actor, at: datetime) -> int:
    """Take a batch back, case by case, where nothing was done since. NotFound, Refused, Conflict."""
    undone = _managed(run, by=by)
    if undone.undoes_id is not None or undone.state != RunState.DONE:
        raise Refused("not_undoable", "只能撤回一个已经完成的迁移批次。")
    return _start(models.MoveRun(item=undone.item, target=undone.target, undoes=undone), by=by, at=at)


@transaction.atomic(durable=True)
def stop_moving(run: int, *, by: Actor, at: datetime) -> None:
    """Stop a batch before its next case; what is moved stays moved. NotFound; Refused where it does not run."""
    _turn(_managed(run, by=by), (RunState.RUNNING, RunState.STOPPED), by=by, at=at)


@transaction.atomic(durable=True)
def continue_moving(run: int, *, by: Actor, at: datetime) -> None:
    """Go on with a stopped batch. NotFound; Refused where it was not stopped."""
    row = _managed(run, by=by)
    _turn(row, (RunState.STOPPED, RunState.RUNNING), by=by, at=at)
    _enqueue(row.pk)


def move_batch(run: int, *, at: datetime, by: Actor | None = None) -> bool:
    """The next cases of a batch, each in its own transaction; whether more remain, which are then enqueued.

    Safe to run twice: each case is taken once. Whoever started it (``by``) must manage the item still.
    """
    started_by = models.MoveRun.objects.values_list("started_by", flat=True).get(pk=run)
    by = by or access.actor_of(started_by, channel=Channel.WEB, on=local_date(at))
    if not all(_next(run, by=by, at=at) for _ in range(BATCH)):
        return False
    _enqueue(run)
    return True


@transaction.atomic(durable=True)
def _next(id: int, *, by: Actor, at: datetime) -> bool:
    """One case of a batch, and what became of it; whether the batch goes on."""
    run = models.MoveRun.objects.select_for_update(of=("self",)).get(pk=id)
    if run.state != RunState.RUNNING:
        return False
    row = candidates(run).first()
    if row is None:
        models.MoveRun.objects.filter(pk=id).update(ended_at=at)
        _turn(run, (RunState.RUNNING, RunState.DONE), by=PLATFORM, at=at)
        return False
    became, reason = _taken(run, row, by=by, at=at)
    models.MoveResult.objects.create(run=run, case=row, outcome=became, reason=reason[:2000])
    models.MoveRun.objects.filter(pk=id).update(last=row.pk)
    return True


def _taken(run: models.MoveRun, row: models.Case, *, by: Actor, at: datetime) -> tuple[Became, str]:
    if run.undoes_id is None and run.chosen is None and row.value.get("stays"):
        return Became.KEPT, "已经决定留在原版本。"
    try:
        with transaction.atomic():
            if run.undoes_id is None:
                _move(row.number, by=by, at=at, run=run.pk, target=run.target)
                return Became.MOVED, ""
            _move_back(row.number, by=by, at=at, run=run.pk)
            return Became.BACK, ""
    except (Refused, Conflict, Forbidden, NotFound) as fault:
        return Became.REFUSED, fault.message
    except Invalid as fault:
        return Became.REFUSED, str(fault)


def _move(
    number: str, *, by: Actor, at: datetime, version: int | None = None, run: int = 0, target: int | None = None
) -> Case:
    def decide(case: Case, now: Occasion) -> Sequence[e.Event]:
        if version is not None and version != case.version and changes_since(case.id, version):
            raise Conflict
        after = items.version(target) if target else items.published(case.item)
        answers, township = answers_of(facts(case.id)) or {}, orgs.township_government(case.area)
        return moving.move(case, now, after=after, answers=answers, township=township, run=run)

    return _change(number, decide, by=by, at=at)


def _move_back(number: str, *, by: Actor, at: datetime, run: int = 0) -> Case:
    def decide(case: Case, now: Occasion) -> Sequence[e.Event]:
        touched = case.moved is not None and bool(changes_since(case.id, case.moved.seq))
        return moving.move_back(case, now, touched=touched, run=run)

    return _change(number, decide, by=by, at=at)


def _change(number: str, decide: Decide, *, by: Actor, at: datetime) -> Case:
    """Lock, ask, let the law's own acts go first, decide, append, store under the version that it has then."""
    held = lock(number)
    if held is None:
        raise NotFound("没有这个办件编号。请核对后再试。")
    case = held.case
    if not by.may(Act.MANAGE_ITEMS, target_of(case)):
        raise Forbidden("您不管理这个事项，不能迁移它的办件。")
    item, calendar = items.version(case.item_version), areas.calendar(case.area)
    now = Occasion(item, calendar, at, by)
    if deemed := settled(case, item, calendar=calendar, on=now.on):
        deemed = put_in_writing(case, deemed, item=item, by=PLATFORM, at=at)
        case = store.append(case, deemed, case_id=case.id, by=PLATFORM, at=at)
        app.configure_task("cases.after_act").defer(case_id=case.id, kinds=[event.kind for event in deemed])
    case = store.append(case, decide(case, now), case_id=case.id, by=by, at=at)
    save(held, case, items.version(case.item_version), calendar=calendar, at=at)
    return case


def _start(run: models.MoveRun, *, by: Actor, at: datetime) -> int:
    run.total = candidates(run).count()
    if not run.total:
        raise Refused("nothing_to_move", "没有要迁移的在办件。")
    run.state, run.started_by, run.started_at = RunState.RUNNING, by.ref, at
    try:
        with transaction.atomic():
            run.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("这个事项还有一个没有完成的迁移批次。请等它完成，或者继续办它。") from error
    body: dict[str, Json] = {"item": run.item, "target": run.target, "total": run.total, "undoes": run.undoes_id}
    _tell(run, "case_moves_started", body, by=by, at=at)
    _enqueue(run.pk)
    return int(run.pk)


def _turn(run: models.MoveRun, turn: tuple[RunState, RunState], *, by: Actor, at: datetime) -> None:
    before, after = turn
    if run.state != before:
        raise Refused("run_state", "这个批次现在不能这样办，请刷新页面看它办到哪里了。")
    models.MoveRun.objects.filter(pk=run.pk).update(state=after)
    kinds = {RunState.STOPPED: "stopped", RunState.RUNNING: "continued", RunState.DONE: "finished"}
    _tell(run, f"case_moves_{kinds[after]}", {"last": run.last}, by=by, at=at)


def _managed(run: int, *, by: Actor) -> models.MoveRun:
    row = models.MoveRun.objects.select_for_update(of=("self",)).filter(pk=run).first()
    if row is None:
        raise NotFound("没有这个迁移批次。")
    movable_item(row.item, by=by)
    return row


def _tell(run: models.MoveRun, kind: str, body: dict[str, Json], *, by: Actor, at: datetime) -> None:
    seq = run.seq + 1
    models.MoveRun.objects.filter(pk=run.pk).update(seq=seq)
    entry = Entry(stream=f"case-moves:{run.pk}", seq=seq, kind=kind, occurred_at=at, actor=by, body=body)
    journal.append([entry])


def _enqueue(run: int) -> None:
    app.configure_task("cases.move_batch", lock=f"cases.move_batch:{run}").defer(run=run)
