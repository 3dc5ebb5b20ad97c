"""How the case of a bundle follows its members, without a database: any graph, any order of outcomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from hypothesis import given
from hypothesis import strategies as st
from tests.cases.conftest import fold, national_calendar, officer, published

from onedoor.cases.rules import events as e
from onedoor.cases.rules import joint
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import AcceptedBy, Case, Outcome, State
from onedoor.items.rules.values import ItemVersion, Member
from onedoor.kernel.clock import CHINA
from onedoor.kernel.plan import Plan, Step, StepKind

DAY = date(2026, 3, 2)
CALENDAR = national_calendar()
FOOD = published("食品经营许可")


@st.composite
def bundles(draw: st.DrawFn) -> ItemVersion:
    keys = [f"m{number}" for number in range(draw(st.integers(2, 6)))]
    members = [
        Member(key, "x" * 33, key, after=tuple(draw(st.sets(st.sampled_from(keys[:place])))) if place else ())
        for place, key in enumerate(keys)
    ]
    steps = tuple(Step(m.key, m.key, StepKind.CHILD, "organ", m.after) for m in members)
    return replace(FOOD, members=tuple(members), plan=Plan(steps))


def begun(item: ItemVersion) -> Case:
    """An accepted case of the bundle."""
    submitted = e.Submitted(
        id=1, number="1", item=item.code, item_version=1, item_name=item.name, organ=item.organ, area=item.area,
        applicant="person:1", agent=None, received=DAY, electronic_service=True, owners={}, materials={},
        steps=tuple(member.key for member in item.members),
    )  # fmt: skip
    accepted = e.Accepted(how=AcceptedBy.OFFICER, effective=DAY, on=DAY)
    return fold(None, (submitted, accepted), at(item))


def at(item: ItemVersion) -> Occasion:
    return Occasion(item, CALENDAR, datetime.combine(DAY, time(10), CHINA), officer("甲"))


def opened(case: Case, item: ItemVersion) -> Case:
    events = tuple(e.MemberOpened(m.key, f"n-{m.key}", DAY) for m in joint.to_open(case, item))
    return fold(case, events, at(item)) if events else case


@given(bundles(), st.data())
def test_in_whatever_order_members_end_each_begins_after_its_needs_and_the_whole_ends_once(
    item: ItemVersion, data: st.DataObject
) -> None:
    case = opened(begun(item), item)
    needs = {member.key: set(member.after) for member in item.members}
    while case.open:
        running = [key for key, child in case.children.items() if child.outcome is None]
        assert running, "the whole waits for nobody and is not closed"
        key = data.draw(st.sampled_from(running))
        outcome = data.draw(st.sampled_from([Outcome.GRANTED, Outcome.DENIED, Outcome.WITHDRAWN]))
        ends = {case.children[key].number: joint.Ended(outcome, DAY)}
        case = fold(case, joint.ended(case, item, now=ends, on=DAY), at(item))
        assert joint.ended(case, item, now=ends, on=DAY) == ()
        case = opened(case, item)
        if events := joint.closed(case, on=DAY):
            case = fold(case, events, at(item))
    granted = {key for key, child in case.children.items() if child.outcome is Outcome.GRANTED}
    assert all(needs[key] <= granted for key in case.children)
    assert set(case.children) | set(case.cancelled) == set(needs)
    assert not set(case.children) & set(case.cancelled)
    assert (case.outcome is Outcome.GRANTED) == (granted == set(needs))


def test_a_case_that_is_no_longer_in_review_follows_nobody() -> None:
    item = replace(FOOD, members=(Member("m", "x" * 33, "m"),), plan=Plan((Step("m", "m", StepKind.CHILD),)))
    case = fold(opened(begun(item), item), (e.Withdrawn(on=DAY),), at(item))
    assert case.state is State.CLOSED
    assert joint.ended(case, item, now={"n-m": joint.Ended(Outcome.GRANTED, DAY)}, on=DAY) == ()
