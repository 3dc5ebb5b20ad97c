"""公示的异议 online: anybody, a name and a telephone, a receipt; the case and its number are all that is opened."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from tests.acting import browser
from tests.cases.conftest import catalogued
from tests.cases.world import World, citizen, found, register

from onedoor.access import queries as access
from onedoor.cases import commands, queries
from onedoor.items import commands as items
from onedoor.items import queries as published
from onedoor.kernel.actor import system
from onedoor.kernel.clock import local_date
from onedoor.kernel.plan import StepKind
from onedoor.notices import queries as notices
from onedoor.notices.models import Notice

pytestmark = pytest.mark.django_db
SAID = {"who": "李四", "contact": "13800000001", "objection": "门口堵消防通道"}


@pytest.fixture
def world() -> World:
    return found()


@pytest.fixture
def number(world: World) -> str:
    """A case whose first step is a 公示 that runs."""
    now = timezone.now()
    item = replace(catalogued("食品经营许可"), materials=world.item.materials)
    first, *others = item.plan.steps
    shown = replace(first, kind=StepKind.PUBLICITY, limit=replace(item.clock.promised, number=5), when=None)
    items.publish([replace(item, plan=replace(item.plan, steps=(shown, *others)))], by=system("tests"), at=now)
    published.forget()
    number = commands.submit(world.application(), by=world.citizen, at=now, key="k1").number
    commands.accept(number, by=world.clerk, at=now)
    return commands.start_publicity(
        number, by=world.reviewer, at=now, step="papers", notice="拟准予一家店开业。"
    ).number


def test_a_passer_by_objects_and_is_answered(number: str, world: World) -> None:
    address = f"/announcements/{number}/papers/"
    assert address in Client().get("/announcements/").content.decode()
    client = Client()
    empty = client.post(address, {"who": "", "contact": "1", "objection": ""})
    assert (empty.status_code, "电话号码格式不对" in empty.content.decode()) == (422, True)
    told = client.post(address, SAID, follow=True)
    assert (told.status_code, f"{number}-异议-1" in told.content.decode()) == (200, True)
    assert client.get(f"/track/{number}/").status_code == 404
    assert [one.title for one in notices.inbox(by=world.reviewer)] == ["公示收到一条异议"]
    page = queries.case_page(number, by=world.reviewer, on=local_date(timezone.now()))
    assert page.case.publicity["papers"].objections == {"papers-1": False}
    words = {"step": "papers", "keys": ["papers-1"], "answer": "已核实"}
    commands.answer_objections(number, by=world.reviewer, at=timezone.now(), **words)  # type: ignore[arg-type]
    row, replay = queries.replayed(number)
    assert row == replay


def test_the_answer_is_read_by_receipt_and_code_and_nothing_is_sent_to_a_number_that_was_only_typed(
    number: str, world: World
) -> None:
    told = Client().post(f"/announcements/{number}/papers/", SAID, follow=True).content.decode()
    receipt, address = f"{number}-异议-1", "/announcements/answer/"
    code = queries.receipt_code(receipt)
    assert (code in told, "答复不发短信" in told) == (True, True)
    own = {"receipt": receipt, "code": code}
    assert "还没有答复" in Client().post(address, own).content.decode()
    words = {"step": "papers", "keys": ["papers-1"], "answer": "已到现场核实。"}
    commands.answer_objections(number, by=world.reviewer, at=timezone.now(), **words)  # type: ignore[arg-type]
    assert not Notice.objects.filter(template="objection_answered").exists()
    page = Client().post(address, own).content.decode()
    assert ("已到现场核实。" in page, SAID["objection"] in page) == (True, True)
    for wrong in ({**own, "code": "0"}, {**own, "receipt": "1"}, {**own, "receipt": f"{number}-异议-2"}):
        answer = Client().post(address, wrong)
        assert (answer.status_code, "核实" in answer.content.decode()) == (422, False)


def test_whoever_had_signed_in_is_told_each_of_their_own(number: str, world: World, settings: Settings) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.acting.GivenActor"]
    neighbour = register("李四")
    client, address = browser(citizen(neighbour, "李四")), f"/announcements/{number}/papers/"
    for said in (SAID, {**SAID, "objection": "招牌挡路"}):
        assert "给您登记的手机发短信" in client.post(address, said, follow=True).content.decode()
    words = {"step": "papers", "keys": ["papers-1", "papers-2"], "answer": "已核实"}
    commands.answer_objections(number, by=world.reviewer, at=timezone.now(), **words)  # type: ignore[arg-type]
    told = Notice.objects.filter(template="objection_answered")
    assert {(one.to, f"异议-{n}" in one.body) for n, one in enumerate(told.order_by("id"), 1)} == {(neighbour, True)}


@pytest.mark.parametrize("limit", ["objections_of_address", "objections_of_case"])
def test_one_address_may_object_so_often_and_no_more(number: str, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    few = replace(access.policy(local_date(timezone.now())), **{limit: 1})
    monkeypatch.setattr(access, "policy", lambda _on: few)
    address = f"/announcements/{number}/papers/"
    assert Client().post(address, SAID).status_code == 302
    answer = Client().post(address, SAID)
    assert (answer.status_code, "过多" in answer.content.decode()) == (422, True)


def test_what_is_sent_twice_is_one_objection(number: str, world: World) -> None:
    address = f"/announcements/{number}/papers/"
    for said in (SAID, SAID, {**SAID, "objection": "招牌挡路"}):
        assert Client().post(address, said).status_code == 302
    page = queries.case_page(number, by=world.reviewer, on=local_date(timezone.now()))
    assert page.case.publicity["papers"].objections == {"papers-1": False, "papers-2": False}
    assert len(notices.inbox(by=world.reviewer)) == 2


def test_what_is_not_shown_takes_no_objection(number: str) -> None:
    for path in (f"{number}/taste", "53052420261104000026X/papers"):
        assert Client().get(f"/announcements/{path}/").status_code == 404


def test_what_was_said_stands_on_the_page_a_while_and_no_longer(
    number: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, address = Client(), f"/announcements/{number}/papers/"
    client.post(address, SAID)
    assert SAID["objection"] in client.get(f"{address}?done=1").content.decode()
    rested = replace(access.policy(local_date(timezone.now())), query_idle_minutes=0)
    monkeypatch.setattr(access, "policy", lambda _on: rested)
    assert SAID["objection"] not in client.get(f"{address}?done=1").content.decode()
    monkeypatch.undo()
    assert SAID["objection"] not in client.get(f"{address}?done=1").content.decode()
