"""食品经营许可: found by plain words, applied for on a telephone, supplemented, visited, granted, verified, rated.

The leader who decides is outside the hall, with a telephone; the owner rates at a computer.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.cases.conftest import catalogued
from tests.journeys.browsing import Applicant, Officer, Visitor, photograph
from tests.journeys.doors import Door

pytestmark = pytest.mark.journey
ITEM = "食品经营许可"
ANSWERS = {"business": "catering", "rented": "yes", "catering_projects": ["hot", "cold"], "place_address": "人民路88号"}
ANSWERS |= {"delivery_way": "online", "electronic_service": True, "rules_adopted": True}
THUMB = 44  # px


def test_from_plain_words_to_a_licence_that_anybody_can_verify(door: Door, settled: Callable[[str], None]) -> None:
    owner = door.let_in(Applicant, "lixiulan", screen="phone")
    number = apply(owner)
    ask_for_a_supplement(door, number)
    supplement(owner, number)
    work_through(door, number)
    decide_outside_the_hall(door, number)
    settled(number)
    verify_the_licence(door, owner, number)
    rate(door.let_in(Applicant, "lixiulan"), number)
    a_stranger_learns_nothing(door, number)


def apply(owner: Applicant) -> str:
    owner.goto("/")
    owner.page.locator("#q").fill("开小饭馆")
    owner.press("查找")
    owner.click(owner.page.locator(".hits").get_by_role("link", name=ITEM, exact=True))
    owner.follow("开始办理")
    owner.page.get_by_label("老街米线店").check()
    owner.press("开始填写")
    owner.fill_in(catalogued(ITEM), ANSWERS)
    owner.says("核对并提交", "老街米线店", "人民路88号")
    press_twice(owner, "提交申请")
    owner.says("申请已收到", "查询密码")
    number = owner.page.locator("dd.number").first.inner_text().strip()
    owner.follow("查看办理进度")
    owner.says("已收到", ITEM)
    return number


def press_twice(owner: Applicant, name: str) -> None:
    """An impatient thumb: the second press falls while the first is under way."""
    with owner.page.expect_navigation(url="**/done/"):
        owner.page.get_by_role("button", name=name).dblclick()
    owner.look()


def ask_for_a_supplement(door: Door, number: str) -> None:
    clerk = door.let_in(Officer, "scjg05")
    clerk.open(number)
    clerk.act(
        "一次性告知补正",
        "发出补正告知书",
        ask__layout="on",
        fault__layout="没有标出消毒柜的位置，请补画后重新上传。",
    )
    clerk.says("待补正")


def supplement(owner: Applicant, number: str) -> None:
    owner.goto(f"/track/{number}/")
    owner.says("等您补正")
    owner.goto(f"/track/{number}/supplement/")
    owner.says("没有标出消毒柜的位置")
    owner.page.locator('input[type="file"]').first.set_input_files([photograph("补画.png")])
    owner.click(owner.page.locator('button[name="upload"]').first)
    owner.press("提交补正")
    owner.says("补正已提交")


def work_through(door: Door, number: str) -> None:
    clerk = door.let_in(Officer, "scjg05")
    clerk.open(number)
    clerk.act("受理", "受理")
    reviewer = door.let_in(Officer, "scjg04")
    reviewer.open(number)
    reviewer.sign_step("材料审查")
    one_officer_is_not_enough(reviewer)
    reviewer.sign_step("现场核查", officers="王家宝、何翠仙")
    checker = door.let_in(Officer, "scjg03")
    checker.open(number)
    checker.sign_step("审核")


def decide_outside_the_hall(door: Door, number: str) -> None:
    """Signed in with a code; from the list to the case, a material, back, and down to the decision, by a thumb."""
    leader = door.let_in(Officer, "", screen="phone")
    door.sign_in(leader, "scjg02")
    leader.open(number)
    leader.click(leader.page.locator(".mat a").first)
    assert leader.page.locator("[data-viewer] img").first.is_visible()
    leader.click("[data-back]")
    leader.page.get_by_role("link", name="看完材料，去办理").tap()
    decide = leader.page.get_by_role("button", name="签发决定")
    form = leader.form("决定")
    form.locator('label:has([value="granted"])').tap()
    form.locator('[name="reasons"]').fill("符合条件，准予许可。")
    assert (decide.bounding_box() or {})["height"] >= THUMB
    leader.click(decide)
    leader.says("已办理，并记入办件经过")


def one_officer_is_not_enough(reviewer: Officer) -> None:
    form = reviewer.form("现场核查")
    assert form.locator('[name="officers"]:checked').evaluate_all("them => them.map(one => one.value)") == ["王家宝"]
    form.locator('label:has([value="passed"])').click()
    form.locator('[name="opinion"]').fill("现场与申报一致。")
    reviewer.click(form.get_by_role("button", name="签名并提交"))
    reviewer.says("现场核查应当有 2 名以上工作人员")


def verify_the_licence(door: Door, owner: Applicant, number: str) -> None:
    owner.goto(f"/track/{number}/")
    owner.says("已办成", "食品经营许可证")
    address = owner.page.locator('a[href*="/verify/"]').first.get_attribute("href") or ""
    anybody = door.let_in(Visitor, "", screen="phone")
    assert anybody.goto(address) == 200
    anybody.says("食品经营许可证", "老街米线店", "昌宁县市场监督管理局", "有效")


def rate(owner: Applicant, number: str) -> None:
    owner.goto(f"/track/{number}/rate/")
    owner.page.locator('[name="level"][value="5"]').check()
    owner.page.locator('[name="comment"]').fill("办得很快。")
    owner.click("main form button.btn")
    owner.says("谢谢您的评价")


def a_stranger_learns_nothing(door: Door, number: str) -> None:
    stranger = door.let_in(Visitor, "zhouguoqiang")
    assert stranger.goto(f"/track/{number}/") == 404
    assert stranger.goto(f"/track/{number}/papers/receipt/") == 404
    assert stranger.goto(f"/desk/cases/{number}/") == 404
