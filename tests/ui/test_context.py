"""The views a reader chooses survive, and nothing else gets in."""

from django.test import RequestFactory

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


def test_the_page_context_needs_no_request() -> None:
    assert page(None)["views"].attribute == ""
