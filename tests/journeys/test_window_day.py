"""A clerk's day with the keyboard alone: one person without an account, two items, one notice, and the way back."""

from __future__ import annotations

import re
import sys
from datetime import date

import pytest
from tests.journeys.browsing import Officer
from tests.journeys.doors import Door
from tests.journeys.keys import BOX, CHARACTER, OPEN, Hands

from onedoor.kernel.codes import make_id_number

pytestmark = pytest.mark.journey
PERSON = make_id_number("533025", date(1943, 5, 6), 207)
TEXTS = {"": "13800000000"}
LIMIT = 90.0  # seconds: an experienced clerk, a simple item


def receive(clerk: Officer, hands: Hands, number: str, *, name: str = "") -> None:
    """Whoever stands here, by the number on the card."""
    clerk.goto("/desk/window/")
    hands.type(number)
    hands.looks += 1
    hands.go("Enter")
    if name:
        hands.tab_to("applicant_name")
        hands.type(name)
        hands.go("Enter")


def open_item(clerk: Officer, hands: Hands, words: str) -> None:
    """By what people say; the first line found has the focus."""
    hands.type(words)
    hands.go("Enter")
    hands.go("Enter")
    clerk.look()


def fill(clerk: Officer, hands: Hands) -> None:
    """The situations, then what they bring with them: Enter in any field draws the sheet anew."""
    while hands.page.evaluate(OPEN):
        hands.answer_all(TEXTS)
        hands.go("Enter")
    clerk.look()


def test_a_simple_item_takes_well_under_ninety_seconds(door: Door, capsys: pytest.CaptureFixture[str]) -> None:
    clerk = door.let_in(Officer, "zwfw11")
    hands = Hands(clerk.page)
    receive(clerk, hands, make_id_number("533025", date(1942, 3, 4), 208), name="示例王桂英")
    open_item(clerk, hands, "高龄津贴")
    fill(clerk, hands)
    hands.go("Control+Enter")
    clerk.look()
    clerk.says("已收件", "受理通知书")
    hands.press("1")
    paper = 180 * CHARACTER + 24 * BOX
    with capsys.disabled():
        sys.stdout.write(
            f"\n高龄津贴：{hands.keys} 键，{hands.decisions} 次判断，0 次点击，按键模型 {hands.seconds:.0f} 秒；\n"
        )
        sys.stdout.write(f"纸面：手写 180 字、勾选 24 处（假设），约 {paper:.0f} 秒\n")
    assert hands.seconds < LIMIT


def test_two_items_one_notice_and_the_way_back(door: Door) -> None:
    clerk = door.let_in(Officer, "zwfw11")
    hands = Hands(clerk.page)
    receive(clerk, hands, PERSON, name="示例李正芳")
    open_item(clerk, hands, "高龄津贴")
    fill(clerk, hands)
    hands.go("Control+Enter")
    clerk.look()
    clerk.says("已收件", "受理通知书")
    hands.go("m")
    clerk.look()
    told = notify(clerk, hands)
    hands.go("n")
    clerk.says("接待结束")
    come_back(clerk, hands, told)


def notify(clerk: Officer, hands: Hands) -> str:
    """The second item has a fault that cannot be put right here: received, and told once."""
    open_item(clerk, hands, "残疾人证办理")
    fill(clerk, hands)
    clerk.page.locator("summary", has_text="申请表有错").focus()
    hands.press("Enter")
    hands.tab_to("fault.form")
    hands.type("联系电话少一位，请核对后重填。")
    button = clerk.page.locator('button[name="act"][value="notify"]')
    button.focus()
    hands.go("Enter")
    clerk.look()
    clerk.says("一次性告知书", "高龄津贴")
    found = re.search(r"办件编号\s*(\d{20}.)", clerk.page.locator("main").inner_text())
    assert found
    return found[1]


def come_back(clerk: Officer, hands: Hands, number: str) -> None:
    """By the identity number; what is waited for stands first, one key away."""
    receive(clerk, hands, PERSON)
    clerk.says("等这个人补正的", number)
    hands.press("Tab")
    clerk.page.locator("h1").click()
    hands.go("b")
    clerk.look()
    for box in clerk.page.locator('input[name^="paper."]').all():
        box.focus()
        hands.press("Space")
    hands.go("Control+Enter")
    clerk.look()
    clerk.says("补正材料", number)
