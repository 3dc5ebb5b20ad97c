"""代办: a township worker fills in for an old woman without an account; she signs on paper; somebody else accepts."""

from __future__ import annotations

import pytest
from tests.cases.conftest import catalogued
from tests.journeys.browsing import Applicant, Officer, Visitor, photograph
from tests.journeys.doors import Door

from onedoor.kernel.codes import make_id_number

pytestmark = pytest.mark.journey
ITEM = "最低生活保障对象认定和给付"
ANSWERS = {"whole_family": "family", "ill": "no", "disabled": "no", "near_relative": False, "vehicle": False}
ANSWERS |= {"home_area": "530524101206", "bank_account": "6223000000000000001", "electronic_service": False}


@pytest.mark.parametrize(("screen", "scripts"), [("desktop", True), ("phone", False)])
def test_nothing_is_handed_in_before_she_signs(door: Door, screen: str, scripts: bool) -> None:
    place(door, screen, scripts)
    agent = door.let_in(Applicant, "tyz03", screen=screen, scripts=scripts)
    number = fill(agent, sequence=901 if scripts else 903)
    other = door.let_in(Visitor, "", screen=screen, scripts=scripts)
    assert other.goto(f"/agency/{number}/") == 404
    agent.goto(f"/desk/agency/{number}/")
    agent.page.locator("summary", has_text="纸上签名").click()
    agent.page.locator("#f-paper").set_input_files([photograph("签名.png")])
    agent.press("本人已签名，提交申请")
    agent.says("已确认并提交", "本人在申请表上签名")
    case = agent.page.locator("dd.number").nth(1).inner_text().strip()
    own_case(agent, case)
    colleague = door.let_in(Officer, "tyz02", screen=screen, scripts=scripts)
    colleague.goto(f"/desk/cases/{case}/")
    colleague.says("代办，不收费")


def place(door: Door, screen: str, scripts: bool) -> None:
    """What her village can do, found by pinyin."""
    reader = door.let_in(Visitor, "", screen=screen, scripts=scripts)
    reader.goto("/places/")
    reader.page.locator("#q").fill("jiujia")
    reader.press("查找")
    reader.follow("田园镇 / 九甲社区")
    reader.says("可以请代办员代办", "不收费")


def fill(agent: Applicant, *, sequence: int) -> str:
    from datetime import date

    agent.goto("/desk/agency/")
    agent.follow("替群众代办一件")
    agent.page.locator('[name="number"]').fill(make_id_number("530524", date(1949, 5, 1), sequence))
    agent.press("下一步")
    if agent.page.locator('[name="name"]').count():  # not known yet
        agent.page.locator('[name="name"]').fill("段桂英")
        agent.page.locator('[name="area"]').select_option("530524101206")
        agent.press("登记，下一步")
    agent.click(agent.page.get_by_role("link", name=ITEM))
    item = catalogued(ITEM)
    for _ in range(8):
        written(agent, item)
        agent.press("填好了，请本人确认")
        if "/fill/" not in agent.page.url:
            break
    agent.says("等本人确认")
    return agent.page.url.rstrip("/").rpartition("/")[2]


def written(agent: Applicant, item: object) -> None:
    """Everything that the page asks now: answers, and a photograph for each material."""
    for situation in item.situations:  # type: ignore[attr-defined]
        name = f"situations.{situation.key}"
        if agent.page.locator(f'[name="{name}"]').count():
            value = ANSWERS.get(situation.key, situation.options[0].value)
            agent.page.locator(f'[name="{name}"][value="{value}"]').check()
    for question in item.form.questions:  # type: ignore[attr-defined]
        shown = agent.page.locator(f'[name="{question.key}"], [name="{question.key}-year"]').count()
        if shown:
            agent.fill(question, ANSWERS)
    for each in agent.page.locator('input[type="file"]').all():
        each.set_input_files([photograph("材料.png")])


def own_case(agent: Visitor, case: str) -> None:
    """Who filled it in cannot accept it."""
    agent.goto(f"/desk/cases/{case}/")
    agent.says("代办，不收费")
