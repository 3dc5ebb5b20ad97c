"""The figures of ``bench history``: what may grow, and what must not change."""

from onedoor.bench.history import _growth, _recomputed


def test_a_page_may_grow_to_twice_what_it_was() -> None:
    assert _growth("inbox", [10.0] * 20, [19.9] * 20).kept
    assert not _growth("inbox", [10.0] * 20, [20.1] * 20).kept


def test_a_second_run_that_changes_a_byte_is_over_the_limit() -> None:
    first = {"seen": 100, "moved": 90, "seconds": 1.0, "processor": 0.5, "digest": "a"}
    told = {"messages": 90, "seconds": 1.0}
    assert all(figure.kept for figure in _recomputed({"first": first, "second": first, "told": told}, of=100))
    figures = _recomputed({"first": first, "second": {**first, "digest": "b"}, "told": told}, of=101)
    assert [figure.kept for figure in figures] == [False, True, True, True, True, True, True, False]


def test_whoever_was_not_told_is_missed() -> None:
    run = {"seen": 100, "moved": 90, "seconds": 1.0, "processor": 0.5, "digest": "a"}
    figures = _recomputed({"first": run, "second": run, "told": {"messages": 89, "seconds": 1.0}}, of=100)
    assert [figure.name for figure in figures if not figure.kept] == ["messages to their applicants"]
