"""How far an account is, in one word; and which user names are taken."""

import pytest

from onedoor.access.rules import Standing, check_username, standing


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, Standing.USED),
        ({"factors": ()}, Standing.WEAK),
        ({"locked": True, "factors": ()}, Standing.LOCKED),
        ({"password": False, "locked": True}, Standing.INVITED),
        ({"active": False, "password": False}, Standing.SUSPENDED),
    ],
)
def test_what_stops_the_holder_first_is_said(facts: dict[str, object], expected: Standing) -> None:
    usual: dict[str, object] = {"active": True, "password": True, "factors": ("totp",), "locked": False}
    assert standing(**(usual | facts)) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "good"), [("scjg12", True), (" SCJG12 ", True), ("", False), ("甲乙", False), ("a b", False)]
)
def test_a_user_name_is_letters_and_digits(name: str, good: bool) -> None:
    assert (check_username(name) == ()) is good
