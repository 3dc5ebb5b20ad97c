"""Steps as a picture: what waits stands to the right of what it waits for; nothing stands on anything else."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from onedoor.desk.catalogue.drawing import by_limits, draw
from onedoor.kernel.clock import Limit, StartEvent, Unit
from onedoor.kernel.plan import Plan, Step, StepKind


@st.composite
def plans(choose: st.DrawFn) -> Plan:
    """Any plan, circles included."""
    keys = [f"s{n}" for n in range(choose(st.integers(0, 7)))]
    needs = st.lists(st.sampled_from(keys), max_size=3, unique=True) if keys else st.just([])
    return Plan(tuple(Step(key, f"环节{key}", StepKind.REVIEW, after=tuple(choose(needs))) for key in keys))


@given(plans())
def test_every_step_has_its_own_place_inside_the_picture(plan: Plan) -> None:
    found = draw(plan, lambda _step: "")
    assert {box.key for box in found.boxes} == {step.key for step in plan.steps}
    assert len({(box.x, box.y) for box in found.boxes}) == len(plan.steps)
    assert all(box.x + box.width <= found.width and box.y + box.height <= found.height for box in found.boxes)


def test_what_waits_stands_to_the_right() -> None:
    steps = (Step("a", "审查", StepKind.REVIEW), Step("b", "决定", StepKind.DECISION, after=("a",)))
    found = draw(Plan(steps), lambda step: step.key)
    first, second = found.boxes
    assert first.x + first.width < second.x
    assert len(found.arrows) == 1


def test_the_steps_that_decide_the_end_are_marked_with_the_arrows_between_them() -> None:
    long = Limit(9, Unit.WORKDAY, StartEvent.ACCEPTED)
    steps = (
        Step("a", "审查", StepKind.REVIEW, limit=long),
        Step("b", "核对", StepKind.REVIEW),
        Step("c", "决定", StepKind.DECISION, after=("a", "b")),
    )
    found = draw(Plan(steps), lambda step: step.key, critical=by_limits(Plan(steps)))
    assert {box.key for box in found.boxes if box.critical} == {"a", "c"}
    assert [arrow.critical for arrow in found.arrows] == [True, False]


def test_a_check_by_rule_is_never_what_the_end_waits_for() -> None:
    long = Limit(9, Unit.WORKDAY, StartEvent.ACCEPTED)
    steps = (
        Step("a", "自动核验", StepKind.REGISTER_CHECK, limit=long),
        Step("b", "审查", StepKind.REVIEW, limit=replace(long, number=1)),
        Step("c", "决定", StepKind.DECISION, after=("a", "b"), limit=replace(long, number=1)),
    )
    assert by_limits(Plan(steps)) == {"b", "c"}
