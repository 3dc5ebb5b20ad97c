"""Every part in a real browser: no fault by axe, nothing wider than the screen, nothing too small to hit."""

from collections.abc import Callable

import pytest

pytestmark = pytest.mark.journey
ADDRESSES = ("/case/", "/form/", "/form/?wrong", "/desk/", "/stale/", "/none/")


LOOKS = (("desktop", "standard"), ("phone", "standard"), ("phone", "elder"), ("desktop", "elder-contrast"))


@pytest.mark.parametrize(("screen", "view"), LOOKS)
@pytest.mark.parametrize("path", ADDRESSES)
def test_a_page_is_whole_on_every_screen_and_in_every_view(
    faults: Callable[..., list[str]], path: str, screen: str, view: str
) -> None:
    assert faults(path, screen, view) == []
