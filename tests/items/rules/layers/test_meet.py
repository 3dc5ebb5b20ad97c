"""The meeting of two levels' values: idempotent, and never worse for the applicant than what stands above."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.items.rules.layers import Policy, Rule, as_good, meet

RANKS = (("applicant", "other"), ("licence", "shared", "form"))
POLICIES = {rule: Policy(rule.value, rule, "因为", RANKS if rule is Rule.RANKED else ()) for rule in Rule}
LIMITS = st.fixed_dictionaries(
    {"number": st.integers(0, 60), "unit": st.sampled_from(["workday", "day"]), "start": st.just("accepted")}
)
CONDITIONS = st.none() | st.recursive(
    st.fixed_dictionaries({"eq": st.tuples(st.sampled_from(["$a", "$b"]), st.booleans()).map(list)}),
    lambda inner: st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)}),
    max_leaves=4,
)
VALUES: dict[Rule, st.SearchStrategy[Any]] = {
    Rule.LOCKED: st.text(),
    Rule.LOCAL: st.text(),
    Rule.FEWER: st.none() | st.integers(0, 9),
    Rule.SHORTER: LIMITS,
    Rule.MORE: st.lists(st.sampled_from("12345"), unique=True),
    Rule.YES: st.booleans(),
    Rule.RANKED: st.sampled_from(["applicant", "other", "licence", "shared", "form", "unheard"]),
    Rule.NARROWER: CONDITIONS,
    Rule.ADDED: st.lists(st.fixed_dictionaries({"question": st.sampled_from("abc")}), unique_by=str),
}
PAIRS = st.sampled_from(sorted(Rule)).flatmap(lambda rule: st.tuples(st.just(rule), VALUES[rule], VALUES[rule]))


@given(PAIRS)
def test_what_comes_out_is_always_as_good_as_what_stands_above(pair: tuple[Rule, Any, Any]) -> None:
    rule, above, below = pair
    assert as_good(above, meet(above, below, POLICIES[rule]), POLICIES[rule])


@given(PAIRS)
def test_the_same_value_twice_is_that_value(pair: tuple[Rule, Any, Any]) -> None:
    rule, above, _ = pair
    assert meet(above, above, POLICIES[rule]) == above


@given(PAIRS)
def test_what_was_allowed_stays_as_it_was_written(pair: tuple[Rule, Any, Any]) -> None:
    rule, above, below = pair
    if as_good(above, below, POLICIES[rule]):
        assert meet(above, below, POLICIES[rule]) == below


def _limit(number: int, unit: str = "workday", start: str = "accepted") -> dict[str, Any]:
    return {"number": number, "unit": unit, "start": start}


ONE, TWO = {"eq": ["$a", 1]}, {"eq": ["$b", 2]}


@pytest.mark.parametrize(
    ("rule", "above", "below", "comes_out"),
    [
        (Rule.LOCKED, "食品经营许可", "食品经营许可证核发", "食品经营许可"),
        (Rule.FEWER, 1, 0, 0),
        (Rule.FEWER, 1, 2, 1),
        (Rule.FEWER, None, 100, None),
        (Rule.SHORTER, _limit(10), _limit(7), _limit(7)),
        (Rule.SHORTER, _limit(10), _limit(11), _limit(10)),
        (Rule.SHORTER, _limit(10), _limit(7, "day"), _limit(10)),
        (Rule.SHORTER, _limit(10), _limit(7, start="decided"), _limit(10)),
        (Rule.SHORTER, _limit(10), _limit(0, "day"), _limit(0, "day")),
        (Rule.MORE, ["1"], ["2", "1"], ["2", "1"]),
        (Rule.MORE, ["1", "2"], ["3"], ["1", "2", "3"]),
        (Rule.YES, False, True, True),
        (Rule.YES, True, False, True),
        (Rule.RANKED, "applicant", "shared", "shared"),
        (Rule.RANKED, "shared", "licence", "licence"),
        (Rule.RANKED, "shared", "applicant", "shared"),
        (Rule.RANKED, "applicant", "unheard", "applicant"),
        (Rule.NARROWER, None, ONE, ONE),
        (Rule.NARROWER, ONE, None, ONE),
        (Rule.NARROWER, ONE, TWO, {"all": [ONE, TWO]}),
        (Rule.NARROWER, ONE, {"all": [TWO, {"all": [ONE]}]}, {"all": [TWO, {"all": [ONE]}]}),
    ],
)
def test_two_levels(rule: Rule, above: Any, below: Any, comes_out: Any) -> None:
    assert meet(above, below, POLICIES[rule]) == comes_out
