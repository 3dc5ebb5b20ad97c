"""Columns of a drawing: what waits stands to the right of what it waits for."""

from onedoor.kernel.plan import columns


def test_each_stands_right_of_all_that_leads_to_it_and_no_further() -> None:
    assert columns("abcd", [("a", "c"), ("c", "d"), ("b", "d")]) == (("a", "b"), ("c",), ("d",))


def test_a_circle_stands_together_at_the_end() -> None:
    assert columns("abc", [("b", "c"), ("c", "b")]) == (("a",), ("b", "c"))


def test_flows_from_or_to_nowhere_are_no_flows() -> None:
    assert columns("a", [("x", "a"), ("a", "y")]) == (("a",),)
