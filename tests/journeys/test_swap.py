"""What a swap leaves on a page is what the server draws there anew: reloading changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.journeys.browsing import Officer
from tests.journeys.doors import Door

import onedoor

pytestmark = pytest.mark.journey
SWAPPING = {"desk/review/case.html"}  # the templates with a swap; each has its journey here
POLL = 31_000  # ms of the page's own clock
DRAWN = """() => {
  const page = document.body.cloneNode(true);
  page.querySelectorAll("[name=csrfmiddlewaretoken]").forEach(e => e.removeAttribute("value"));
  page.querySelectorAll("[class]").forEach(e => {
    e.classList.remove(...[...e.classList].filter(name => name.startsWith("htmx-")));
    if (!e.classList.length) e.removeAttribute("class");
  });
  return page.innerHTML;
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
    swapped = clerk.page.evaluate(DRAWN)
    clerk.page.reload()
    expect(line).to_contain_text("王家宝")
    assert clerk.page.evaluate(DRAWN) == swapped
