"""The page of one thing for whoever asked for it: what was refused and what rests on it, the one visit, the results."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests.cases.street import Street, founded, promising
from tests.cases.world import AT

from onedoor.cases import commands
from onedoor.cases.queries.keys import query_secret
from onedoor.cases.rules.application import password
from onedoor.cases.rules.values import Delivery, Outcome, Pledge, Verdict
from onedoor.cases.rules.visiting import Finding

pytestmark = pytest.mark.django_db


@pytest.fixture
def street() -> Street:
    return founded()


def opened(number: str) -> str:
    """The page as somebody with number and query password sees it."""
    client = Client()
    told = {"number": number, "password": password(number, query_secret())}
    return client.post("/track/", told, follow=True).content.decode()


def test_an_early_refusal_names_what_is_not_begun_any_more_and_the_others_go_on(street: Street) -> None:
    number = street.submit()
    commands.accept(number, by=street.officer(number, "food"), at=AT)
    street.decide(street.child(number, "food").number, outcome=Outcome.DENIED)
    commands.follow_members(number, at=AT)
    page = opened(number)
    assert "食品经营许可没有批准，这一项不再开始办" in page
    assert "食品经营许可没有批准，烟草专卖零售许可不再开始" in page
    assert "不再办理" in page
    assert "办理中" in page
    street.decide(street.child(number, "drain").number)
    commands.follow_members(number, at=AT)
    assert "部分" in opened(number)


def test_one_visit_is_told_with_its_place_and_afterwards_what_was_seen_stays_with_the_officers(street: Street) -> None:
    number = street.submit()
    lead = street.officer(number, "food")
    commands.accept(number, by=lead, at=AT)
    meeting = commands.VisitCall(AT + timedelta(hours=1), "人民路88号店门口", ("food", "drain"))
    commands.call_visit(number, meeting, by=lead, at=AT)
    page = opened(number)
    assert "几个部门一起来看现场" in page
    assert "2026年3月2日 11:00" in page
    assert "人民路88号店门口" in page
    found = Finding(Verdict.PASSED, "后厨布局合理", ("甲", "乙"))
    for member in ("food", "drain"):
        commands.sign_visit(number, found, by=street.officer(number, member), at=AT, member=member)
    page = opened(number)
    assert "几个部门一起看过现场：食品经营许可、排水许可" in page
    assert "联合踏勘记录" in page


def test_all_results_are_listed_in_one_receipt(street: Street) -> None:
    number = street.submit(electronic=False)
    lead = street.officer(number, "food")
    commands.accept(number, by=lead, at=AT)
    street.decide(street.child(number, "food").number)
    commands.follow_members(number, at=AT)
    commands.deliver(number, by=lead, at=AT, method=Delivery.WINDOW, receiver="张三")
    page = opened(number)
    assert "统一出件" in page
    assert "送达回证" in page


def test_what_was_promised_is_told_with_each_permit_that_waits_for_it_and_handed_in_once(db: None) -> None:
    street = promising()
    later = dict.fromkeys(("food_rules", "drain_plan", "tobacco_shop_photo"), Pledge.LATER)
    number = street.submit(promised={**later, "food_layout": Pledge.INSTEAD})
    assert "受理以后告诉您最迟哪天交" in opened(number)
    commands.accept(number, by=street.officer(number, "food"), at=AT)
    page = opened(number)
    assert "请您补交" in page
    assert "食品经营许可：" in page
    assert "3月5日" in page
    assert "排水许可：" in page
