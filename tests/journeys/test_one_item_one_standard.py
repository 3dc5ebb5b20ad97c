"""一事项一标准: an officer claims and betters an item, tries it, submits it; another publishes; citizens read it."""

from __future__ import annotations

import pytest
from tests.journeys.browsing import Officer, Visitor
from tests.journeys.doors import Door

from onedoor.instance.processes import wait_until

pytestmark = pytest.mark.journey
ITEM, TOWN_ITEM = "中介机构从事代理记账业务审批", "临时救助（小额，乡镇审批）"
LIKE, DAYS = "昌宁县财政局", 2
QUESTION, OLD, NEW = "业务内部规范和上次许可时一样吗？", "一样", "不一样，或者第一次办"
RULES = "代理记账业务内部规范"


def test_a_county_claims_and_betters_an_item_and_a_second_person_publishes_it(door: Door) -> None:
    drafter = door.let_in(Officer, "scjg07")
    claim(drafter, ITEM)
    draft = drafter.page.url
    shorten(drafter, DAYS)
    add_situation(drafter, draft)
    tried(drafter, draft)
    drafter.goto(draft)
    drafter.says("没有必须改的地方")
    drafter.page.get_by_label("改了什么，为什么").fill("压缩承诺时限；布置没有变的不再交图")
    drafter.click(drafter.page.locator(".act").get_by_role("button", name="送审"))
    drafter.says("不能自己审核发布")
    code = published_by_another(door, draft)
    citizen = door.let_in(Visitor, "", screen="phone")
    assert wait_until(lambda: QUESTION in shown(citizen, code), 20)  # every process looks for news within five seconds
    citizen.says(f"{DAYS} 个工作日", QUESTION, "市场监督管理局")


def claim(officer: Officer, name: str) -> None:
    """Take an item out of the base catalogue for one's organ, as another organ's list has it."""
    officer.goto(f"/desk/catalogue/?tab=claim&q={name}")
    officer.follow(name)
    officer.page.get_by_label(LIKE).check()
    officer.press("认领")
    officer.says("已认领", "市场监督管理局")


def open_draft(officer: Officer, name: str) -> None:
    officer.goto(f"/desk/catalogue/?tab=items&q={name}")
    officer.follow(name)
    officer.press("修改这份清单")


def section(officer: Officer, title: str, link: str) -> None:
    """Unfold a part of the sheet and go to the page of one of its fields."""
    part = officer.page.locator("details.part").filter(has=officer.page.locator("summary", has_text=title))
    if part.get_attribute("open") is None:
        part.locator("summary").click()
    officer.click(part.locator("a", has_text=f"修改：{link}"))


def shorten(officer: Officer, number: int) -> None:
    section(officer, "办理期限", "承诺办结时限")
    officer.page.get_by_label("多少").fill(str(number))
    officer.press("保存")


def add_situation(officer: Officer, draft: str) -> None:
    """A question whose answer decides whether the plan of the rooms is asked for."""
    section(officer, "情形", "情形")
    officer.follow("加一项")
    officer.page.get_by_label("问群众的话").fill(QUESTION)
    officer.page.get_by_label("可以选的答案").fill(f"{OLD}\n{NEW}")
    officer.press("保存")
    officer.goto(draft)
    officer.says("情形")
    section(officer, "申请材料", RULES)
    officer.click(officer.page.locator("a", has_text="修改：需要提供的情形"))
    officer.says("普通办理")  # what the standard asks it for stays
    officer.page.get_by_label("看哪一项").select_option(label=QUESTION.rstrip("？"))
    officer.press("下一步")
    officer.page.get_by_label("是其中之一").check()
    officer.page.get_by_label(NEW).check()
    officer.press("加上这个条件")
    officer.says(f"是“{NEW}”")


def tried(officer: Officer, draft: str) -> None:
    """The answer swaps in what it changes, without leaving the page."""
    officer.goto(f"{draft}try/")
    asked = officer.page.locator("#asked")
    with officer.page.expect_response("**/try/**"):
        asked.get_by_label(OLD, exact=True).check()
    asked.get_by_text("按这样的情形，有 1 份").wait_for()
    assert asked.get_by_text(RULES, exact=True).count() == 0


def shown(visitor: Visitor, code: str) -> str:
    visitor.goto(f"/items/{code}/")
    return visitor.page.locator("main").inner_text()


def published_by_another(door: Door, draft: str) -> str:
    reviewer = door.let_in(Officer, "zwfw14")
    reviewer.goto("/desk/catalogue/")
    reviewer.follow(ITEM)
    assert reviewer.page.url == draft
    reviewer.press("审核通过，发布")
    reviewer.says("已发布。", "第 1 版")
    return reviewer.page.url.rstrip("/").rpartition("/")[2]


@pytest.mark.parametrize(("screen", "scripts"), [("phone", True), ("desktop", False)])
def test_a_township_cannot_lengthen_a_limit_and_is_told_why(door: Door, screen: str, scripts: bool) -> None:
    officer = door.let_in(Officer, "tyz02", screen=screen, scripts=scripts)
    open_draft(officer, TOWN_ITEM)
    draft = officer.page.url
    section(officer, "办理期限", "承诺办结时限")
    officer.page.get_by_label("多少").fill("15")
    officer.press("保存")
    officer.says("承诺时限只能在上级规定的基础上缩短", "昌宁县")
    assert officer.page.get_by_label("多少").input_value() == "15"
    officer.goto(draft)
    officer.page.locator("summary", has_text="放弃").click()
    officer.press("放弃这份草稿")
