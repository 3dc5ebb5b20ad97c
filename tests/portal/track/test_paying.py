"""缴费 on the page of a case: how much, by when, where, and that nobody asks for it by telephone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from tests.acting import browser
from tests.cases.rules.test_paying import HOME, KEY, RECEIPT
from tests.cases.world import World, staff
from tests.desk.review.test_paying import asked

from onedoor.cases import commands
from onedoor.kernel.actor import Act
from onedoor.kernel.clock import local_date

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(settings: Settings, world: World) -> Client:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.acting.GivenActor"]
    return browser(world.citizen)


def page_of(client: Client, number: str) -> str:
    return client.get(f"/track/{number}/").content.decode()


def test_what_to_pay_is_said_in_plain_words_until_it_is_paid(world: World, mine: Client) -> None:
    number = asked(world)
    page, place = page_of(mine, number), world.item.places[0]
    assert all(told in page for told in ("等您缴费", "请您缴费 80元", HOME.standard, HOME.basis, place.address))
    assert all(told in page for told in ("最迟", "不在网上收钱", "办理期限照常计算"))
    assert mine.get(f"/track/{number}/papers/payment-1/").content.startswith(b"%PDF")
    now = timezone.now()
    paid = commands.Paid(RECEIPT, 8000, local_date(now))
    commands.record_payment(number, paid, by=staff("窗口", world.item.organ, Act.RECEIVE), at=now, step=KEY)
    page = page_of(mine, number)
    assert ("请您缴费" in page, f"财政票据号 {RECEIPT}" in page) == (False, True)


def test_less_than_the_charges_is_explained(world: World, mine: Client) -> None:
    number, now, organ = asked(world), timezone.now(), world.item.organ
    words = {"step": KEY, "cents": 2000, "basis": "财税〔2016〕79号", "reason": "小微企业"}
    commands.propose_relief(number, by=staff("审查员", organ, Act.REVIEW), at=now, **words)  # type: ignore[arg-type]
    commands.decide_relief(number, by=world.leader, at=now, step=KEY, granted=True, reason="同意")
    page = page_of(mine, number)
    assert all(told in page for told in ("请您缴费 20元", "经批准减免，只要缴 <b>20元</b>。依据：财税〔2016〕79号"))
    assert mine.get(f"/track/{number}/papers/payment-2/").content.startswith(b"%PDF")


def test_after_its_day_it_may_still_be_paid(world: World, mine: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    number = asked(world)
    later = timezone.now() + timedelta(days=20)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert "已经过了，现在仍可以缴" in page_of(mine, number)


def test_what_was_paid_for_a_case_that_came_to_nothing_may_be_asked_back(world: World, mine: Client) -> None:
    number, now = asked(world), timezone.now()
    paid = commands.Paid(RECEIPT, 8000, local_date(now))
    commands.record_payment(number, paid, by=staff("窗口", world.item.organ, Act.RECEIVE), at=now, step=KEY)
    commands.withdraw(number, by=world.citizen, at=now)
    assert "要退费的，请带票据到窗口提出" in page_of(mine, number)
