"""缴费 on the case page: how much is said by a tariff, the receipt is recorded, a reduction approved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.commands.test_paying import charging
from tests.cases.rules.test_paying import HOME, KEY, RECEIPT
from tests.cases.world import World, staff
from tests.desk.review.test_views import do

from onedoor.cases import commands
from onedoor.cases.rules.values import Verdict
from onedoor.items.rules import Fee
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.clock import local_date

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]
BY_AREA = replace(HOME, cents=None, standard="按面积计算")


def asked(world: World, fee: Fee = HOME, *, by: Actor | None = None) -> str:
    """A case of which the fee is next, as the platform leaves it."""
    now, by = timezone.now(), by or world.citizen
    item = charging(world, fee, at=now)
    number = commands.submit(world.application(applicant=by.represents[0].party), by=by, at=now, key="k1").number
    commands.accept(number, by=world.clerk, at=now)
    words = {"step": item.plan.steps[0].key, "verdict": Verdict.PASSED, "opinion": "查明"}
    commands.complete_step(number, by=world.reviewer, at=now, **words)  # type: ignore[arg-type]
    return commands.do_automatic_steps(number, at=now).number


def page_of(client: Client, number: str) -> str:
    return client.get(f"/desk/cases/{number}/").content.decode()


def test_the_window_reads_what_is_asked_and_records_the_receipt(world: World, acting: SignIn) -> None:
    number, today = asked(world), local_date(timezone.now()).isoformat()
    window = acting(staff("窗口", world.item.organ, Act.RECEIVE))
    page = page_of(window, number)
    assert all(told in page for told in ("等申请人缴费", "应缴 80元", "缴费不停止计时", HOME.basis, "登记缴费"))
    assert "签名并提交" not in page, "nobody concludes it by a verdict"
    fields = {"step": KEY, "receipt": RECEIPT, "paid_on": today}
    status, page = do(window, number, "record_payment", amount="70", **fields)
    assert (status, "应缴 80元，填写的是 70元" in page, RECEIPT in page) == (422, True, True)
    status, page = do(window, number, "record_payment", amount="八十", **fields)
    assert (status, "请填写金额" in page) == (422, True)
    status, page = do(window, number, "record_payment", amount="80.00元", **fields)
    assert (status, f"票据号 {RECEIPT}" in page, "已缴费" in page) == (200, True, True)


def test_a_tariff_is_reckoned_in_words_that_the_notice_says(world: World, acting: SignIn) -> None:
    number = asked(world, BY_AREA)
    officer = acting(staff("审查员", world.item.organ, Act.REVIEW))
    assert "核定应缴金额" in page_of(officer, number)
    fields = {"step": KEY, "computation": "12 平方米，每平方米 30 元"}
    status, page = do(officer, number, "set_charges", **fields, **{"amount.0": ""})
    assert (status, "请填写金额" in page) == (422, True)
    status, page = do(officer, number, "set_charges", **fields, **{"amount.0": "360"})
    assert status == 200
    assert all(told in page for told in ("应缴 360元", "12 平方米", "更正应缴金额"))


def test_a_reduction_is_proposed_and_approved_by_the_leader(world: World, acting: SignIn) -> None:
    number, organ = asked(world), world.item.organ
    officer, leader = acting(staff("审查员", organ, Act.REVIEW)), acting(staff("局长", organ, Act.EXTEND, Act.DECIDE))
    assert HOME.reduction_basis in page_of(officer, number)
    fields = {"step": KEY, "basis": "财税〔2016〕79号", "reason": "小微企业，查了营业执照"}
    assert do(officer, number, "propose_relief", amount="0", **fields)[0] == 200
    assert "提出减免" not in page_of(officer, number)
    assert "审查员提出全部免缴。依据：财税〔2016〕79号。理由：小微企业" in page_of(leader, number)
    status, page = do(leader, number, "decide_relief", step=KEY, reason="同意")
    assert (status, "请选择批准或者不批准" in page) == (422, True)
    status, page = do(leader, number, "decide_relief", step=KEY, granted="yes", reason="同意")
    assert (status, "免缴。依据：财税〔2016〕79号" in page) == (200, True)


def test_what_did_not_come_is_ended_with_a_reason_once_its_day_has_passed(
    world: World, acting: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, officer = asked(world), acting(staff("审查员", world.item.organ, Act.REVIEW))
    assert "不再等待" not in page_of(officer, number)
    later = timezone.now() + timedelta(days=20)
    monkeypatch.setattr(timezone, "now", lambda: later)
    page = page_of(officer, number)
    assert all(told in page for told in ("期满未缴", "没有缴费不产生默认同意"))
    status, page = do(officer, number, "give_up_payment", step=KEY, reason="电话催过两次")
    assert (status, "没有缴费，通知已经作废" in page) == (200, True)


def test_what_was_paid_for_nothing_is_pointed_out_with_its_receipt(world: World, acting: SignIn) -> None:
    number, now = asked(world), timezone.now()
    paid = commands.Paid(RECEIPT, 8000, local_date(now))
    commands.record_payment(number, paid, by=staff("窗口", world.item.organ, Act.RECEIVE), at=now, step=KEY)
    commands.withdraw(number, by=world.citizen, at=now)
    page = page_of(acting(staff("审查员", world.item.organ, Act.REVIEW)), number)
    assert all(told in page for told in (RECEIPT, "没有办成", "按财政部门非税收入退付的规定办理"))
