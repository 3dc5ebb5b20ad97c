"""As early as it can: earliest times, the critical path, and how late a step may be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.kernel.plan import Span, Step, StepKind, critical_path, schedule, slack

GRAPHS = st.lists(st.sets(st.integers(0, 9)), min_size=1, max_size=10).flatmap(
    lambda needs: st.tuples(
        st.just(tuple(_step(n, {m for m in need if m < n}) for n, need in enumerate(needs))),
        st.fixed_dictionaries({f"s{n}": st.integers(0, 9) for n in range(len(needs))}),
    )
)


def _step(number: int, needs: set[int]) -> Step:
    return Step(f"s{number}", f"s{number}", StepKind.REVIEW, after=tuple(f"s{need}" for need in sorted(needs)))


DIAMOND = (_step(0, set()), _step(1, {0}), _step(2, {0}), _step(3, {1, 2}))
DAYS = {"s0": 1, "s1": 2, "s2": 5, "s3": 1}


def test_everything_starts_when_the_last_thing_it_needs_is_there() -> None:
    assert schedule(DIAMOND, DAYS) == {"s0": Span(0, 1), "s1": Span(1, 3), "s2": Span(1, 6), "s3": Span(6, 7)}


def test_the_critical_path_is_the_way_that_decides_the_end() -> None:
    assert critical_path(DIAMOND, DAYS) == ("s0", "s2", "s3")
    assert critical_path((), {}) == ()


def test_only_steps_beside_the_critical_path_may_be_late() -> None:
    assert slack(DIAMOND, DAYS) == {"s0": 0, "s1": 3, "s2": 0, "s3": 0}


def test_a_circle_has_no_schedule() -> None:
    one = Step("a", "a", StepKind.REVIEW, after=("b",))
    with pytest.raises(ValueError, match="circle"):
        schedule((one, Step("b", "b", StepKind.REVIEW, after=("a",))), {})


@given(GRAPHS)
def test_the_critical_path_is_as_long_as_the_whole_and_has_no_slack(
    given_: tuple[tuple[Step, ...], dict[str, int]],
) -> None:
    steps, days = given_
    spans, path, free = schedule(steps, days), critical_path(steps, days), slack(steps, days)
    end = max(span.finish for span in spans.values())
    assert sum(days[key] for key in path) == end
    assert all(free[key] == 0 for key in path)
    assert min(free.values()) >= 0


@given(GRAPHS, st.data())
def test_a_step_that_uses_up_its_slack_does_not_move_the_end(
    given_: tuple[tuple[Step, ...], dict[str, int]], data: st.DataObject
) -> None:
    steps, days = given_
    key = data.draw(st.sampled_from(sorted(days)))
    end = max(span.finish for span in schedule(steps, days).values())
    free = slack(steps, days)[key]
    assert max(s.finish for s in schedule(steps, days | {key: days[key] + free}).values()) == end
    assert max(s.finish for s in schedule(steps, days | {key: days[key] + free + 1}).values()) == end + 1
