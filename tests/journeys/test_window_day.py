"""The window with the keyboard alone: a simple item in how many keys; two items, one notice, and the way back."""

from __future__ import annotations

import re
import sys
from datetime import date

import pytest
from tests.journeys.browsing import Officer
from tests.journeys.doors import Door
from tests.journeys.keys import BOX, CHARACTER, OPEN, PAPER_BOXES, PAPER_CHARACTERS, Hands

from onedoor.kernel.codes import make_id_number

pytestmark = pytest.mark.journey
TEXTS = {"": "13800000000", "situations.guardian": "1", "minor": "1", "since": "生下来就有", "home_address": "老街8号"}
FAULT, RIGHT = "联系电话是空号，请核对后重填。", "13800000001"
LIMIT = 90.0  # seconds: an experienced clerk, a simple item


def person(sequence: int) -> str:
    """Somebody of eighty or more who has no account."""
    return make_id_number("533025", date(1942, 3, 4), sequence)


def shortcut(clerk: Officer, hands: Hands, key: str, words: str) -> None:
    """The key of a button or link; without scripts there is only the way to it."""
    if not clerk.scripts:
        hands.tab_to_words(words)
    hands.go(key if clerk.scripts else "Enter")
    clerk.look()


def receive(clerk: Officer, hands: Hands, number: str, *, name: str = "") -> None:
    """Whoever stands here, by the number on the card."""
    clerk.goto("/desk/window/")
    hands.tab_to("number")
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
    receive(clerk, hands, person(208), name="示例王桂英")
    open_item(clerk, hands, "高龄津贴")
    fill(clerk, hands)
    hands.go("Control+Enter")
    clerk.look()
    clerk.says("已收件", "受理通知书")
    hands.press("1")
    paper = PAPER_CHARACTERS * CHARACTER + PAPER_BOXES * BOX
    with capsys.disabled():
        sys.stdout.write(
            f"\n高龄津贴：{hands.keys} 键，{hands.decisions} 次判断，0 次点击，按键模型 {hands.seconds:.0f} 秒；\n"
            f"纸面（全部是假设）：手写 {PAPER_CHARACTERS} 字、勾选 {PAPER_BOXES} 处，约 {paper:.0f} 秒\n"
        )
    assert hands.seconds < LIMIT


@pytest.mark.parametrize("scripts", [True, False])
def test_two_items_one_notice_and_the_way_back(door: Door, scripts: bool) -> None:
    clerk = door.let_in(Officer, "zwfw11", scripts=scripts)
    hands = Hands(clerk.page)
    number = person(209 if scripts else 210)
    receive(clerk, hands, number, name="示例李正芳")
    open_item(clerk, hands, "高龄津贴")
    fill(clerk, hands)
    shortcut(clerk, hands, "Control+Enter", "收件并受理")
    clerk.says("已收件", "受理通知书")
    shortcut(clerk, hands, "m", "同一个人再办一件")
    case = notify(clerk, hands)
    shortcut(clerk, hands, "n", "结束接待，下一位")
    clerk.says("接待结束")
    come_back(clerk, hands, number, case)


def notify(clerk: Officer, hands: Hands) -> str:
    """The second item has a fault that cannot be put right here: received, and told once. The case's number."""
    open_item(clerk, hands, "残疾人证办理")
    fill(clerk, hands)
    hands.tab_to_words("申请表有错")
    hands.press("Enter")
    hands.tab_to("fault.form")
    hands.type(FAULT)
    hands.tab_to_words("收件并一次性告知")
    hands.go("Enter")
    clerk.look()
    clerk.says("一次性告知书", "高龄津贴")
    found = re.search(r"办件编号\s*(\S+)", clerk.page.locator("main").inner_text())
    assert found
    return found[1]


def come_back(clerk: Officer, hands: Hands, number: str, case: str) -> None:
    """By the identity number; what is waited for has the focus, one key away."""
    receive(clerk, hands, number)
    clerk.says("等这个人补正的", case)
    hands.go("Enter")
    clerk.look()
    clerk.says("补正 残疾人证办理", FAULT)
    hands.tab_to("person_mobile")
    hands.type(RIGHT)
    shortcut(clerk, hands, "Control+Enter", "收下补正材料")
    clerk.says("补正材料已收齐", case)
    shortcut(clerk, hands, "n", "结束接待，下一位")
    clerk.says("接待结束")
