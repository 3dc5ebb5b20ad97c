"""承办与审核分离: whoever did an earlier part leaves the step to a colleague; where there is none, it is flagged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases.conftest import Now, fold
from tests.cases.rules.test_dispatching import EMPTY

from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules.dispatching import Assignment, Candidate, dispatch
from onedoor.cases.rules.separating import keep_apart, merged_step, parts, separate
from onedoor.cases.rules.values import Case, Outcome, StepResult, Verdict
from onedoor.cases.rules.values.hearing import Hearing, Meeting
from onedoor.items.rules import ItemVersion
from onedoor.kernel.actor import Act
from onedoor.kernel.clock import CHINA
from onedoor.kernel.errors import Refused

DAY = date(2026, 3, 3)
REFS = [f"account:{n}" for n in range(5)]


@pytest.fixture
def strict(food: ItemVersion) -> ItemVersion:
    return replace(food, separate_duties=True, separate_duties_basis="本局内控制度")


@pytest.fixture
def accepted(case: Case, now: Now) -> Case:
    return fold(case, law.accept(case, now(DAY, "收件员")), now(DAY, "收件员"))


def test_only_a_merged_step_of_an_item_that_demands_it_is_looked_at(
    accepted: Case, now: Now, food: ItemVersion, strict: ItemVersion
) -> None:
    words = {"step": "papers", "verdict": Verdict.PASSED, "opinion": "查明"}
    same = law.complete_step(accepted, now(DAY, "收件员"), **words)  # type: ignore[arg-type]
    other = law.complete_step(accepted, now(DAY, "审查员"), **words)  # type: ignore[arg-type]
    assert merged_step(same, strict) == strict.plan.step("papers")
    assert (merged_step(same, food), merged_step(other, strict)) == (None, None)


def test_a_colleague_who_can_is_counted_and_told_how_to_be_given_it(accepted: Case, strict: ItemVersion) -> None:
    step = strict.plan.step("papers")
    with pytest.raises(Refused, match="还有 2 位") as refused:
        keep_apart(accepted, strict, step, ref="account:收件员", able=["account:收件员", "account:a", "account:b"])
    told = refused.value.message
    assert all(word in told for word in ("本局内控制度", "办过这件的受理", step.name, "移交给同事"))


def test_where_nobody_else_can_it_may_be_done(accepted: Case, strict: ItemVersion) -> None:
    for able in ((), ("account:收件员",)):
        keep_apart(accepted, strict, strict.plan.step("papers"), ref="account:收件员", able=able)


def test_whoever_must_stand_aside_is_no_colleague_who_can(accepted: Case) -> None:
    meeting = Meeting(datetime(2026, 3, 24, 9, tzinfo=CHINA), "大厅", "account:a", "a")
    case = replace(accepted, agent="account:b", hearing=Hearing(meeting=meeting))
    able = ["account:a", "account:b", "account:c"]
    assert separate(case, able, act=Act.REVIEW) == {"account:c"}
    assert separate(case, able, act=Act.DECIDE) == {"account:a", "account:c"}


def test_who_decides_had_no_part_in_the_review_either(accepted: Case, strict: ItemVersion, now: Now) -> None:
    done = replace(accepted, results={"papers": StepResult(Verdict.PASSED, "account:a", "a", DAY)})
    able = ["account:收件员", "account:a", "account:b"]
    assert separate(done, able, act=Act.REVIEW) == {"account:a", "account:b"}
    assert separate(done, able, act=Act.DECIDE) == {"account:b"}
    name = strict.plan.step("papers").name
    assert parts(done, strict, "account:a", deciding=True) == (name,)
    assert parts(done, strict, "account:收件员", deciding=True) == ("受理",)
    assert parts(done, strict, "account:a", deciding=False) == ()


def test_a_decision_is_kept_apart_as_a_step_is(accepted: Case, strict: ItemVersion, now: Now) -> None:
    case = accepted
    while steps := [step for step in law.open_steps(case, strict) if not step.decides]:
        when = now(DAY, "审查员")
        words = {"verdict": Verdict.PASSED, "opinion": "查明", "officers": ("甲", "乙")}
        case = fold(case, law.complete_step(case, when, step=steps[0].key, **words), when)  # type: ignore[arg-type]
    made = law.decide(case, now(DAY, "审查员"), outcome=Outcome.GRANTED, reasons="符合", article="第三十五条")
    step = merged_step(made, strict)
    assert step is not None
    assert step.decides


@given(able=st.sets(st.sampled_from(REFS), min_size=1), acceptor=st.sampled_from(REFS))
def test_dispatch_gives_it_to_nobody_who_would_be_refused(able: set[str], acceptor: str) -> None:
    case = replace(EMPTY, acceptor=acceptor)
    found = dispatch(
        case, task="papers", act=Act.REVIEW, able=[Candidate(ref, "某", 0) for ref in sorted(able)], superiors=[]
    )
    assert isinstance(found, Assignment)
    others = separate(case, able, act=Act.REVIEW)
    assert found.ref in (others or able)
