"""Batch: listed one by one, confirmed once, each in its own transaction, refusals named."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.world import World

from onedoor.cases import commands, queries
from onedoor.cases.rules.values import Verdict
from onedoor.kernel.actor import Actor

NOW = timezone.now()  # no limit has passed: silence has had no effect yet
pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]


def submit(world: World, n: int) -> str:
    return commands.submit(world.application(name=f"店{n}"), by=world.citizen, at=NOW, key=f"k{n}").number


def state(number: str) -> str:
    return queries.replayed(number)[0].state


def test_nothing_is_done_before_it_is_confirmed_and_a_refusal_stops_no_other(world: World, acting: SignIn) -> None:
    one, two, three = (submit(world, n) for n in range(3))
    clerk, keys = acting(world.clerk), [f"{number}|accept|1" for number in (one, two, three)]
    page = clerk.post("/desk/batch/", {"pick": keys}).content.decode()
    assert "核对这 3 件" in page
    assert {state(number) for number in (one, two, three)} == {"submitted"}
    commands.withdraw(two, by=world.citizen, at=NOW)
    page = clerk.post("/desk/batch/", {"pick": keys, "sure": "1"}).content.decode()
    assert "3 件中办成 2 件" in page
    assert "可能刚被别人办完" in page
    assert [state(number) for number in (one, two, three)] == ["accepted", "closed", "accepted"]


def test_steps_pass_with_one_opinion_and_never_without(world: World, acting: SignIn) -> None:
    number = submit(world, 0)
    version = commands.accept(number, by=world.clerk, at=NOW).version
    reviewer, key = acting(world.reviewer), f"{number}|papers|{version}"
    assert reviewer.post("/desk/batch/", {"pick": key, "sure": "1"}).status_code == 422
    reviewer.post("/desk/batch/", {"pick": key, "sure": "1", "opinion": "材料齐全"})
    assert "papers" in queries.replayed(number)[0].results


def test_decisions_and_other_peoples_tasks_are_never_in_a_batch(world: World, acting: SignIn) -> None:
    number = submit(world, 0)
    commands.accept(number, by=world.clerk, at=NOW)
    while steps := queries.inbox(by=world.reviewer):
        commands.complete_step(
            number,
            by=world.reviewer,
            at=NOW,
            step=steps[0].task,
            verdict=Verdict.PASSED,
            opinion="好",
            officers=("甲", "乙"),
        )
    (owed,) = queries.inbox(by=world.leader)
    key = f"{number}|{owed.task}|{owed.version}"
    page = acting(world.leader).post("/desk/batch/", {"pick": key, "sure": "1"}).content.decode()
    assert "不能批量" in page
    assert state(number) == "accepted"
    assert "没有办理这一步的权限" in acting(world.clerk).post("/desk/batch/", {"pick": key}).content.decode()
    assert acting(world.clerk).post("/desk/batch/", {}).status_code == 302
