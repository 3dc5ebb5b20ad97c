"""Batch: listed one by one, confirmed once, each in its own transaction, refusals named."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.world import World

from onedoor.cases import commands, queries
from onedoor.cases.rules import events as e
from onedoor.cases.rules.values import Outcome, Verdict
from onedoor.kernel.actor import Actor
from onedoor.kernel.errors import Refused

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


def ready_to_decide(world: World, n: int) -> str:
    """Everything but the decision is done; the row as it is ticked."""
    number = submit(world, n)
    commands.accept(number, by=world.clerk, at=NOW)
    while steps := [row for row in queries.inbox(by=world.reviewer) if row.number == number]:
        words = {"verdict": Verdict.PASSED, "opinion": "好", "officers": ("甲", "乙")}
        commands.complete_step(number, by=world.reviewer, at=NOW, step=steps[0].task, **words)  # type: ignore[arg-type]
    (owed,) = (row for row in queries.inbox(by=world.leader) if row.number == number)
    return f"{number}|{owed.task}|{owed.version}"


def test_decisions_go_together_only_with_reasons_for_each(world: World, acting: SignIn) -> None:
    one, two = keys = [ready_to_decide(world, n) for n in range(2)]
    leader, given = acting(world.leader), {"pick": keys, "sure": "1", "opinion": "都好", f"words.{one}": "条件符合"}
    answer = leader.post("/desk/batch/", given)
    assert answer.status_code == 422
    assert "决定要逐件写明理由" in answer.content.decode()
    assert "条件符合" in answer.content.decode()
    assert "2 件中办成 2 件" in leader.post("/desk/batch/", given | {f"words.{two}": "另一家也符合"}).content.decode()
    for key, reasons in ((one, "条件符合"), (two, "另一家也符合")):
        told = queries.case_page(key.partition("|")[0], by=world.leader, on=NOW.date()).facts
        (decided,) = (fact.event for fact in told if isinstance(fact.event, e.Decided))
        assert (decided.reasons, decided.outcome) == (reasons, Outcome.GRANTED)


def test_other_peoples_tasks_are_never_in_a_batch(world: World, acting: SignIn) -> None:
    key = ready_to_decide(world, 0)
    assert "没有办理这一步的权限" in acting(world.clerk).post("/desk/batch/", {"pick": key}).content.decode()
    assert state(key.partition("|")[0]) == "accepted"
    assert acting(world.clerk).post("/desk/batch/", {}).status_code == 302


def test_all_that_was_ticked_goes_to_one_colleague_and_a_refusal_stops_no_other(
    world: World, acting: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [f"{submit(world, n)}|accept|1" for n in range(2)]
    gone = keys[0].partition("|")[0]
    handed: list[tuple[str, str, str]] = []

    def hand_over(number: str, *, task: str, to: str, reason: str, **_: object) -> None:
        if number == gone:
            raise Refused("task_not_owed", "这个环节现在没有待办")
        handed.append((task, to, reason))

    monkeypatch.setattr(commands, "hand_over", hand_over)
    given = {"pick": keys, "hand": "1", "to": "account:同事", "reason": "明天出差"}
    page = acting(world.clerk).post("/desk/batch/", given).content.decode()
    assert "2 件中办成 1 件" in page
    assert "这个环节现在没有待办" in page
    assert handed == [("accept", "account:同事", "明天出差")]
