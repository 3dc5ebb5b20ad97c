"""最低生活保障: an old man, 长辈版, a telephone; the township accepts and reviews first, the county confirms."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.cases.conftest import catalogued
from tests.journeys.browsing import Applicant, Officer
from tests.journeys.doors import ELDER, Door

pytestmark = pytest.mark.journey
ITEM = "最低生活保障对象认定和给付"
ANSWERS = {"whole_family": "family", "ill": "no", "disabled": "no", "near_relative": False, "vehicle": False}
ANSWERS |= {"home_area": "530524101206", "bank_account": "6223000000000000001", "electronic_service": False}


def test_the_township_reviews_first_and_the_county_confirms(door: Door, settled: Callable[[str], None]) -> None:
    old = door.let_in(Applicant, "zhaoyongfu", screen="phone", view=ELDER)
    number = apply(old)
    the_county_cannot_accept_for_the_township(door, number)
    township(door, number)
    county(door, number)
    settled(number)
    delivered(door, number)


def apply(old: Applicant) -> str:
    old.goto("/")
    assert old.page.locator("html").get_attribute("data-view") == ELDER
    old.page.locator("#q").fill("低保")
    old.press("查找")
    old.click(old.page.locator(".hits").get_by_role("link", name=ITEM))
    old.follow("开始办理")
    old.press("开始填写")
    old.fill_in(catalogued(ITEM), ANSWERS)
    old.press("提交申请")
    old.says("申请已收到")
    return old.page.locator("dd.number").first.inner_text().strip()


def the_county_cannot_accept_for_the_township(door: Door, number: str) -> None:
    officer = door.let_in(Officer, "mz04")
    officer.goto(f"/desk/cases/{number}/")
    assert officer.page.locator('form[action*="/do/accept/"]').count() == 0


def township(door: Door, number: str) -> None:
    clerk = door.let_in(Officer, "tyz03")
    clerk.open(number)
    clerk.act("受理", "受理")
    county = door.let_in(Officer, "mz04")
    county.open(number)
    county.sign_step("家庭经济状况信息核对")
    reviewer = door.let_in(Officer, "tyz02", screen="phone")  # at the family's door
    reviewer.open(number)
    reviewer.sign_step("入户调查", officers="陶金凤、赵翠仙")
    reviewer.sign_step("乡镇初审")
    reviewer.sign_step("村（社区）公示")


def county(door: Door, number: str) -> None:
    checker = door.let_in(Officer, "mz03")
    checker.open(number)
    checker.sign_step("县民政局审核")
    leader = door.let_in(Officer, "mz02")
    leader.open(number)
    leader.act("确认", "签发决定", outcome="granted", reasons="家庭人均收入低于保障标准，予以确认。")


def delivered(door: Door, number: str) -> None:
    """He wanted paper: the case is closed, and collected at the window afterwards; a grandchild's computer shows it."""
    old = door.let_in(Applicant, "zhaoyongfu", view=ELDER)
    old.goto(f"/track/{number}/")
    old.says("已办成", "等您领取结果")
    window = door.let_in(Officer, "mz04")
    window.goto(f"/desk/cases/{number}/")
    if window.page.locator('form[action*="/do/deliver/"]').count() == 0:
        window = door.let_in(Officer, "zwfw13")
        window.open(number)
    window.act("送达", "登记送达", method="window", receiver="赵永福")
    old.goto(f"/track/{number}/")
    old.says("送达")
