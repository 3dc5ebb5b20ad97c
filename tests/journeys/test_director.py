"""督查: a director reads the figures of all organs, and is at a case behind one of them with two clicks."""

from __future__ import annotations

import pytest
from tests.journeys.browsing import Officer
from tests.journeys.doors import Door

pytestmark = pytest.mark.journey
COLUMN = "收件"


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_two_clicks_from_a_figure_to_a_case(door: Door, screen: str) -> None:
    director = door.let_in(Officer, "xzf01", screen=screen)
    director.goto("/desk/director/?period=month")
    figures = director.page.locator("#figures")
    total = figures.locator('tr.total a[href*="measure=received"]').last
    organs = figures.locator('tbody tr:not(.total) a[href*="measure=received"][href*="period=month"]').all_inner_texts()
    assert int(total.inner_text()) == sum(map(int, organs)) > 0
    number = total.inner_text()
    director.click(total)
    director.says(f"共 {number} 条")
    case = director.page.locator("main a.number, main th a").first
    shown = case.inner_text()
    director.click(case)
    director.says(shown)


def test_nobody_else_sees_the_figures(door: Door) -> None:
    clerk = door.let_in(Officer, "scjg05")
    assert clerk.goto("/desk/director/") == 404
