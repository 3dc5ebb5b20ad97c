"""The figures of the window: counted beside assumed, and told apart by name; a limit that is not kept is seen."""

from __future__ import annotations

from typing import Any, cast

import pytest

from onedoor.bench.window import counting
from onedoor.bench.window.counting import VISITS
from onedoor.bench.window.hands import Hands, assumed


def test_every_visit_has_its_assumptions_and_the_simple_ones_their_limit() -> None:
    told = assumed()["visits"]
    assert set(told) == set(VISITS)
    assert {told[name]["most"] for name in ("reader", "typed")} == {90}


@pytest.mark.parametrize(("keys", "kept"), [(100, True), (400, False)])
def test_the_limit_is_about_the_hands_and_the_paper_way_is_said_to_be_assumed(keys: int, kept: bool) -> None:
    page = cast(Any, None)
    figures = counting._figures("typed", [Hands(page, keys=keys, server=1.0), Hands(page, keys=keys, server=3.0)])
    assert all(figure.kept for figure in figures) is kept
    by_name = {figure.name.split(",")[0]: figure for figure in figures}
    assert by_name["server"].value == 2.0
    (paper,) = [figure for figure in figures if "paper" in figure.name]
    assert "ASSUMED" in paper.name
    assert paper.baseline is None
