"""缴费 on a database: asked for once with the act that made it ready; a receipt stands for one payment anywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.cases.commands.test_automatic import queued
from tests.cases.conftest import catalogued
from tests.cases.rules.test_paying import HOME, KEY, RECEIPT, of
from tests.cases.world import AT, World, staff

from onedoor.cases import commands, models, queries
from onedoor.cases.rules.events import PaymentAsked
from onedoor.cases.rules.values import Case, Outcome, Verdict
from onedoor.items import commands as items
from onedoor.items import queries as published
from onedoor.items.rules import Fee, ItemVersion
from onedoor.kernel.actor import Act, Actor, system
from onedoor.kernel.errors import Conflict, Forbidden, Invalid, Refused
from onedoor.notices import queries as notices

pytestmark = pytest.mark.django_db
PAID = commands.Paid(RECEIPT, 8000, AT.date())


@pytest.fixture
def item(world: World) -> ItemVersion:
    return charging(world, HOME)


def charging(world: World, fee: Fee, *, at: datetime = AT) -> ItemVersion:
    """The item of this world, with something to pay, as published."""
    plain = replace(catalogued("食品经营许可"), materials=world.item.materials)
    items.publish([of(plain, fee)], by=system("tests"), at=at)
    published.forget()
    return published.published(world.item.code)


def ready(world: World, item: ItemVersion, *, key: str = "k") -> Case:
    number = commands.submit(world.application(), by=world.citizen, at=AT, key=key).number
    commands.accept(number, by=world.clerk, at=AT)
    words = {"step": item.plan.steps[0].key, "verdict": Verdict.PASSED, "opinion": "查明"}
    return commands.complete_step(number, by=world.reviewer, at=AT, **words)  # type: ignore[arg-type]


def asked(world: World, item: ItemVersion, *, key: str = "k") -> Case:
    return commands.do_automatic_steps(ready(world, item, key=key).number, at=AT)


def window(item: ItemVersion) -> Actor:
    return staff("窗口", item.organ, Act.RECEIVE)


def test_it_is_asked_for_once_and_the_applicant_is_told(world: World, item: ItemVersion) -> None:
    case = ready(world, item)
    assert queued(case) == 1
    done = commands.do_automatic_steps(case.number, at=AT)
    assert done.payments[KEY].waits
    assert commands.do_automatic_steps(case.number, at=AT).version == done.version, "whoever is second finds it asked"
    row, replay = queries.replayed(case.number)
    assert row == replay
    commands.tell(case.number, (PaymentAsked.kind,), at=AT)
    (message,) = [one for one in notices.told_about(f"case:{case.number}", to=case.applicant)]
    assert message.template == "payment_asked"
    pdf = queries.paper(case.number, "payment", by=world.citizen)
    assert pdf.startswith(b"%PDF")


def test_the_window_records_it_and_the_decision_follows(world: World, item: ItemVersion) -> None:
    number = asked(world, item).number
    with pytest.raises(Forbidden):
        commands.record_payment(number, PAID, by=world.clerk, at=AT, step=KEY)
    case = commands.record_payment(number, PAID, by=window(item), at=AT, step=KEY)
    assert case.results[KEY].name == "窗口"
    words = {"outcome": Outcome.GRANTED, "reasons": "符合", "article": "第五条"}
    assert commands.decide(number, by=world.leader, at=AT, **words).outcome is Outcome.GRANTED  # type: ignore[arg-type]
    row, replay = queries.replayed(number)
    assert row == replay


def test_a_receipt_stands_for_one_payment_and_tells_where_only_to_who_may_see(world: World, item: ItemVersion) -> None:
    first = commands.record_payment(asked(world, item).number, PAID, by=window(item), at=AT, step=KEY)
    second = asked(world, item, key="k2").number
    with pytest.raises(Invalid, match=first.number):
        commands.record_payment(second, PAID, by=window(item), at=AT, step=KEY)
    row = models.Case.objects.filter(number=first.number)
    row.update(area="530523101001")  # not this window's to see
    spaced = replace(PAID, receipt=f" {RECEIPT[:4]} {RECEIPT[4:]}")
    with pytest.raises(Invalid, match="已经在别的办件登记过"):
        commands.record_payment(second, spaced, by=window(item), at=AT, step=KEY)
    row.update(area=first.area)
    assert not queries.replayed(second)[0].payments[KEY].settled


def test_what_did_not_come_ends_by_a_reason_after_its_last_day(world: World, item: ItemVersion) -> None:
    number, late = asked(world, item).number, AT + timedelta(days=9)
    with pytest.raises(Refused, match="才满"):
        commands.give_up_payment(number, by=world.reviewer, at=AT, step=KEY, reason="没有来")
    case = commands.give_up_payment(number, by=world.reviewer, at=late, step=KEY, reason="催过两次")
    assert case.results[KEY].verdict is Verdict.FAILED
    case = commands.send_back(number, by=world.leader, at=late, step=KEY, reason="来缴了")
    assert commands.do_automatic_steps(number, at=late).payments[KEY].notice == 2


def test_a_relief_is_the_leader_s_to_approve(world: World, item: ItemVersion) -> None:
    number = asked(world, item).number
    words = {"step": KEY, "cents": 0, "basis": "财税〔2016〕79号", "reason": "小微企业"}
    case = commands.propose_relief(number, by=world.reviewer, at=AT, **words)  # type: ignore[arg-type]
    said = {"step": KEY, "granted": True, "reason": "同意"}
    with pytest.raises(Forbidden):
        commands.decide_relief(number, by=world.reviewer, at=AT, **said)  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        commands.decide_relief(number, by=world.leader, at=AT, version=case.version - 1, **said)  # type: ignore[arg-type]
    case = commands.decide_relief(number, by=world.leader, at=AT, **said)  # type: ignore[arg-type]
    assert (case.payments[KEY].exempt, case.results[KEY].verdict) == ("财税〔2016〕79号", Verdict.PASSED)


def test_a_tariff_is_set_by_the_reviewer(world: World) -> None:
    dug = charging(world, replace(HOME, cents=None, standard="按面积计算"), at=AT + timedelta(minutes=1))
    case = asked(world, dug)
    assert case.by_hand == {KEY: date(2026, 3, 2)}
    amounts = {HOME.name: 123456}
    case = commands.set_charges(
        case.number, by=world.reviewer, at=AT, step=KEY, amounts=amounts, computation="12 平方米"
    )
    assert case.payments[KEY].cents == 123456
    assert queries.paper(case.number, "payment", by=world.citizen).startswith(b"%PDF")


def test_what_the_platform_could_not_ask_for_to_the_last_is_left_to_people(world: World, item: ItemVersion) -> None:
    case = commands.do_automatic_steps(ready(world, item).number, at=AT, unanswered=True)
    assert case.by_hand == {KEY: AT.date()}
    words = {"step": KEY, "amounts": {}, "computation": "按公布的固定标准"}
    assert commands.set_charges(case.number, by=world.reviewer, at=AT, **words).payments[KEY].cents == 8000  # type: ignore[arg-type]
