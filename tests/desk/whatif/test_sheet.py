"""The page of a forecast in words."""

from dataclasses import replace
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


@pytest.mark.parametrize(
    ("slug", "cases", "assumed", "told"),
    [
        ("real-estate-transfer", 2, (), {"申请人缴费的时间"}),
        ("real-estate-transfer", 2, ("pay",), {"申请人缴费的时间，按用满期限算"}),
        ("real-estate-transfer", 2, ("check",), {"申请人缴费的时间", "没有办过，按时限"}),
        ("old-age-allowance", 2, (), set()),
        ("old-age-allowance", 0, (), {"按当场核验通过算，转人工核对的没有算"}),
    ],
)
def test_the_table_says_whose_time_it_is_and_what_was_assumed(
    forecast: Forecast, slug: str, cases: int, assumed: tuple[str, ...], told: set[str]
) -> None:
    one = as_published(item(slug), on=date(2026, 3, 2))
    nothing = simulate(one.plan, {}, [frozenset(step.key for step in one.plan.steps)], rng=Random(1))
    shown = sheet(one, replace(forecast, cases=cases, assumed=assumed, found=nothing, gains=(), durations={}))
    assert {line.note for line in shown.steps} - {""} == told
    waits = {line.organ for line in shown.steps} - {"本机关", "申请人所在地的乡镇人民政府"}
    assert waits == {box.note for box in shown.drawing.boxes if box.note in waits}
    assert waits == {"申请人缴费" if slug == "real-estate-transfer" else "系统自动核验"}
