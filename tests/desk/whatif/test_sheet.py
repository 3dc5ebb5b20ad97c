"""The page of a forecast in words."""

from datetime import date
from random import Random

import pytest
from tests.items.samples import item

from onedoor.cases.queries.forecasts import Forecast
from onedoor.cases.rules.allotted import Source
from onedoor.cases.rules.simulating import gains, simulate
from onedoor.desk.whatif.sheet import sheet
from onedoor.items.rules.trial import as_published


@pytest.fixture
def forecast() -> Forecast:
    plan, days = item("food-business").plan, {"papers": (1, 6), "visit": (3,), "check": (1,), "decide": (1,)}
    called = [frozenset(step.key for step in plan.steps)]
    return Forecast(
        source=Source.HISTORY,
        seed=1,
        cases=2,
        found=simulate(plan, days, called, rng=Random(1)),
        gains=gains(plan, days, called, rng=Random(1)),
        durations=days,
        limits={"promised": 6, "legal": 10},
        assumed=("check",),
    )


def test_the_table_says_in_words_what_the_picture_shows(forecast: Forecast) -> None:
    shown = sheet(as_published(item("food-business"), on=date(2026, 3, 2)), forecast)
    lines = {line.name: line for line in shown.steps}
    papers = lines[item("food-business").plan.step("papers").name]
    assert (papers.usual, papers.longest, papers.decides) == (1, 6, "50%")
    assert [line.late for line in shown.limits] == ["50%", "0%"]
    assert {box.key for box in shown.drawing.boxes if box.critical} >= {"decide", "papers", "visit"}
    assert all(gain.saved != "0.0" for gain in shown.gains)
