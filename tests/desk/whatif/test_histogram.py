"""Bars of a distribution: each inside the picture, the table beneath adding up."""

from hypothesis import given
from hypothesis import strategies as st

from onedoor.desk.whatif.histogram import MOST_BARS, histogram, percent

TOTALS = st.dictionaries(st.integers(0, 400), st.integers(1, 9), min_size=1).map(lambda d: tuple(sorted(d.items())))


@given(TOTALS, st.integers(0, 500))
def test_every_bar_and_every_limit_stands_inside_the_picture(totals: tuple[tuple[int, int], ...], limit: int) -> None:
    found = histogram(totals, {"法定时限": limit}, promised=limit)
    assert 1 <= len(found.bars) <= MOST_BARS + 1
    assert all(bar.x >= 0 and bar.x + bar.width <= found.width for bar in found.bars)
    assert all(bar.y >= 0 and bar.y + bar.height == found.base for bar in found.bars)
    assert all(0 <= mark.x < found.width for mark in found.marks)
    assert found.lines[-1].so_far == "100%"


def test_what_takes_longer_than_the_promise_is_marked() -> None:
    found = histogram(((1, 3), (4, 1)), {"承诺时限": 2}, promised=2)
    assert [bar.late for bar in found.bars] == [False, True]


def test_a_share_is_never_rounded_to_nothing_nor_to_everything() -> None:
    assert [percent(*each) for each in ((0, 9), (1, 1000), (999, 1000), (1, 2), (7, 7))] == [
        "0%", "<1%", "99%", "50%", "100%",
    ]  # fmt: skip


def test_the_word_of_a_limit_stands_where_there_is_room_for_it() -> None:
    found = histogram(((11, 1),), {"承诺时限": 3, "法定时限": 30}, promised=3)
    assert [(mark.name, mark.anchor) for mark in found.marks] == [("承诺时限", "start"), ("法定时限", "end")]
