"""How the case of a bundle follows its members, without a database: any graph, any order of outcomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases.bundled import PLATFORM, Done, Life, Things, ends
from tests.cases.bundled import begun as applied
from tests.cases.bundled import opened as begin
from tests.cases.conftest import fold, national_calendar, officer, published

from onedoor.cases.rules import events as e
from onedoor.cases.rules import joint
from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules.clocks import ClockKind, clocks
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import AcceptedBy, Case, Outcome, State, Verdict
from onedoor.items.rules.values import ItemVersion, Member
from onedoor.kernel.clock import CHINA, Approver, Extension, Limit, StartEvent, Unit, due
from onedoor.kernel.law import Article
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


# Lives of a bundle counted by hand. Days off 2026: 02-15 to 02-23; 04-04 to 04-06; 05-01 to 05-05; 06-19 to 06-21.
# Worked: Saturdays 02-28, 05-09. "15-17 (3)": with 15 to 17 of that month three days are full.
JOINT_LIMIT = Limit(45, Unit.WORKDAY, StartEvent.ACCEPTED, Article("行政许可法", "42(2)"))
OWN_LIMIT = Limit(20, Unit.WORKDAY, StartEvent.ACCEPTED, Article("行政许可法", "42(1)"))
COUNTY = Extension(15, Unit.WORKDAY, Approver.GOVERNMENT_LEADER, Article("行政许可法", "42(2)"))
FACTS: dict[str, object] = {"business": "sales"}


class Street:
    """开办餐饮店: food and drain begin at once, tobacco when food is granted; each day one act."""

    def __init__(self, received: str) -> None:
        steps = Plan(
            (Step("papers", "审查", StepKind.REVIEW), Step("decide", "决定", StepKind.DECISION, after=("papers",)))
        )
        own = replace(FOOD.clock, legal=OWN_LIMIT, promised=OWN_LIMIT)
        self.items = {
            key: replace(FOOD, id=place, organ=f"organ {key}", plan=steps, clock=own)
            for place, key in enumerate(("food", "drain", "tobacco"), 10)
        }
        members = tuple(Member(key, "x", key, after=("food",) if key == "tobacco" else ()) for key in self.items)
        plan = Plan(tuple(Step(m.key, m.name, StepKind.CHILD, f"organ {m.key}", m.after) for m in members))
        clock = replace(FOOD.clock, legal=JOINT_LIMIT, promised=JOINT_LIMIT, extension=COUNTY, silence_accepts=True)
        self.made = Things(replace(FOOD, members=members, plan=plan, clock=clock), self.items)
        self.whole = applied(self.made, date.fromisoformat(received), self.noon(received), FACTS)
        self.children: dict[str, Life] = {}

    @staticmethod
    def noon(day: str) -> datetime:
        return datetime.combine(date.fromisoformat(day), time(12), CHINA)

    def do(self, life: Life, day: str, act: object, **words: object) -> None:
        life.do(Done(act, officer("甲"), self.noon(day), words))  # type: ignore[arg-type]
        self.children |= begin(self.whole, self.made, FACTS, self.noon(day))

    def accept(self, day: str) -> None:
        self.do(self.whole, day, law.accept)

    def silence(self, day: str) -> None:
        self.whole.sweep(self.noon(day))
        self.children |= begin(self.whole, self.made, FACTS, self.noon(day))

    def decided(self, member: str, day: str, outcome: Outcome = Outcome.GRANTED) -> None:
        child = self.children[member]
        self.do(child, day, law.complete_step, step="papers", verdict=Verdict.PASSED, opinion="查明")
        self.do(child, day, law.decide, outcome=outcome, reasons="查明", article="第三十八条")
        self.do(child, day, law.close, licence="L", files=("f",))
        noted = joint.ended(self.whole.case, self.whole.item, now=ends(self.children), on=date.fromisoformat(day))
        self.whole.take(noted, by=PLATFORM, at=self.noon(day))
        self.children |= begin(self.whole, self.made, FACTS, self.noon(day))

    def extend(self, day: str) -> None:
        self.do(self.whole, day, law.extend, approver=Approver.GOVERNMENT_LEADER, reason="情况复杂")

    def ends(self) -> dict[str, str]:
        """The last day of the joint limit and of each member's own, of those that run."""
        lives = {"whole": self.whole, **self.children}
        found = {key: clocks(life.case, life.item.clock).get(ClockKind.LEGAL) for key, life in lives.items()}
        return {key: due(clock, CALENDAR).date.isoformat() for key, clock in found.items() if clock}


# name · article · how it was counted · received · acts · last days
JOINT_LIVES = [
    (
        "each member under its own limit beside the joint one, from the same day",
        "行政许可法 42(1), 42(2); 就短不就长",
        "Apr 15-17 (3), 20-24 (8), 27-30 (12), May 6-8 (15), Sat 9 worked (16), 11-14 (20): own; 15 (21), 18-22 (26), "
        "25-29 (31), Jun 1-5 (36), 8-12 (41), 15-18 (45): joint",
        "2026-04-13",
        [("accept", "2026-04-14")],
        {"whole": "2026-06-18", "food": "2026-05-14", "drain": "2026-05-14"},
    ),
    (
        "a late child: what waits for it gets its own whole limit, the joint one does not move",
        "行政许可法 42(1), 42(2)",
        "food, due on 05-14, came on 05-22; tobacco from then: May 25-29 (5), Jun 1-5 (10), 8-12 (15), 15-18 (19), "
        "Fri 19 off, Mon 22 (20); joint as above: Jun 18",
        "2026-04-13",
        [("accept", "2026-04-14"), ("decided", "food", "2026-05-22")],
        {"whole": "2026-06-18", "drain": "2026-05-14", "tobacco": "2026-06-22"},
    ),
    (
        "a late child and the one extension of the whole, on its last day: no member's limit gets longer",
        "行政许可法 42(2)",
        "joint from Jun 18: 22-26 (5), 29-30 (7), Jul 1-3 (10), 6-10 (15); tobacco stays at Jun 22",
        "2026-04-13",
        [("accept", "2026-04-14"), ("decided", "food", "2026-05-22"), ("extend", "2026-06-18")],
        {"whole": "2026-07-10", "drain": "2026-05-14", "tobacco": "2026-06-22"},
    ),
    (
        "silence accepts the whole as of a Sunday of the Spring Festival, and its members with it",
        "行政许可法 32(1).4, 42(1), 42(2)",
        "Feb 24-27 (4), Sat 28 worked (5), Mar 2-6 (10), 9-13 (15), 16-20 (20): own; 23-27 (25), 30-31 (27), "
        "Apr 1-3 (30), 7-10 (34), 13-17 (39), 20-24 (44), 27 (45): joint",
        "2026-02-15",
        [("silence", "2026-03-01")],
        {"whole": "2026-04-27", "food": "2026-03-20", "drain": "2026-03-20"},
    ),
    (
        "an early refusal stops nothing that has begun: its clock and the joint one run on",
        "行政许可法 42(1), 42(2); 提前不予",
        "as the first; tobacco, which rested on the refused one, never begins",
        "2026-04-13",
        [("accept", "2026-04-14"), ("decided", "food", "2026-04-20", Outcome.DENIED)],
        {"whole": "2026-06-18", "drain": "2026-05-14"},
    ),
]


@pytest.mark.parametrize(
    ("_article", "_counted", "received", "acts", "last"),
    [life[1:] for life in JOINT_LIVES],
    ids=[life[0] for life in JOINT_LIVES],
)
def test_the_limits_of_a_bundle_end_on_the_days_counted_by_hand(
    _article: str, _counted: str, received: str, acts: list[tuple[object, ...]], last: dict[str, str]
) -> None:
    street = Street(received)
    for name, *words in acts:
        getattr(street, str(name))(*words)
    assert street.ends() == last
