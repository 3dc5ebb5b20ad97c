"""Every part in a real browser: no fault by axe, nothing wider than the screen, nothing too small to hit."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(CHROMIUM is None and not os.environ.get("CI"), reason="no browser: install chromium"),
]
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
FLAGS += ["--disable-component-update", "--disable-sync"]
SHOTS = os.environ.get("ONEDOOR_SHOTS", "")
SCREENS = {"desktop": (1200, 900), "phone": (390, 800)}
VIEWS = ("standard", "elder", "contrast", "elder-contrast")
ADDRESSES = ("/case/", "/form/", "/form/?wrong", "/desk/", "/stale/", "/none/", "/")

SMALL = """(least) => [...document.querySelectorAll('a, button, input, select, textarea, summary')].filter(e => {
  const box = (e.type === 'radio' || e.type === 'checkbox' ? e.closest('label') : e).getBoundingClientRect();
  if (!box.width || e.type === 'hidden' || e.closest('.skip')) return false;
  const style = getComputedStyle(e);
  if (e.tagName === 'A' && style.display === 'inline') return false;  // a word in a sentence
  return box.height + 0.5 < least || box.width + 0.5 < Math.min(least, 44);
}).map(e => e.outerHTML.slice(0, 90) + ' ' + Math.round(e.getBoundingClientRect().height))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def opened(browser: Browser, address: str, screen: str, view: str) -> Page:
    width, height = SCREENS[screen]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    if view != "standard":
        context.add_cookies([{"name": "view", "value": view, "url": address}])
    page = context.new_page()
    page.problems = []  # type: ignore[attr-defined]
    page.on("console", lambda message: page.problems.append(message.text) if message.type == "error" else None)
    page.goto(address)
    return page


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("path", ADDRESSES)
def test_a_page_is_whole_on_every_screen_and_in_every_view(
    gallery: str, browser: Browser, path: str, screen: str, view: str
) -> None:
    page = opened(browser, gallery + path, screen, view)
    if SHOTS:
        name = path.strip("/").replace("/", "-").replace("?", "-") or "home"
        page.screenshot(path=Path(SHOTS) / f"{name}-{screen}-{view}.png", full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    small = page.evaluate(SMALL, 60 if "elder" in view else 44)
    found = Axe().run(page)
    blocked = [text for text in page.problems if "Content Security Policy" in text]  # type: ignore[attr-defined]
    page.context.close()
    assert (wide, small, blocked) == (0, [], [])
    assert found.violations_count == 0, found.generate_report()
