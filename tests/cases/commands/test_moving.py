"""A service is changed while its cases wait at a join: they are moved, one by one or in batches, or stay by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.cases.conftest import catalogued
from tests.cases.world import AT, World, staff

from onedoor.cases import commands, queries
from onedoor.cases.queries import Became, RunState
from onedoor.cases.rules.fold import replay
from onedoor.cases.rules.values import Case, Outcome, State, Verdict
from onedoor.items import commands as items
from onedoor.items import queries as published
from onedoor.items.rules import ItemVersion
from onedoor.journal import queries as journal
from onedoor.kernel.actor import Act, Actor, system
from onedoor.kernel.errors import Conflict, Forbidden, NotFound, Refused
from onedoor.kernel.plan import Plan, Step, StepKind

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def publish(world: World, *opinions: str, at: datetime = AT) -> ItemVersion:
    """The item with one review, these opinions beside each other, and a decision that waits for all of them."""
    item = catalogued("食品经营许可")
    bare = tuple(replace(m, source=type(m.source)("shared")) for m in item.materials)
    first = Step("papers", "材料审查", StepKind.REVIEW)
    asked = tuple(Step(key, f"{key}意见", StepKind.OPINION, after=("papers",)) for key in opinions)
    last = Step("decide", "决定", StepKind.DECISION, after=opinions)
    items.publish([replace(item, materials=bare, plan=Plan((first, *asked, last)))], by=system("tests"), at=at)
    published.forget()
    return published.published(world.item.code)


@pytest.fixture
def manager(world: World) -> Actor:
    return staff("事项管理员", world.item.organ, Act.MANAGE_ITEMS)


@pytest.fixture
def joined(world: World) -> ItemVersion:
    return publish(world, "fire", "water", "road")


def submit(world: World, key: str) -> str:
    number = commands.submit(world.application(), by=world.citizen, at=AT, key=key).number
    commands.accept(number, by=world.clerk, at=AT)
    return number


def finish(world: World, number: str, *steps: str, at: datetime = AT) -> None:
    for step in steps:
        commands.complete_step(number, by=world.reviewer, at=at, step=step, verdict=Verdict.PASSED, opinion="同意")


def case_of(world: World, number: str) -> Case:
    case = queries.case_page(number, by=world.reviewer, on=AT.date()).case
    stored, again = queries.replayed(number)
    assert case == stored == again, "the row equals the replay"
    return case


def owed(world: World, number: str) -> set[str]:
    return {task.key for task in queries.case_page(number, by=world.reviewer, on=AT.date()).tasks}


def test_cases_that_wait_at_a_join_go_on_under_the_changed_plan(
    world: World, manager: Actor, joined: ItemVersion
) -> None:
    waiting, begun, stuck = (submit(world, key) for key in "abc")
    finish(world, waiting, "papers", "fire", "water")
    finish(world, begun, "papers")
    finish(world, stuck, "papers", "road")
    after = publish(world, "fire", "water", "health", at=LATER)

    told = queries.impact(after, by=manager)
    assert (told.running, told.movable, told.stuck) == (3, 2, 1)
    assert told.reasons == (("「road意见」已经办结，新版没有这个环节。", 1),)

    run = commands.start_moving(after.code, by=manager, at=LATER)
    assert commands.move_batch(run, at=LATER, by=manager) is False
    report = queries.move_run(run, by=manager)
    assert (report.state, report.total, report.number(Became.MOVED)) == (RunState.DONE, 3, 2)
    assert report.stayed == ((stuck, "「road意见」已经办结，新版没有这个环节。"),)

    assert owed(world, waiting) == {"health"}
    assert owed(world, begun) == {"fire", "water", "health"}
    assert owed(world, stuck) == {"fire", "water"}
    assert case_of(world, stuck).item_version == joined.id
    finish(world, waiting, "health", at=LATER)
    commands.decide(
        waiting, by=world.leader, at=LATER, outcome=Outcome.GRANTED, reasons="符合条件", article="第三十五条"
    )
    assert case_of(world, waiting).state is State.DECIDED
    assert queries.impact(after, by=manager).running == 1


def test_a_batch_is_undone_where_nothing_was_done_since(world: World, manager: Actor, joined: ItemVersion) -> None:
    still, touched = submit(world, "a"), submit(world, "b")
    before = case_of(world, still)
    after = publish(world, "fire", at=LATER)
    run = commands.start_moving(after.code, by=manager, at=LATER)
    commands.move_batch(run, at=LATER, by=manager)
    finish(world, touched, "papers", at=LATER)
    undo = commands.undo_moving(run, by=manager, at=LATER)
    commands.move_batch(undo, at=LATER, by=manager)
    report = queries.move_run(undo, by=manager)
    assert (report.number(Became.BACK), report.number(Became.REFUSED)) == (1, 1)
    back = case_of(world, still)
    assert back == replace(before, version=back.version)
    assert case_of(world, touched).item_version == after.id
    with pytest.raises(Refused, match="只能撤回"):
        commands.undo_moving(undo, by=manager, at=LATER)


def test_a_case_kept_with_a_reason_stays_until_it_is_moved_by_itself(
    world: World, manager: Actor, joined: ItemVersion
) -> None:
    number = submit(world, "a")
    commands.keep(number, by=manager, at=AT, reason="申请人要求按原来的办")
    after = publish(world, "fire", at=LATER)
    assert (queries.impact(after, by=manager).kept, queries.impact(after, by=manager).movable) == (1, 0)
    run = commands.start_moving(after.code, by=manager, at=LATER)
    commands.move_batch(run, at=LATER, by=manager)
    assert queries.move_run(run, by=manager).number(Became.KEPT) == 1
    commands.move(number, by=manager, at=LATER)
    case = case_of(world, number)
    assert (case.item_version, case.stays) == (after.id, False)
    kept = next(entry for entry in journal.stream(f"case:{case.id}") if entry.kind == "case_kept")
    assert "reason" in kept.personal
    assert "reason" not in kept.body


def test_a_batch_is_stopped_and_continued_and_takes_each_case_once(
    world: World, manager: Actor, joined: ItemVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [submit(world, key) for key in "abc"]
    after = publish(world, "fire", at=LATER)
    run = commands.start_moving(after.code, by=manager, at=LATER)
    with pytest.raises(Conflict, match="没有完成"):
        commands.start_moving(after.code, by=manager, at=LATER)
    monkeypatch.setattr("onedoor.cases.commands.moving.BATCH", 1)
    assert commands.move_batch(run, at=LATER, by=manager) is True
    commands.stop_moving(run, by=manager, at=LATER)
    assert commands.move_batch(run, at=LATER, by=manager) is False
    assert queries.move_run(run, by=manager).handled == 1
    commands.continue_moving(run, by=manager, at=LATER)
    while commands.move_batch(run, at=LATER, by=manager):
        continue
    report = queries.move_run(run, by=manager)
    assert (report.state, report.number(Became.MOVED)) == (RunState.DONE, 3)
    assert commands.move_batch(run, at=LATER, by=manager) is False
    assert [case_of(world, number).version for number in numbers] == [3, 3, 3]
    kinds = [entry.kind for entry in journal.stream(f"case-moves:{run}")]
    assert kinds == ["case_moves_started", "case_moves_stopped", "case_moves_continued", "case_moves_finished"]
    with pytest.raises(Refused, match="刷新页面"):
        commands.stop_moving(run, by=manager, at=LATER)


def test_only_the_chosen_cases_are_moved(world: World, manager: Actor, joined: ItemVersion) -> None:
    one, other = submit(world, "a"), submit(world, "b")
    after = publish(world, "fire", at=LATER)
    (group,) = queries.impact(after, by=manager).groups
    ids = {number: id_ for id_, number in queries.numbers_of(group.cases)}
    run = commands.start_moving(after.code, by=manager, at=LATER, chosen=[ids[one]])
    commands.move_batch(run, at=LATER, by=manager)
    assert case_of(world, one).item_version == after.id
    assert case_of(world, other).item_version == joined.id


def test_who_does_not_manage_the_item_moves_nothing(world: World, joined: ItemVersion) -> None:
    number = submit(world, "a")
    after = publish(world, "fire", at=LATER)
    with pytest.raises(Forbidden):
        commands.move(number, by=world.leader, at=LATER)
    with pytest.raises(NotFound):
        commands.start_moving(after.code, by=world.leader, at=LATER)
    with pytest.raises(NotFound):
        queries.impact(after, by=world.reviewer)
    elsewhere = staff("别处", "11530524015240000B", Act.MANAGE_ITEMS)
    with pytest.raises(Forbidden):
        commands.keep(number, by=elsewhere, at=LATER, reason="不行")


def test_nothing_to_move_is_said_and_a_stale_page_is_a_conflict(
    world: World, manager: Actor, joined: ItemVersion
) -> None:
    with pytest.raises(Refused, match="没有要迁移"):
        commands.start_moving(joined.code, by=manager, at=AT)
    number = submit(world, "a")
    version = case_of(world, number).version
    finish(world, number, "papers")
    publish(world, "fire", at=LATER)
    with pytest.raises(Conflict):
        commands.move(number, by=manager, at=LATER, version=version)


def test_silence_takes_effect_before_a_move(world: World, manager: Actor, joined: ItemVersion) -> None:
    number = commands.submit(world.application(), by=world.citizen, at=AT, key="a").number
    late = AT + timedelta(days=20)
    after = publish(world, "fire", at=late)
    case = commands.move(number, by=manager, at=late)
    assert (case.state, case.item_version, case.accepted) == (State.ACCEPTED, after.id, AT.date())
    assert replay(queries.facts(case.id)) == case
