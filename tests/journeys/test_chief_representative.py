"""首席代表: the organ's whole docket, what is late first; gives a case into somebody's hands; is away for a day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.journeys.browsing import Officer
from tests.journeys.doors import Door

pytestmark = pytest.mark.journey
ORGAN, COLLEAGUE = "县市场监管局", "何翠仙"


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_the_whole_docket_is_in_one_place(door: Door, arrived: Iterator[str], screen: str) -> None:
    number = next(arrived)
    chief = door.let_in(Officer, "scjg06", screen=screen)
    what_is_late_stands_first(chief)
    assert ORGAN in row_of(chief, number)
    chief.follow(number)
    chief.act("移交给同事", "移交", to=COLLEAGUE, reason="请今天受理。")
    chief.goto("/desk/docket/")
    assert COLLEAGUE in row_of(chief, number)
    away_for_a_day(chief, next(arrived))


def what_is_late_stands_first(chief: Officer) -> None:
    chief.goto("/desk/")
    chief.follow("本机关全部")
    left = chief.page.locator("main tbody tr td:first-child").all_inner_texts()
    late = ["超" in text for text in left]
    assert late[0]
    assert late == sorted(late, reverse=True)


def row_of(chief: Officer, number: str) -> str:
    return chief.page.locator("main tbody tr", has_text=number).inner_text()


def away_for_a_day(chief: Officer, number: str) -> None:
    """Who is away may look, and may do nothing; back again, everything is as before."""
    chief.goto("/desk/absence/")
    today = chief.page.locator('[name="from"]').input_value()
    chief.page.locator('[name="to"]').fill(today)
    chief.page.locator('[name="reason"]').fill("下乡。")
    chief.press("登记离岗")
    chief.goto(f"/desk/cases/{number}/")
    chief.says("这件现在不需要您办理")
    chief.goto("/desk/absence/")
    chief.press("取消或提前返岗")
    chief.goto(f"/desk/cases/{number}/")
    assert chief.page.locator("summary", has_text="受理").first.is_visible()
