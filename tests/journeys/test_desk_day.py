"""A clerk's day without a mouse.

``Hands`` presses keys and nothing else: what has the focus is only read, never set.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pytest
from playwright.sync_api import Locator
from tests.journeys.browsing import Officer
from tests.journeys.doors import Door

from onedoor.bench.window.hands import Hands

pytestmark = pytest.mark.journey
DONE = "已办理，并记入办件经过"


def test_a_clerk_s_whole_day_by_the_keyboard_alone(door: Door, arrived: Iterator[str]) -> None:
    numbers = list(islice(arrived, 5))
    clerk = door.let_in(Officer, "scjg05")
    clerk.goto("/desk/")
    hands = Hands(clerk.page)
    read_the_keys(clerk, hands)
    look_at_a_material(clerk, hands, numbers[0])
    tell_what_is_missing(clerk, hands)
    accept(clerk, hands, numbers[1])
    accept_two_together(clerk, hands, numbers[2:4])
    hand_over(clerk, hands, numbers[4])


def read_the_keys(clerk: Officer, hands: Hands) -> None:
    listed = clerk.page.locator("dialog#keys")
    hands.press("?")
    assert listed.is_visible()
    hands.press("Escape")
    assert not listed.is_visible()


def look_at_a_material(clerk: Officer, hands: Hands, number: str) -> None:
    """From the list by j, k and Enter to the case, and to its first material, nearer and turned; back by Esc."""
    walk_to(clerk, hands, number)
    go(clerk, hands, "Enter")
    hands.keys += tab_to(clerk, clerk.page.locator(".mat a").first)
    go(clerk, hands, "Enter")
    sheet = clerk.page.locator("[data-viewer]")
    hands.press("+")
    hands.press("r")
    assert (sheet.get_attribute("data-zoom"), sheet.get_attribute("data-turn")) == ("2", "90")
    go(clerk, hands, "n")
    go(clerk, hands, "Escape")
    clerk.says(number)


def tell_what_is_missing(clerk: Officer, hands: Hands) -> None:
    """The notice is seen before it goes out."""
    hands.press("2")
    form = clerk.page.locator("details.act-form[open]")
    hands.keys += tab_to(clerk, form.locator('[name="ask.layout"]'))
    hands.press("Space")
    hands.press("Tab")
    hands.type("没有标出消毒柜的位置，请补画。")
    hands.keys += tab_to(clerk, form.get_by_role("button", name="预览文书"))
    with clerk.context.expect_event("response", lambda seen: "/preview/supplement/" in seen.url) as seen:
        hands.press("Enter")
    assert (seen.value.status, seen.value.headers["content-type"]) == (200, "application/pdf")
    for other in clerk.context.pages[1:]:
        other.close()
    act(clerk, hands)
    clerk.says("待补正")


def accept(clerk: Officer, hands: Hands, number: str) -> None:
    find(clerk, hands, number)
    hands.press("1")
    act(clerk, hands)
    clerk.says("审查中")


def accept_two_together(clerk: Officer, hands: Hands, numbers: list[str]) -> None:
    go(clerk, hands, "g", "i")
    for number in numbers:
        walk_to(clerk, hands, number)
        hands.press("x")
    go(clerk, hands, "b")
    clerk.says("核对这 2 件", *numbers)
    go(clerk, hands, "Control+Enter")
    clerk.says("2 件", *numbers)


def hand_over(clerk: Officer, hands: Hands, number: str) -> None:
    find(clerk, hands, number)
    hands.press(str(clerk.page.locator("details.act-form").count()))
    hands.keys += tab_to(clerk, clerk.page.locator('details.act-form[open] [name="reason"]'))
    hands.type("下午去现场核查。")
    act(clerk, hands)
    go(clerk, hands, "g", "i")
    assert clerk.page.locator(f'a.row[href*="{number}"]').count() == 0


def test_a_clerk_accepts_on_the_telephone(door: Door, arrived: Iterator[str]) -> None:
    clerk = door.let_in(Officer, "scjg05", screen="phone")
    clerk.open(next(arrived))
    clerk.act("受理", "受理")


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_every_page_of_the_desk_holds_on_both_screens(door: Door, screen: str) -> None:
    leader = door.let_in(Officer, "scjg01", screen=screen)
    for path in ("", "search/", "docket/", "words/", "absence/"):
        assert leader.goto(f"/desk/{path}") == 200
    assert door.let_in(Officer, "zwfw11", screen=screen).goto("/desk/window/") == 200


def go(officer: Officer, hands: Hands, *keys: str) -> None:
    """Keys of which the last leads to another page, which is looked at."""
    for key in keys[:-1]:
        hands.press(key)
    hands.go(keys[-1])
    officer.look()


def act(officer: Officer, hands: Hands) -> None:
    """Send the open act."""
    go(officer, hands, "Control+Enter")
    officer.says(DONE)


def find(officer: Officer, hands: Hands, number: str) -> None:
    """By ``/`` and the number to the case."""
    go(officer, hands, "g", "i")
    hands.press("/")
    hands.type(number)
    go(officer, hands, "Enter")
    walk_to(officer, hands, number)
    go(officer, hands, "Enter")


def walk_to(officer: Officer, hands: Hands, number: str) -> None:
    """Down the list by ``j`` until this case has the focus, from the top by ``k``."""
    row = officer.page.locator(f'a.row[href*="{number}"]')
    for key in ("k", "j"):
        for _ in range(60):
            if has_focus(row):
                return
            hands.press(key)
    raise AssertionError(f"{number} is not reached")


def tab_to(officer: Officer, target: Locator) -> int:
    """Tab until this has the focus; how many times."""
    for times in range(120):
        if has_focus(target):
            return times
        officer.page.keyboard.press("Tab")
    raise AssertionError("not reached with the keyboard")


def has_focus(target: Locator) -> bool:
    return bool(target.evaluate("e => e === document.activeElement"))
