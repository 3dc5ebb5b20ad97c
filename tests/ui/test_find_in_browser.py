"""The pages of finding, with a real item behind them, in a real browser."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser
from tests.items.samples import COUNTY

from onedoor.areas import queries as areas
from onedoor.items import commands, queries
from onedoor.items.rules import Audience, read
from onedoor.kernel.actor import system

pytestmark = pytest.mark.journey
LOOKS = (("desktop", "standard"), ("phone", "standard"), ("phone", "elder"), ("desktop", "contrast"))
FOOD = COUNTY / "food-business.yaml"
AT = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


def test_finding_is_whole_on_every_screen_and_in_every_view(
    committed_db: str, faults: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    item = read(FOOD.read_text("utf-8"), file=FOOD.name).item
    house = replace(
        item, name="农村宅基地审批", basic_code="000120001000", topics=("规划建设",), audiences=(Audience.PERSON,)
    )
    monkeypatch.setattr("onedoor.items.queries.versions._regions", tuple)
    queries.forget()
    commands.publish([item, house], by=system("test"), at=AT)
    paths = ["/", "/search/?q=开小饭馆", "/search/?q=zzzzqq", "/search/", "/items/", "/items/?topic=准营准办"]
    paths += [f"/items/{item.code}/", f"/items/{item.code}/?business=catering", "/ask/?q=饭馆", "/ask/"]
    found = {
        (path, screen, view): wrong
        for path in paths
        for screen, view in (
            ("desktop", "standard"),
            ("phone", "standard"),
            ("phone", "elder"),
            ("desktop", "contrast"),
        )
        if (wrong := faults(path, screen, view))
    }
    queries.forget()
    areas.forget()
    assert found == {}


def test_suggestions_are_reached_with_the_keyboard_alone(
    committed_db: str, gallery: str, chromium: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onedoor.items.queries.versions._regions", tuple)
    queries.forget()
    item = read(FOOD.read_text("utf-8"), file=FOOD.name).item
    commands.publish([item], by=system("test"), at=AT)
    page = chromium.new_page(locale="zh-CN")
    page.goto(f"{gallery}/")
    box = page.get_by_role("combobox")
    box.type("小饭馆")
    page.get_by_role("option").first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    assert page.get_by_role("option", selected=True).get_attribute("id") == box.get_attribute("aria-activedescendant")
    box.press("Escape")
    assert page.get_by_role("option").count() == 0
    box.type("店")
    page.get_by_role("option").first.wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url(f"{gallery}/items/{item.code}/")
    page.close()
    queries.forget()
