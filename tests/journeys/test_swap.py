"""What a swap leaves on a page is what the server draws there anew: reloading changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.journeys.browsing import Officer
from tests.journeys.doors import Door

import onedoor

pytestmark = pytest.mark.journey
SWAPPING = {
    "desk/review/case.html",
    "desk/catalogue/asked.html",
}  # the templates with a swap; each has its journey here
POLL = 31_000  # ms of the page's own clock
DRAWN = """part => {
  const page = document.querySelector(part).cloneNode(true);
  page.querySelectorAll("[name=csrfmiddlewaretoken]").forEach(e => e.removeAttribute("value"));
  page.querySelectorAll("[class]").forEach(e => {
    e.classList.remove(...[...e.classList].filter(name => name.startsWith("htmx-")));
    if (!e.classList.length) e.removeAttribute("class");
  });
  return page.innerHTML.replace(/>\\s+</g, "><");
}"""


def test_every_template_with_a_swap_is_known_here() -> None:
    root = Path(onedoor.__file__).parent
    found = {path for path in root.rglob("templates/**/*.html") if " hx-" in path.read_text("utf-8")}
    assert {str(path).rpartition("/templates/")[2] for path in found} == SWAPPING


def test_who_else_has_the_case_open_is_shown_without_and_with_a_reload(door: Door, arrived: Iterator[str]) -> None:
    number = next(arrived)
    clerk = door.let_in(Officer, "scjg05")
    clerk.page.clock.install()
    clerk.goto(f"/desk/cases/{number}/")
    line = clerk.page.locator(".presence .live")
    expect(line).to_be_empty()
    other = door.let_in(Officer, "scjg04")
    other.goto(f"/desk/cases/{number}/")
    clerk.page.clock.run_for(POLL)
    expect(line).to_contain_text("王家宝")
    swapped = clerk.page.evaluate(DRAWN, "body")
    clerk.page.reload()
    expect(line).to_contain_text("王家宝")
    assert clerk.page.evaluate(DRAWN, "body") == swapped


def test_what_an_answer_changes_in_a_tried_item_is_there_after_a_reload(door: Door) -> None:
    drafter = door.let_in(Officer, "scjg07")
    drafter.goto("/desk/catalogue/?tab=items&q=食品经营许可")
    drafter.page.locator("main").get_by_role("link", name="食品经营许可", exact=True).click()
    drafter.press("修改这份清单")
    drafter.goto(f"{drafter.page.url}try/")
    with drafter.page.expect_response("**/try/**"):
        drafter.page.locator("#asked").get_by_label("单位食堂").check()
    expect(drafter.page).to_have_url(re.compile("business=canteen"))
    expect(drafter.page.locator("#asked")).to_contain_text("食堂是不是承包给别人经营")
    swapped = drafter.page.evaluate(DRAWN, "main")
    drafter.page.reload()
    assert drafter.page.evaluate(DRAWN, "main") == swapped
