"""Suggestions while one types, and one line for an item of many townships."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.test import Client
from tests.items.samples import item

from onedoor.areas import queries as areas
from onedoor.items import commands, queries
from onedoor.items.rules import Item, Level
from onedoor.items.rules.codes import PowerSource
from onedoor.kernel.actor import system
from onedoor.kernel.codes import make_uscc

AT = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
TOWNS = {"田园镇": "530524101000", "漭水镇": "530524102000", "柯街镇": "530524103000"}


def at_town(one: Item, name: str, digit: int) -> Item:
    organ, area = make_uscc("11530524", f"0152000{digit}"), TOWNS[name]
    return replace(
        one, organ=organ, organ_name=f"{name}人民政府", level=Level.TOWNSHIP, area=area,
        power_source=PowerSource.HANDED_DOWN,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def county(db: None) -> Iterator[None]:
    """The food permit at the county, and building on one's land at three townships."""
    call_command("areas", "load")
    areas.forget()
    queries.forget()
    food = item()
    land = replace(food, name="农村宅基地审批", basic_code="000120001000", keywords=("建房",), summary="建房先批地。")
    commands.publish([food, *(at_town(land, name, n) for n, name in enumerate(TOWNS, 1))], by=system("test"), at=AT)
    queries.forget()
    yield
    queries.forget()
    areas.forget()


def page(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def test_what_is_typed_so_far_is_answered_with_options_that_lead_on() -> None:
    html = page("/search/suggest/?q=小饭")
    assert 'id="q-1"' in html
    assert '<ul role="listbox"' in html
    code = next(line.code for line in queries.catalogue() if line.name == "食品经营许可")
    assert html.partition('data-href="')[2].startswith(f"/items/{code}/")


@pytest.mark.parametrize("q", ["", "   ", "qqqqqq", "%00"])
def test_nothing_fitting_is_nothing_suggested(q: str) -> None:
    assert page(f"/search/suggest/?q={q}").strip() == ""


def test_what_is_typed_is_never_markup() -> None:
    assert "<script" not in page("/search/suggest/?q=<script>alert(1)</script>建房")


def test_an_item_of_many_townships_is_one_line_with_a_choice_of_townships() -> None:
    html = page("/search/?q=建房")
    assert html.count("<h3>农村宅基地审批") == 1
    assert "选择您所在的乡镇（3 处能办）" in html
    assert [name for name in TOWNS if f">{name}<" not in html] == []
    assert "/search/?q=" in page("/search/suggest/?q=建房")


def test_a_township_that_is_named_is_chosen() -> None:
    html = page("/search/?q=漭水镇建房")
    code = next(line.code for line in queries.catalogue() if line.organ_name == "漭水镇人民政府")
    assert f'<h3><a href="/items/{code}/">农村宅基地审批</a></h3>' in html
    assert "选择您所在的乡镇" not in html.partition('class="hits"')[2].partition("</li>")[0]


def test_a_greeting_is_answered_plainly_with_ways_on_and_no_items() -> None:
    html = page("/search/?q=你好，在吗")
    assert "没找到要办的事" in html
    assert 'class="hits"' not in html
    assert ('href="/ask/"' in html, "按主题找" in html) == (True, True)
    assert "食品经营许可" in page("/search/?q=你好我想开饭馆")


def test_the_search_box_says_where_suggestions_come_from_and_works_without() -> None:
    html = page("/search/?q=")
    assert 'data-suggest="/search/suggest/"' in html
    assert 'action="/search/"' in html
