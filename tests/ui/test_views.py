"""The switch of views sets one cookie and comes back, never elsewhere."""

import pytest
from django.test import Client


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
