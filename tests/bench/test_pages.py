"""Lighthouse is asked page by page: one page of which it gives nothing costs no other page its figures."""

from __future__ import annotations

import httpx
import pytest

from onedoor.bench import lighthouse, pages
from onedoor.bench.figures import UnmeasuredError

HOME, GUIDE, TRACK = (pages.Page(name, httpx.Client(), f"/{name}/") for name in ("home", "guide", "track"))


def _scores(address: str, *, cookies: str) -> dict[str, float]:
    if address.endswith(GUIDE.path):
        raise lighthouse.LighthouseError("NO_FCP")
    return {"performance": 97.0}


def test_a_page_that_lighthouse_cannot_open_is_named_after_the_figures_of_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lighthouse, "available", lambda: True)
    monkeypatch.setattr(lighthouse, "scores", _scores)
    figures = pages.judged(8000, [HOME, GUIDE, TRACK])
    assert [next(figures).name, next(figures).name] == ["Lighthouse performance, home", "Lighthouse performance, track"]
    with pytest.raises(UnmeasuredError, match=r"：guide（NO_FCP）$"):
        next(figures)
