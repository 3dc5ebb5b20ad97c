"""A clerk's day without a mouse: walk the list, open, look, act, keep words, search, see all keys."""

from __future__ import annotations

import pytest
from tests.journeys.browsing import Officer
from tests.journeys.doors import Door

pytestmark = pytest.mark.journey


def test_a_day_by_the_keyboard_alone(door: Door) -> None:
    clerk = door.let_in(Officer, "scjg04")
    clerk.goto("/desk/")
    keys = clerk.page.keyboard

    keys.press("?")
    assert clerk.page.locator("dialog#keys").is_visible()
    keys.press("Escape")
    assert not clerk.page.locator("dialog#keys").is_visible()

    keys.press("j")
    keys.press("j")
    keys.press("k")
    first = clerk.page.locator("a.row").first
    assert first.evaluate("row => row === document.activeElement")
    with clerk.page.expect_navigation():
        keys.press("Enter")
    clerk.look()
    assert "/desk/cases/" in clerk.page.url

    last = clerk.page.locator("details.act-form").last
    keys.press(str(clerk.page.locator("details.act-form").count()))
    assert last.get_attribute("open") is not None

    with clerk.page.expect_navigation():
        keys.press("g")
        keys.press("t")
    clerk.look()
    clerk.page.locator("#t-name").focus()
    keys.type("经审查符合")
    clerk.page.locator("#t-text").focus()
    keys.type("经审查，材料齐全，符合条件。")
    with clerk.page.expect_navigation():
        keys.press("Control+Enter")
    clerk.look()
    clerk.says("经审查符合")

    with clerk.page.expect_navigation():
        keys.press("g")
        keys.press("s")
    clerk.look()
    keys.press("/")
    keys.type("食品")
    with clerk.page.expect_navigation():
        keys.press("Enter")
    clerk.look()
    keys.press("Escape")
    clerk.page.locator("h1").click()
    keys.press("j")
    with clerk.page.expect_navigation():
        keys.press("Enter")
    assert "/desk/cases/" in clerk.page.url


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_every_page_of_the_desk_holds_on_both_screens(door: Door, screen: str) -> None:
    leader = door.let_in(Officer, "scjg01", screen=screen)
    for path in ("", "search/", "docket/", "words/", "absence/"):
        assert leader.goto(f"/desk/{path}") == 200
