"""The manager of an item sees what a new version does to running cases, moves them, leaves some, takes it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.commands.test_moving import case_of, finish, publish, submit
from tests.cases.world import World, staff

from onedoor.cases import commands, queries
from onedoor.items import commands as items
from onedoor.items.rules import ItemVersion
from onedoor.kernel.actor import Act, Actor

pytestmark = pytest.mark.django_db
Acting = Callable[[Actor], Client]


@pytest.fixture
def manager(world: World) -> Actor:
    return staff("事项管理员", world.item.organ, Act.MANAGE_ITEMS)


@pytest.fixture
def cases(world: World) -> tuple[str, str]:
    """One case that can move, one whose finished opinion falls away."""
    publish(world, "fire", "road")
    free, stuck = submit(world, "a"), submit(world, "b")
    finish(world, stuck, "papers", "road")
    return free, stuck


@pytest.fixture
def changed(world: World, cases: tuple[str, str]) -> ItemVersion:
    return publish(world, "fire", "health")


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_page_says_who_can_move_and_why_others_cannot(
    acting: Acting, manager: Actor, changed: ItemVersion, cases: tuple[str, str]
) -> None:
    page = text(acting(manager).get(f"/desk/catalogue/items/{changed.code}/moving/"))
    assert "按以前的版本在办 2 件" in page
    assert "1 件不能迁移" in page
    assert "「road意见」已经办结，新版没有这个环节" in page
    assert "health意见" in page
    assert all(number in page for number in cases)
    assert "在办件迁移" in text(acting(manager).get(f"/desk/catalogue/items/{changed.code}/"))


def test_all_that_can_are_moved_and_the_report_names_the_others_and_is_taken_back(
    world: World, acting: Acting, manager: Actor, changed: ItemVersion, *, cases: tuple[str, str]
) -> None:
    desk = acting(manager)
    address = f"/desk/catalogue/items/{changed.code}/moving/"
    run_page = desk.post(f"{address}do/all/")["Location"]
    assert desk.post(f"{address}do/all/").status_code == 409
    run = int(run_page.rstrip("/").rpartition("/")[2])
    assert desk.post(f"{run_page}do/stop/").status_code == 302
    assert "已暂停" in text(desk.get(run_page))
    assert desk.post(f"{run_page}do/continue/").status_code == 302
    commands.move_batch(run, at=timezone.now(), by=manager)
    report = text(desk.get(run_page))
    assert "已办 2 件，共 2 件" in report
    assert cases[1] in report
    assert case_of(world, cases[0]).item_version == changed.id
    undo_page = desk.post(f"{run_page}do/undo/")["Location"]
    commands.move_batch(int(undo_page.rstrip("/").rpartition("/")[2]), at=timezone.now(), by=manager)
    assert "已撤回" in text(desk.get(undo_page))
    assert case_of(world, cases[0]).item_version != changed.id
    assert desk.post(f"{run_page}do/stop/").status_code == 422


def test_picked_cases_are_left_with_a_reason(
    world: World, acting: Acting, manager: Actor, changed: ItemVersion, *, cases: tuple[str, str]
) -> None:
    desk, address = acting(manager), f"/desk/catalogue/items/{changed.code}/moving/"
    case = case_of(world, cases[0])
    assert "请先勾选" in text(desk.post(f"{address}do/keep/", {"reason": "申请人要求"}))
    assert desk.post(f"{address}do/keep/", {"case": case.id, "reason": ""}).status_code == 422
    assert desk.post(f"{address}do/keep/", {"case": case.id, "reason": "申请人要求"}).status_code == 302
    assert case_of(world, cases[0]).stays
    assert "留在原版本" in text(desk.get(address))


def test_without_running_cases_the_page_says_so_and_others_find_nothing(
    world: World, acting: Acting, manager: Actor
) -> None:
    address = f"/desk/catalogue/items/{world.item.code}/moving/"
    assert "没有按以前的版本在办的件" in text(acting(manager).get(address))
    elsewhere = staff("别处", "11530524015240000B", Act.MANAGE_ITEMS)
    assert acting(elsewhere).get(address).status_code == 404
    assert acting(world.leader).get(address).status_code == 404
    assert acting(manager).get("/desk/catalogue/moving/999/").status_code == 404


def test_a_draft_tells_what_publishing_it_would_mean(
    acting: Acting, manager: Actor, changed: ItemVersion, cases: tuple[str, str]
) -> None:
    draft = items.open_draft(changed.code, by=manager, at=timezone.now())
    page = text(acting(manager).get(f"/desk/catalogue/drafts/{draft.id}/"))
    assert "对在办件的影响" in page
    assert "1 件不能迁移，仍按原版本办完" in page
    assert queries.impact(changed, by=manager).running == 2
