"""The follower of figures."""

from onedoor.supervision.jobs import FiguresFollower


def test_a_batch_without_cases_counts_nothing() -> None:
    FiguresFollower().handle([])
    assert FiguresFollower.name == "supervision.figures.2"
