"""Situations narrow an item to what applies to one applicant."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.items.samples import item

from onedoor.items.rules import Fee, Reduction, ShorterLimit, for_situation, schema_of
from onedoor.items.rules.facts import labels_of, reduction_for, registered, shorter_limit
from onedoor.kernel import expr
from onedoor.kernel.clock import Limit, StartEvent, Unit
from onedoor.kernel.expr import describe

ALWAYS = {"application", "licence_of_business", "layout"}


@pytest.mark.parametrize(
    ("facts", "more"),
    [
        ({"business": "sales", "rented": "no"}, set()),
        ({"business": "sales", "rented": "yes"}, {"premises"}),
        ({"business": "catering", "rented": "no"}, {"health_certificate"}),
        ({"business": "canteen", "contracted": "yes", "rented": "no"}, {"health_certificate", "contract"}),
        ({"business": "sales", "rented": "no", "rules_adopted": False}, {"rules"}),
        ({"business": "sales", "rented": "no", "applicant.agent": True}, {"mandate"}),
    ],
)
def test_materials_follow_the_situation(facts: dict[str, Any], more: set[str]) -> None:
    assert {material.key for material in for_situation(item(), facts).materials} == ALWAYS | more


def test_only_open_and_applicable_questions_are_asked() -> None:
    assert [s.key for s in for_situation(item(), {}).situations] == ["business", "rented"]
    assert [s.key for s in for_situation(item(), {"business": "canteen"}).situations] == ["contracted", "rented"]


def test_steps_follow_the_situation() -> None:
    assert "visit" in {step.key for step in for_situation(item(), {"business": "catering"}).steps}
    assert "visit" not in {step.key for step in for_situation(item(), {"business": "sales"}).steps}


def test_conditions_are_told_in_the_words_of_the_form() -> None:
    when = item().material("premises").when
    assert when is not None
    assert "租用、借用" in describe(when, labels_of(item()))
    assert {"applicant.kind", "business", "staff_count"} <= set(schema_of(item()))


def test_registers_answer_a_situation_only_where_they_know_all_that_it_takes() -> None:
    business, contracted, rented = item().situations
    known = {"if": ["$resident", "canteen", "sales"]}
    one = replace(
        item(),
        situations=(
            replace(business, known=expr.parse(known)),
            replace(contracted, known=expr.parse({"if": [{"ge": ["$age", 60]}, "yes", "maybe"]})),
            rented,
        ),
    )
    assert registered(one, {}) == {}
    assert registered(one, {"resident": False, "age": 70}) == {"business": "sales"}  # the second is not asked then
    assert registered(one, {"resident": True, "age": 70}) == {"business": "canteen", "contracted": "yes"}
    assert registered(one, {"resident": True, "age": 30}) == {"business": "canteen"}  # no such option


LIMITS = st.builds(
    Limit,
    st.integers(0, 30),
    st.sampled_from(Unit),
    st.sampled_from([StartEvent.RECEIVED, StartEvent.ACCEPTED]),
    note=st.just("承诺"),
)
WHENS = st.sampled_from([expr.parse(tree) for tree in (True, False, {"eq": ["$business", "sales"]})])
FACTS: Any = {"business": "sales"}


@given(LIMITS, st.lists(st.tuples(WHENS, LIMITS), max_size=4))
def test_no_situation_is_promised_more_than_everybody(general: Limit, rows: list[tuple[Any, Limit]]) -> None:
    rows_ = tuple(ShorterLimit(str(number), when, limit) for number, (when, limit) in enumerate(rows))
    one = replace(item(), clock=replace(item().clock, promised=general), shorter_limits=rows_)
    promised = for_situation(one, FACTS).promised
    alike = promised.number == 0 or (promised.unit, promised.start) == (general.unit, general.start)
    assert promised == general or (alike and promised.number < general.number)
    for row in rows_:
        if expr.holds(row.when, FACTS) and row.limit.number == 0:
            assert promised.number == 0


def test_the_shortest_promise_that_applies_holds_and_none_where_nothing_is_known() -> None:
    one = item("food-business-renewal")
    found = shorter_limit(one, {"conditions": "same"})
    assert found
    assert str(for_situation(one, {"conditions": "same"}).promised) == "2个工作日"
    assert str(for_situation(one, {"conditions": "changed"}).promised) == "3个工作日"
    assert shorter_limit(one, {}) is None


@given(st.none() | st.integers(0, 100), st.lists(st.tuples(WHENS, st.none() | st.integers(0, 150)), max_size=4))
def test_no_reduction_raises_a_fee(cents: int | None, rows: list[tuple[Any, int | None]]) -> None:
    fee = Fee("登记费", "按件", "依据", cents, reductions=tuple(Reduction(w, "减", "依据", c) for w, c in rows))
    found = reduction_for(fee, FACTS)
    if found and found.cents is not None and cents is not None:
        assert found.cents < cents
    known = [c for w, c in rows if expr.holds(w, FACTS) and c is not None and (cents is None or c < cents)]
    assert not known or (found is not None and found.cents == min(known))


def test_who_lives_on_the_minimum_exchanges_the_identity_card_for_nothing() -> None:
    one = item("id-card")
    (due,) = for_situation(one, {"reason": "expired", "hardship": "yes"}).fees
    assert (due.standard, due.cents, due.waived) == ("免收", 0, True)
    (due,) = for_situation(one, {"reason": "expired", "hardship": "no"}).fees
    assert (due.cents, due.reduction, due.waived) == (2000, None, False)
