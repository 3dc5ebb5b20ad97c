"""残疾人证: applied for without JavaScript; two windows hand in the same application and get one receipt."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.cases.conftest import catalogued
from tests.journeys.browsing import Applicant, Officer, Visitor
from tests.journeys.doors import Door

pytestmark = pytest.mark.journey
ITEM = "残疾人证办理"
ANSWERS = {
    "apply_kind": "renew",
    "guardian": "no",
    "minor": False,
    "home_area": "530524101204",
    "old_reason": "expired",
}
ANSWERS |= {"delivery_way": "window", "electronic_service": True}


def test_a_form_without_javascript_handed_in_twice_is_one_case(door: Door, settled: Callable[[str], None]) -> None:
    person = door.let_in(Applicant, "maxiaoyan", scripts=False)
    number, password = apply(person)
    hand_in_again(person, number)
    followed_without_signing_in(door, number, password)
    work_through(door, number)
    settled(number)
    person.goto(f"/track/{number}/")
    person.says("已办成")


def apply(person: Applicant) -> tuple[str, str]:
    person.goto("/search/?q=残疾证")
    person.click(person.page.locator(".hits").get_by_role("link", name=ITEM))
    person.follow("开始办理")
    person.press("开始填写")
    person.fill_in(catalogued(ITEM), ANSWERS)
    second = person.context.new_page()
    second.goto(person.page.url)
    person.press("提交申请")
    person.says("申请已收到")
    told = person.page.locator("dd.number").all_inner_texts()
    with second.expect_navigation():
        second.get_by_role("button", name="提交申请").click()
    assert second.locator("dd.number").all_inner_texts() == told
    second.close()
    return told[0].strip(), told[1].strip()


def hand_in_again(person: Applicant, number: str) -> None:
    """Back, and the button once more: the receipt again."""
    person.page.go_back()
    person.page.reload()
    person.look()
    person.says("申请已收到", number)


def followed_without_signing_in(door: Door, number: str, password: str) -> None:
    anybody = door.let_in(Visitor, "", screen="phone")
    assert anybody.goto(f"/track/{number}/") == 404
    anybody.goto("/track/")
    anybody.page.locator('[name="number"]').fill(number)
    anybody.page.locator('[name="password"]').fill("00000000")
    anybody.click('main form:has([name="password"]) button')
    anybody.says("不对")
    anybody.page.locator('[name="password"]').fill(password)
    anybody.click('main form:has([name="password"]) button')
    anybody.says(ITEM, "已收到")


def work_through(door: Door, number: str) -> None:
    clerk = door.let_in(Officer, "tyz03")
    clerk.open(number)
    clerk.act("受理", "受理")
    reviewer = door.let_in(Officer, "tyz02")
    reviewer.open(number)
    reviewer.sign_step("乡镇初审")
    county = door.let_in(Officer, "cl04")
    county.open(number)
    county.sign_step("数据库核对")
    checker = door.let_in(Officer, "cl03")
    checker.open(number)
    checker.sign_step("县残联审核")
    leader = door.let_in(Officer, "cl02")
    leader.open(number)
    leader.act("批准", "签发决定", outcome="granted", reasons="符合残疾标准，准予换证。")
