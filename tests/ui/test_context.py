"""The views a reader chooses survive, and nothing else gets in."""

import pytest
from django.test import Client, RequestFactory

from onedoor.ui.context import page, views_of


def test_unknown_words_in_the_cookie_are_ignored() -> None:
    request = RequestFactory().get("/")
    request.COOKIES = {"view": "elder-onmouseover"}
    assert views_of(request).attribute == "elder"


def test_a_switch_adds_to_what_is_on_and_comes_back() -> None:
    request = RequestFactory().get("/items/?page=2")
    request.COOKIES = {"view": "elder"}
    views = views_of(request)
    assert views.toggle_contrast == "/view/elder-contrast/?next=%2Fitems%2F%3Fpage%3D2"
    assert views.toggle_elder == "/view/standard/?next=%2Fitems%2F%3Fpage%3D2"


def test_the_switch_sets_a_cookie_and_returns() -> None:
    response = Client().get("/view/elder-contrast/?next=/items/")
    assert (response.status_code, response["Location"]) == (302, "/items/")
    cookie = response.cookies["view"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("elder-contrast", True, "Lax")


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_a_foreign_address_leads_home(back: str) -> None:
    assert Client().get("/view/elder/", {"next": back})["Location"] == "/"


def test_an_unknown_view_is_not_found() -> None:
    assert Client().get("/view/purple/").status_code == 404


def test_the_page_context_needs_no_request() -> None:
    assert page(None)["views"].attribute == ""
