"""The window with the keyboard alone: a simple item in time, a second with a notice, and the way back."""

from __future__ import annotations

import re

import pytest
from tests.journeys.browsing import Officer
from tests.journeys.doors import Door

from onedoor.bench.window import moves
from onedoor.bench.window.hands import Hands, assumed

pytestmark = pytest.mark.journey
FAULT, RIGHT = "联系电话是空号，请核对后重填。", "13800000001"


def shortcut(clerk: Officer, hands: Hands, key: str, words: str) -> None:
    """The key of a button or link; without scripts there is only the way to it."""
    if not clerk.scripts:
        hands.tab_to_words(words)
    hands.go(key if clerk.scripts else "Enter")
    clerk.look()


def open_item(clerk: Officer, hands: Hands, words: str) -> None:
    """The item's sheet, looked at fresh and filled in."""
    moves.open_item(hands, words)
    clerk.look()
    moves.fill(hands)
    clerk.look()


@pytest.mark.parametrize("scripts", [True, False])
def test_two_items_one_notice_and_the_way_back(door: Door, scripts: bool) -> None:
    clerk = door.let_in(Officer, "zwfw11", scripts=scripts)
    hands = Hands(clerk.page)
    someone = moves.elder(209 if scripts else 210, "示例李正芳")
    clerk.goto("/desk/window/")
    moves.receive(hands, someone)
    open_item(clerk, hands, "高龄津贴")
    shortcut(clerk, hands, "Control+Enter", "收件并受理")
    clerk.says("已收件", "受理通知书")
    assert not scripts or hands.seconds < assumed()["visits"]["typed"]["most"]
    shortcut(clerk, hands, "m", "同一个人再办一件")
    case = notify(clerk, hands)
    shortcut(clerk, hands, "n", "结束接待，下一位")
    clerk.says("接待结束")
    come_back(clerk, hands, someone.number, case)


def notify(clerk: Officer, hands: Hands) -> str:
    """The second item has a fault that cannot be put right here: received, and told once. The case's number."""
    open_item(clerk, hands, "残疾人证办理")
    hands.tab_to_words("申请表有错")
    hands.press("Enter")
    hands.tab_to("fault.form")
    hands.type(FAULT)
    hands.tab_to_words("收件并一次性告知")
    hands.go("Enter")
    clerk.look()
    clerk.says("告知只有一次", FAULT)
    shortcut(clerk, hands, "Control+Enter", "核对过了，收件并告知")
    clerk.says("一次性告知书", "高龄津贴")
    found = re.search(r"办件编号\s*(\S+)", clerk.page.locator("main").inner_text())
    assert found
    return found[1]


def come_back(clerk: Officer, hands: Hands, number: str, case: str) -> None:
    """By the identity number; what is waited for has the focus, one key away."""
    clerk.goto("/desk/window/")
    moves.receive(hands, moves.Someone(number))
    clerk.says("等这个人补正的", case)
    hands.go("Enter")
    clerk.look()
    clerk.says("补正 残疾人证办理", FAULT)
    hands.tab_to("paper.photo")
    hands.press("Space")
    hands.tab_to("person_mobile")
    hands.type(RIGHT)
    shortcut(clerk, hands, "Control+Enter", "收下补正材料")
    clerk.says("补正材料已收齐", case)
    shortcut(clerk, hands, "n", "结束接待，下一位")
    clerk.says("接待结束")
