"""A simple item at the window with the keyboard alone, for a person without an account: how many keys, how long."""

from __future__ import annotations

import sys
from datetime import date

import pytest
from tests.journeys.browsing import Officer
from tests.journeys.doors import Door
from tests.journeys.keys import BOX, CHARACTER, OPEN, Hands

from onedoor.kernel.codes import make_id_number

pytestmark = pytest.mark.journey
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
