"""Formulas and their denominators."""

from __future__ import annotations

from collections import Counter
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.supervision.rules import BOUNDS, Adoption, Figures, Measure, bucket_of, median_of


def test_a_share_without_a_denominator_is_no_share() -> None:
    nothing = Figures("organ", {})
    assert (nothing.on_time, nothing.online, Adoption("organ", {}, {}).share(Measure.LIVE)) == (None, None, None)
    assert Adoption("organ", {}, {}).median is None


def test_on_time_is_what_closed_without_a_limit_ever_exceeded_over_what_closed() -> None:
    figures = Figures("organ", {Measure.CLOSED: 4, Measure.CLOSED_LATE: 1, Measure.RECEIVED: 5, Measure.ONLINE: 2})
    assert (figures.on_time, figures.online) == (0.75, 0.4)


def test_adoption_shares_are_over_all_acts_of_officers() -> None:
    counts = {Measure.LIVE: 6, Measure.DECLARED_LATE: 2, Measure.IMPORTED: 2, Measure.RECEIVED: 99}
    used = Adoption("organ", counts, {60: 3})
    assert (used.acts, used.share(Measure.LIVE), used.share(Measure.OFFLINE), used.measured) == (10, 0.6, 0, 3)


@pytest.mark.parametrize(("seconds", "bound"), [(0, 5), (5, 5), (6, 10), (1800, 1800), (4000, 1800)])
def test_a_time_belongs_to_the_class_that_ends_at_or_above_it(seconds: int, bound: int) -> None:
    assert bucket_of(seconds) == bound


@given(st.lists(st.integers(0, 1800), min_size=1, max_size=60).filter(lambda times: len(times) % 2 == 1))
def test_the_median_of_classes_lies_in_the_class_of_the_true_median(times: list[int]) -> None:
    found = median_of(Counter(map(bucket_of, times)))
    assert found is not None
    bound = bucket_of(int(median(times)))
    lower = ([0, *BOUNDS])[BOUNDS.index(bound)]
    assert lower <= found <= bound
