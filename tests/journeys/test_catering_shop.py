"""开办餐饮店（一件事）: one form, one notice and one visit for four departments; each decides its own.

The turning points are seen in the browser; what lies between them is sent as the browser would send it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.cases.conftest import catalogued
from tests.items.rules.test_bundles import members
from tests.journeys.browsing import Applicant, Officer, photograph
from tests.journeys.doors import Door

from onedoor.instance.processes import wait_until
from onedoor.items.rules import bundles
from onedoor.kernel.clock import CHINA
from onedoor.kernel.plan import StepKind

pytestmark = pytest.mark.journey
BUNDLE = catalogued("开办餐饮店（一件事）")
ANSWERS = {
    "large": "yes",
    "sign": "no",
    "sewer": "yes",
    "cigarettes": "yes",
    "rented": "no",
    "place_address": "人民路88号",
}
ANSWERS |= {"delivery_way": "online", "electronic_service": True, "food_rules_adopted": True, "fire_way": "check"}
PARTS = {"food": "食品经营许可", "fire": "消防安全检查", "drain": "排水许可", "tobacco": "烟草专卖零售许可"}
DESKS = {"food": "scjg04", "fire": "xf04", "drain": "zj04", "tobacco": "yc04"}
HEADS = {"food": "scjg01", "fire": "xf01", "drain": "zj01", "tobacco": "yc01"}
CREWS = {"food": "王家宝、何翠仙", "fire": "华金凤、郑玉兰", "drain": "罗红英、孙少华", "tobacco": "许学军、华红英"}


def test_one_form_one_notice_one_visit_and_every_licence_from_four_departments(door: Door) -> None:
    owner = door.let_in(Applicant, "lixiulan", screen="phone")
    number = apply(owner)
    ask_once_for_all(door, number)
    supplement(owner, number)
    door.do("scjg05", number, "accept")
    parts = parts_of(owner, number)
    assert list(parts) == list(PARTS.values())
    visit_together(door, owner, number)
    for member in ("fire", "food", "tobacco"):
        decide(door, parts[PARTS[member]], member)
    decide(door, parts[PARTS["drain"]], "drain", outcome="denied")
    told = f"SELECT 1 FROM cases_case WHERE number = '{number}' AND outcome = 'partly' AND value ->> 'delivered' <> ''"
    assert wait_until(lambda: bool(door.instance.ask(told)), 60)
    owner.goto(f"/track/{number}/")
    owner.says("这件事里的每一项", "已办成", "排水许可：不予", "统一出件", "联合踏勘记录", "送达回证")


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
    """The fire service names what is missing, the others nothing; the lead tells it all at once."""
    fire = door.let_in(Officer, DESKS["fire"])
    fire.goto(f"/desk/cases/{number}/")
    fire.act(
        "提材料意见：消防安全检查",
        "提交材料意见",
        ask__fire_plan="on",
        fault__fire_plan="没有标出安全出口，请补画后重新上传。",
    )
    door.do(DESKS["drain"], number, "speak", step="drain")
    clerk = door.let_in(Officer, "scjg05")
    clerk.goto(f"/desk/cases/{number}/")
    clerk.says("各部门的材料意见", "等意见")
    said = clerk.page.locator('[name="fault.fire_plan"]').first.input_value()
    assert said == "没有标出安全出口，请补画后重新上传。"
    door.do(DESKS["tobacco"], number, "speak", step="tobacco")
    clerk.goto(f"/desk/cases/{number}/")
    clerk.act(
        "一次性告知补正",
        "发出补正告知书",
        ask__food_layout="on",
        fault__food_layout="没有标出消毒柜的位置，请补画后重新上传。",
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


def visit_together(door: Door, owner: Applicant, number: str) -> None:
    """One calls, each names two and signs its own; the owner waits once."""
    soon = datetime.now(CHINA) + timedelta(minutes=2)
    caller = door.let_in(Officer, DESKS["drain"])
    caller.goto(f"/desk/cases/{number}/")
    caller.act("约联合踏勘", "通知各部门和申请人", day=f"{soon:%Y-%m-%d}", hour=f"{soon:%H:%M}", place="店门口")
    caller.act("报联合踏勘人员", "报人员", officers=CREWS["drain"])
    owner.goto(f"/track/{number}/")
    owner.says("几个部门一起来看现场", "店门口", "一次看完：食品经营许可、消防安全检查、排水许可、烟草专卖零售许可")
    child = parts_of(owner, number)[PARTS["fire"]]
    door.do(DESKS["fire"], child, "step", step="papers", verdict="passed", opinion="材料齐全。")
    for member in ("food", "fire", "tobacco"):
        door.do(DESKS[member], number, "man_visit", step=member, officers=tuple(CREWS[member].split("、")))
        sign = {"verdict": "passed", "opinion": "现场与申请一致。"}
        door.do(DESKS[member], number, "sign_visit", step=member, **sign)
    caller.goto(f"/desk/cases/{number}/")
    caller.act("签联合踏勘记录", "签记录", verdict="failed", opinion="污水接到了雨水井，没有接进污水管。")
    caller.says("记录已齐")


def decide(door: Door, number: str, member: str, *, outcome: str = "granted") -> None:
    """What is left of one member after the visit."""
    done = {"visit"} | ({"papers"} if member == "fire" else set())
    item = members(BUNDLE)[member]
    for step in item.plan.steps:
        if step.kind is not StepKind.DECISION and step.key not in done:
            door.do(DESKS[member], number, "step", step=step.key, verdict="passed", opinion="符合要求。")
    door.do(HEADS[member], number, "decide", outcome=outcome, reasons="理由已核对。", article="行政许可法")
