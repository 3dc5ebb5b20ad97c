"""What counts mean in seconds is data; a hand that cannot reach something says so."""

from __future__ import annotations

from typing import Any

import pytest

from onedoor.bench.window.hands import Hands, assumed


class Keyboard:
    def __init__(self) -> None:
        self.typed = ""

    def type(self, text: str) -> None:
        self.typed += text

    def press(self, key: str) -> None:
        self.typed += f"<{key}>"


class Nowhere:
    """A page on which the focus never arrives."""

    url = "/desk/window/"

    def __init__(self) -> None:
        self.keyboard = Keyboard()

    def evaluate(self, _script: str) -> str:
        return ""


@pytest.fixture
def hands() -> Hands:
    page: Any = Nowhere()
    return Hands(page)


def test_a_chinese_character_costs_more_keys_than_a_latin_one(hands: Hands) -> None:
    hands.type("ab")
    assert hands.keys == 2
    hands.type("王")
    assert hands.keys == 2 + assumed()["model"]["character_keys"]


def test_keys_held_together_count_each(hands: Hands) -> None:
    hands.press("Control+Enter")
    assert hands.keys == 2


def test_every_count_costs_its_seconds_of_the_model(hands: Hands) -> None:
    model, at_rest = assumed()["model"], hands.seconds
    assert at_rest == model["print"]
    for count, cost in (("keys", "key"), ("decisions", "decision"), ("looks", "look"), ("scans", "scan")):
        page: Any = hands.page
        assert Hands(page, **{count: 10}).seconds == pytest.approx(at_rest + 10 * model[cost])


def test_what_cannot_be_reached_by_the_keyboard_is_a_fault(hands: Hands) -> None:
    with pytest.raises(AssertionError, match="no way to number"):
        hands.tab_to("number")
