"""Bars drawn by the server."""

from datetime import date, timedelta

from onedoor.desk.director.charts import HEIGHT, MOST_BARS, ROOM, WIDTH, over_time
from onedoor.supervision.rules import Measure

FIRST = date(2026, 1, 1)


def days(number: int, received: int = 2) -> list[tuple[date, dict[Measure, int]]]:
    return [(FIRST + timedelta(days=i), {Measure.RECEIVED: received, Measure.CLOSED: i % 2}) for i in range(number)]


def test_one_day_or_nothing_is_no_chart() -> None:
    assert over_time(days(1)) is None
    assert over_time(days(5, received=0)[:1]) is None
    assert over_time([(FIRST, {}), (FIRST, {})]) is None


def test_bars_stay_inside_the_picture_and_a_year_is_grouped() -> None:
    chart = over_time(days(326))
    assert chart is not None
    assert chart.step == 11
    assert len({bar.x for bar in chart.bars if bar.kind == "now"}) <= MOST_BARS
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH and bar.y >= ROOM for bar in chart.bars)
    assert all(bar.y + bar.height <= HEIGHT - ROOM + 0.2 for bar in chart.bars)


def test_the_tallest_bar_reaches_the_upper_line() -> None:
    chart = over_time(days(7, received=9))
    assert chart is not None
    assert (chart.most, min(bar.y for bar in chart.bars)) == (9, ROOM)
