"""Every figure stands beside the same one with the small catalogue."""

from __future__ import annotations

from onedoor.bench.items import Round

MADE = {"lint": 2.0, "publish": 4.0, "publish_processor": 1.5, "published": 100}
READ = {"load": 0.5, "memory": 2**20, "cold": 0.002, "warm": 0.000_003, "first_search": 0.25}


def test_rates_are_by_the_second_and_times_in_the_unit_that_is_named() -> None:
    values = Round(200, MADE, READ, {"guide": 12.5}).values()
    assert values["lint, processor"] == (10.0, "ms an item")
    assert values["publish"] == (25.0, "items a second")
    assert values["publish, processor"] == (15.0, "ms an item")
    assert values["first look of a process"] == (500.0, "ms")
    assert values["memory of the catalogue"] == (1.0, "MB")
    assert values["effective version, first"] == (2.0, "ms")
    assert values["effective version, again"] == (3.0, "µs")
    assert values["p95, guide"] == (12.5, "ms")
