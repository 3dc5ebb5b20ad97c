"""系统分发: for any staffing there is somebody, or somebody who is told; duties apart where there are the people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases.conftest import Now, fold

from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules.dispatching import Assignment, Candidate, Reason, Unowned, dispatch
from onedoor.cases.rules.values import Case, Outcome, StepResult, Verdict
from onedoor.cases.rules.values.hearing import Hearing, Meeting
from onedoor.kernel.actor import Act
from onedoor.kernel.clock import CHINA

REFS = [f"account:{n}" for n in range(5)]
CANDIDATES = st.lists(
    st.builds(Candidate, st.sampled_from(REFS), st.just("某某"), st.integers(0, 9), st.booleans()), max_size=5
).map(lambda found: list({one.ref: one for one in found}.values()))
TIERS = st.lists(st.sampled_from([set(), {"account:head"}, {"account:a", "account:b"}]), max_size=2)


def people(**loads: int) -> list[Candidate]:
    return [Candidate(f"account:{name}", name, load) for name, load in loads.items()]


def to(case: Case, able: list[Candidate], *, act: Act = Act.REVIEW, task: str = "papers") -> Assignment:
    found = dispatch(case, task=task, act=act, able=able, superiors=[{"account:head"}])
    assert isinstance(found, Assignment)
    return found


@given(able=CANDIDATES, superiors=TIERS, acceptor=st.sampled_from(REFS), agent=st.sampled_from([None, *REFS]))
def test_for_any_staffing_there_is_an_owner_or_a_named_superior_is_told(
    able: list[Candidate], superiors: list[set[str]], acceptor: str, agent: str | None
) -> None:
    for act in (Act.ACCEPT, Act.REVIEW, Act.DECIDE):
        case = replace(EMPTY, acceptor=acceptor, agent=agent)
        found = dispatch(case, task="papers", act=act, able=able, superiors=[*superiors, {"account:督查"}])
        if isinstance(found, Unowned):
            assert not {one.ref for one in able} - {agent}
            assert found.told
        else:
            assert found.ref in {one.ref for one in able} - {agent}
            others = {one.ref for one in able} - {agent, acceptor}
            assert (Reason.MERGED in found.reasons) == (not others)
            assert (found.ref == acceptor) == (not others)


def test_it_goes_to_the_least_burdened_and_says_so(case: Case) -> None:
    found = to(case, people(a=4, b=2, c=3))
    assert (found.ref, found.of, found.load, found.reasons) == ("account:b", 3, 2, (Reason.LEAST,))
    assert to(case, people(a=2, b=2)).reasons == (Reason.TURN,)
    assert to(case, people(a=7)).reasons == (Reason.ONLY,)


def test_whoever_covers_comes_after_whoever_has_the_post(case: Case) -> None:
    able = [Candidate("account:a", "a", 0, covering=True), Candidate("account:b", "b", 9)]
    assert to(case, able).ref == "account:b"
    assert to(case, able[:1]).reasons == (Reason.COVER, Reason.ONLY)


def test_no_review_goes_to_whoever_decides_while_a_colleague_is_there(case: Case) -> None:
    able = [Candidate("account:a", "a", 0, above=True), Candidate("account:b", "b", 9)]
    assert to(case, able).ref == "account:b"
    assert to(case, able[:1]).ref == "account:a"


def test_duties_stay_apart_and_in_a_small_office_fall_together_with_a_flag(case: Case) -> None:
    reviewed = replace(
        case, acceptor="account:a", results={"papers": StepResult(Verdict.PASSED, "account:b", "b", DAY)}
    )
    apart = to(reviewed, people(a=0, b=0, c=9), act=Act.DECIDE, task="decide")
    assert (apart.ref, Reason.SEPARATE in apart.reasons) == ("account:c", True)
    small = to(reviewed, people(a=1, b=0), act=Act.DECIDE, task="decide")
    assert (small.ref, Reason.MERGED in small.reasons) == ("account:b", True)


def test_what_was_sent_back_returns_to_whoever_did_it(case: Case, now: Now) -> None:
    when = now(DAY, "审查员")
    held = fold(case, law.accept(case, when), now(DAY, "收件员"))
    key = law.open_steps(held, when.item)[0].key
    words = {"step": key, "verdict": Verdict.PASSED, "opinion": "查明", "officers": ("甲", "乙")}
    held = fold(held, law.complete_step(held, when, **words), when)  # type: ignore[arg-type]
    held = fold(held, law.send_back(held, when, step=key, reason="重新核实"), when)
    able = [*people(b=0), Candidate("account:审查员", "审查员", 9)]
    assert to(held, able, task=key).reasons == (Reason.AGAIN,)


def test_the_presider_of_the_hearing_gets_no_review(case: Case) -> None:
    meeting = Meeting(datetime(2026, 3, 24, 9, tzinfo=CHINA), "大厅", "account:a", "a")
    heard = replace(case, hearing=Hearing(meeting=meeting))
    assert to(heard, people(a=0, b=9)).ref == "account:b"
    assert to(heard, people(a=0, b=9), act=Act.DECIDE).ref == "account:a"


@pytest.mark.parametrize("tiers", [[{"account:head"}, {"account:督查"}], [set(), {"account:督查"}]])
def test_the_organs_leaders_are_told_before_supervision(case: Case, tiers: list[set[str]]) -> None:
    found = dispatch(case, task="papers", act=Act.REVIEW, able=[], superiors=tiers)
    assert found == Unowned(tuple(next(tier for tier in tiers if tier)))


DAY = date(2026, 3, 2)
EMPTY = Case(
    id=1, number="n", item="i", item_version=1, item_name="事项", organ="o", area="530524", applicant="person:1",
    applicant_name="张三", agent=None, submitted_by="account:9", channel="web",
    received_at=datetime(2026, 3, 2, tzinfo=CHINA), received=DAY, electronic_service=True, steps=(), owners={},
    materials={}, outcome=Outcome.GRANTED,
)  # fmt: skip
