"""What was measured is said, also where a part of a benchmark could not be measured."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from onedoor.bench.figures import Figure, UnmeasuredError
from onedoor.bench.management.commands import bench


def _half(*, seconds: float) -> Iterator[Figure]:
    yield Figure("p95", 12.5, "ms")
    raise UnmeasuredError("Lighthouse 没有测成：portal home（NO_FCP）")


@pytest.fixture(autouse=True)
def half(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(bench.BENCHES, "pages", ("", _half))


def test_figures_are_said_before_the_part_that_failed_is_named() -> None:
    said = StringIO()
    with pytest.raises(CommandError, match="portal home"):
        call_command("bench", "pages", stdout=said)
    assert "12.5 ms" in said.getvalue()


def test_scripts_get_the_figures_that_there_are() -> None:
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("bench", "pages", json=True, stdout=said)
    assert [each["value"] for each in json.loads(said.getvalue())["results"]] == [12.5]
