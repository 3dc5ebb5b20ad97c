"""我要问: a passer-by asks with a phone number; the desk dispatches, the organ returns, a ruling, the answer, stars."""

from __future__ import annotations

import pytest
from tests.journeys.browsing import Officer, Visitor
from tests.journeys.doors import Door

pytestmark = pytest.mark.journey
BUREAU = "昌宁县市场监督管理局"
ASKED = "我在老街摆摊卖米线，要不要办食品经营许可？"


def test_a_question_is_routed_answered_asked_back_and_rated(door: Door) -> None:
    asker = door.let_in(Visitor, "", screen="phone")
    number = ask(asker)
    dispatch_(door, number)
    answer(door, number)
    hear(asker, number)
    published(door, number)


def ask(asker: Visitor) -> str:
    asker.goto("/ask/")
    asker.page.locator("#q").fill("卖米线要办证吗")
    asker.press("查找")
    asker.page.locator('[name="text"]').fill(ASKED)
    asker.page.locator('[name="phone"]').fill("13800009999")
    asker.press("提交问题")
    asker.says("问题已收到", "查询码", "正在派给承办单位")
    return asker.page.locator("section.done dd").first.inner_text().strip()


def do(officer: Officer, number: str, act: str, button: str, **fields: str) -> None:
    officer.goto(f"/desk/consult/{number}/")
    form = officer.page.locator(f'form[action$="/{act}/"]')
    if not form.is_visible():
        officer.page.locator("details.act-form").filter(has=form).locator("> summary").click()
    for name, text in fields.items():
        place = form.locator(f'[name="{name}"]')
        if place.first.evaluate("e => e.tagName") == "SELECT":
            place.first.select_option(label=text)
        else:
            place.first.fill(text)
    officer.click(form.get_by_role("button", name=button))


def dispatch_(door: Door, number: str) -> None:
    desk = door.let_in(Officer, "zwfw11")
    desk.goto("/desk/consult/?state=waiting")
    desk.says("我在老街摆摊卖米线")
    do(desk, number, "dispatch", "派单", organ=BUREAU)
    desk.says("已派单")


def answer(door: Door, number: str) -> None:
    officer = door.let_in(Officer, "scjg05")
    do(officer, number, "answer", "答复，并告诉提问人", answer="固定摊位要办；流动摊贩到乡镇备案，不用办许可。")
    officer.says("答复已写好", "已答复")


def hear(asker: Visitor, number: str) -> None:
    asker.goto(f"/ask/{number}/")
    asker.says("流动摊贩到乡镇备案")
    asker.page.locator('[name="level"][value="5"]').check()
    asker.press("提交评价")
    asker.says("您的评价：非常满意")
    other = Visitor(asker.context.browser.new_context(), asker.url)  # type: ignore[union-attr]
    assert other.goto(f"/ask/{number}/") == 404
    other.context.close()


def published(door: Door, number: str) -> None:
    officer = door.let_in(Officer, "scjg05")
    do(
        officer,
        number,
        "publish",
        "公开",
        asked="摆摊卖米线要办食品经营许可吗？",
        answered="流动摊贩到乡镇备案，不用办许可。",
    )
    reader = door.let_in(Visitor, "")
    reader.goto("/ask/?q=摆摊卖米线要办许可吗")
    reader.says("摆摊卖米线要办食品经营许可吗？")
