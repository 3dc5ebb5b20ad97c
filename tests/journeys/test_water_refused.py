"""取水许可: the visit finds it unfit, it is refused, the applicant reads reasons and remedies on a telephone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.cases.conftest import catalogued
from tests.journeys.browsing import Applicant, Officer
from tests.journeys.doors import Door

pytestmark = pytest.mark.journey
ITEM = "取水许可"
REASONS = "取水口下游有人畜饮水水源，取水后不能保证下游用水。"
ANSWERS = {"works": "new", "project": "no", "source": "surface", "use": "farming", "returns": False, "years": "5"}
ANSWERS |= {"yearly": "2.4", "most_daily": "120", "delivery_way": "online", "electronic_service": True}


def test_a_refusal_tells_its_reasons_and_the_remedies(door: Door, settled: Callable[[str], None]) -> None:
    farmer = door.let_in(Applicant, "hejianping")
    number = apply(farmer)
    review(door, number)
    refuse(door, number)
    settled(number)
    farmer = door.let_in(Applicant, "hejianping", screen="phone")
    farmer.goto(f"/track/{number}/")
    farmer.says("未获批准", REASONS, "行政复议", "行政诉讼", "六十日", "六个月")
    decision_on_paper(farmer)


def apply(farmer: Applicant) -> str:
    farmer.goto("/search/?q=抽水浇地")
    farmer.click(farmer.page.locator(".hits").get_by_role("link", name=ITEM))
    farmer.follow("开始办理")
    farmer.page.get_by_label("何建平").check()
    farmer.press("开始填写")
    farmer.fill_in(catalogued(ITEM), ANSWERS)
    farmer.press("提交申请")
    farmer.says("申请已收到")
    return farmer.page.locator("dd.number").first.inner_text().strip()


def review(door: Door, number: str) -> None:
    clerk = door.let_in(Officer, "sl05")
    clerk.open(number)
    clerk.act("受理", "受理")
    reviewer = door.let_in(Officer, "sl04")
    reviewer.open(number)
    reviewer.sign_step("材料审查")
    reviewer.sign_step("现场核查", officers="许美琼、华志强", verdict="failed", opinion="下游三十户靠这条沟吃水。")
    checker = door.let_in(Officer, "sl03")
    checker.open(number)
    checker.sign_step("审核", verdict="failed", opinion="同意核查意见。")


def refuse(door: Door, number: str) -> None:
    """Granting is refused by the rules as a step failed; refusing needs reasons."""
    leader = door.let_in(Officer, "sl02")
    leader.open(number)
    form = leader.form("决定")
    form.locator('[name="outcome"][value="granted"]').check()
    form.locator('[name="reasons"]').fill(REASONS)
    leader.click(form.get_by_role("button", name="签发决定"))
    leader.says("不能准予")
    leader.act("决定", "签发决定", outcome="denied", reasons=REASONS)


def decision_on_paper(farmer: Applicant) -> None:
    """The decision can be opened as a PDF by its applicant."""
    address = farmer.page.locator('main a[href*="/files/"], main a[href*="/papers/decision"]').first.get_attribute(
        "href"
    )
    answer = farmer.context.request.get(farmer.url + (address or ""))
    assert answer.status == 200
    assert answer.body()[:5] == b"%PDF-"
