"""Can a condition ever hold: never a wrong alarm, and no long walks."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.items.samples import COUNTY, changed, item

from onedoor.items.rules import Item
from onedoor.items.rules.lint.reach import MOST, Variable, World, world
from onedoor.items.rules.lint.references import conditions_of
from onedoor.kernel.expr import Expr, Value, holds, parse

A, B, C = ("x", "y", "z"), ("p", "q"), (True, False)
CONDITIONAL = parse({"eq": ["$a", "x"]})
WORLD = World(
    [
        Variable("a", A),
        Variable("b", B, (CONDITIONAL,), frozenset({"a"})),
        Variable("c", C, (), frozenset({"a", "b"}), sure=False),
    ]
)


def everything() -> Iterator[dict[str, Value]]:
    """All that an applicant may come to have answered in WORLD."""
    for a, b, c in product(A, B, (*C, None)):
        answers: dict[str, Value] = {"a": a}
        if holds(CONDITIONAL, answers):
            answers["b"] = b
        yield answers if c is None else {**answers, "c": c}


leaves = st.one_of(
    st.builds(lambda how, v: {how: ["$a", v]}, st.sampled_from(["eq", "ne"]), st.sampled_from(A)),
    st.builds(lambda v: {"in": ["$b", v]}, st.lists(st.sampled_from(B), min_size=1, max_size=2, unique=True)),
    st.builds(lambda v: {"eq": ["$c", v]}, st.booleans()),
    st.sampled_from([{"present": "$b"}, {"present": "$c"}]),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda part: {"not": part}, inner),
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(trees)
def test_a_condition_is_possible_where_some_answers_fulfil_it_and_nowhere_else(tree: object) -> None:
    condition = parse(tree)
    assert WORLD.possible(condition) is any(holds(condition, answers) for answers in everything())


def test_several_conditions_must_hold_together() -> None:
    one, other = parse({"eq": ["$a", "x"]}), parse({"eq": ["$a", "y"]})
    assert WORLD.possible(one)
    assert WORLD.possible(other)
    assert not WORLD.possible(one, other)


def test_a_fact_that_is_not_known_yet_fulfils_nothing() -> None:
    assert not WORLD.possible(parse({"eq": ["$c", True]}), seen=frozenset({"a"}))
    assert WORLD.possible(parse({"not": {"eq": ["$c", True]}}), seen=frozenset({"a"}))


def test_a_walk_that_would_be_too_long_alarms_nobody() -> None:
    wide = World([Variable(f"v{n}", tuple(map(str, range(10)))) for n in range(30)])
    never = parse({"all": [{"eq": [f"$v{n}", "none"]} for n in range(30)]})
    assert MOST < 10**30
    assert wide.possible(never)


@pytest.mark.parametrize(
    ("when", "possible"),
    [
        ({"ge": ["$place_size", 100_000]}, True),
        ({"gt": ["$place_size", 100_000]}, False),
        ({"lt": ["$place_size", 1]}, False),
        ({"all": [{"gt": ["$place_size", 50]}, {"lt": ["$place_size", 51]}]}, True),
        ({"all": [{"gt": ["$seats", 50]}, {"lt": ["$seats", 51]}]}, False),
        ({"all": [{"gt": ["$seats", 50]}, {"lt": ["$seats", 52]}]}, True),
        ({"all": [{"in": ["cold", "$catering_projects"]}, {"in": ["raw", "$catering_projects"]}]}, True),
        ({"not": {"present": "$storage"}}, True),
        ({"not": {"present": "$rented"}}, False),
        ({"all": [{"present": "$seats"}, {"eq": ["$business", "sales"]}]}, False),
        ({"eq": ["$applicant.kind", "entity"]}, True),
        ({"gt": [{"add": ["$seats", "$diners"]}, 10**9]}, True),
        ({"eq": ["$contact_name", "$manager_name"]}, True),
        ({"all": [{"eq": ["$contact_name", "甲"]}, {"ne": ["$contact_name", "甲"]}]}, False),
    ],
)
def test_numbers_choices_and_pages_count_as_the_form_asks_them(when: object, possible: bool) -> None:
    condition = parse(when)
    assert world(item(), [condition]).possible(condition) is possible


def test_who_may_apply_decides_what_is_possible() -> None:
    of_agents, of_persons = parse({"eq": ["$applicant.agent", True]}), parse({"eq": ["$applicant.kind", "person"]})

    def both(changes: dict[str, object]) -> list[bool]:
        found = changed(changes)
        return [world(found, [when]).possible(when) for when in (of_agents, of_persons)]

    assert both({}) == [True, True]
    assert both({"agent": False}) == [False, True]
    assert both({"audiences": ["2"]}) == [True, False]


@pytest.mark.parametrize("slug", sorted(path.stem for path in COUNTY.glob("*.yaml")))
def test_every_condition_of_the_countys_items_can_hold(slug: str) -> None:
    def possible(found: Item, when: Expr) -> bool:
        return world(found, [when]).possible(when)

    one = item(slug)
    assert [path for path, when in conditions_of(one) if not possible(one, when)] == []


def test_a_number_between_two_marks_is_tried() -> None:
    narrow = parse({"all": [{"gt": ["$place_size", {"decimal": "1.2"}]}, {"lt": ["$place_size", {"decimal": "1.3"}]}]})
    values = world(item(), [narrow]).variables["place_size"].values
    assert any(isinstance(value, Decimal) and Decimal("1.2") < value < Decimal("1.3") for value in values)
