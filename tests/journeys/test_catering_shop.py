"""开办餐饮店（一件事）: one form and one notice for three departments; each decides its own, the owner sees it all."""

from __future__ import annotations

import pytest
from tests.cases.conftest import catalogued
from tests.items.rules.test_bundles import members
from tests.journeys.browsing import Applicant, Officer, photograph
from tests.journeys.doors import Door

from onedoor.instance.processes import wait_until
from onedoor.items.rules import bundles

pytestmark = pytest.mark.journey
BUNDLE = catalogued("开办餐饮店（一件事）")
ANSWERS = {
    "large": "yes",
    "sign": "no",
    "sewer": "no",
    "cigarettes": "yes",
    "rented": "no",
    "place_address": "人民路88号",
}
ANSWERS |= {"delivery_way": "online", "electronic_service": True, "food_rules_adopted": True, "fire_way": "check"}


def test_one_form_one_notice_and_three_departments_at_once(door: Door) -> None:
    owner = door.let_in(Applicant, "lixiulan", screen="phone")
    number = apply(owner)
    ask_once_for_all(door, number)
    supplement(owner, number)
    clerk = door.let_in(Officer, "scjg05")
    clerk.open(number)
    clerk.act("受理", "受理")
    parts = parts_of(owner, number)
    assert list(parts) == ["食品经营许可", "消防安全检查", "烟草专卖零售许可"]
    decide_fire(door, parts["消防安全检查"])
    noted = f"SELECT 1 FROM cases_case WHERE number = '{number}' AND value #>> '{{children,fire,outcome}}' = 'granted'"
    assert wait_until(lambda: bool(door.instance.ask(noted)), 60)
    owner.goto(f"/track/{number}/")
    owner.says("这件事里的每一项", "已办成", "办理中", "消防安全检查：准予")
    owner.goto(f"/track/{parts['消防安全检查']}/")
    owner.says("这是一件事", number)


def apply(owner: Applicant) -> str:
    owner.goto("/")
    owner.page.locator("#q").fill("开餐馆要办哪些证")
    owner.press("查找")
    owner.click(owner.page.locator(".hits").get_by_role("link", name="开办餐饮店（一件事）"))
    owner.says("食品经营许可：审查、决定", "烟草专卖零售许可：审查、决定")
    owner.follow("开始办理")
    owner.page.get_by_label("老街米线店").check()
    owner.press("开始填写")
    owner.fill_in(bundles.compose(BUNDLE, members(BUNDLE)), ANSWERS)
    owner.press("提交申请")
    owner.says("申请已收到")
    return owner.page.locator("dd.number").first.inner_text().strip()


def ask_once_for_all(door: Door, number: str) -> None:
    clerk = door.let_in(Officer, "scjg05")
    clerk.open(number)
    clerk.act(
        "一次性告知补正",
        "发出补正告知书",
        ask__food_layout="on",
        fault__food_layout="没有标出消毒柜的位置，请补画后重新上传。",
        ask__fire_plan="on",
        fault__fire_plan="没有标出安全出口，请补画后重新上传。",
    )
    clerk.says("待补正")


def supplement(owner: Applicant, number: str) -> None:
    owner.goto(f"/track/{number}/supplement/")
    owner.says("没有标出消毒柜的位置", "没有标出安全出口")
    for place in range(2):
        owner.page.locator('input[type="file"]').nth(place).set_input_files([photograph("补画.png")])
        owner.click(owner.page.locator('button[name="upload"]').nth(place))
    owner.press("提交补正")
    owner.says("补正已提交")


def parts_of(owner: Applicant, number: str) -> dict[str, str]:
    """The owner's list of what is under way: name and number of each."""
    owner.goto(f"/track/{number}/")
    links = owner.page.locator("section", has_text="这件事里的每一项").locator(".mat a")
    return {link.inner_text(): str(link.get_attribute("href")).strip("/").rpartition("/")[2] for link in links.all()}


def decide_fire(door: Door, number: str) -> None:
    officer = door.let_in(Officer, "xf04")
    officer.open(number)
    officer.says("一件事")
    item = members(BUNDLE)["fire"]
    for step in item.plan.steps[:-1]:
        officer.sign_step(step.name, officers="穆国平、许永胜" if step.officers > 1 else "")
    head = door.let_in(Officer, "xf01")
    head.open(number)
    head.act(item.plan.steps[-1].name, "签发决定", outcome="granted", reasons="符合消防安全要求。")
