"""What a step leaves behind costs what rests on it, and is the same as if everything had been reckoned anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.cases.conftest import national_calendar, officer, published, submitted

from onedoor.cases.rules import events as e
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.fold import apply
from onedoor.cases.rules.standing import advanced, changed, standing_of
from onedoor.cases.rules.values import AcceptedBy, Case, Verdict
from onedoor.items.rules import ItemVersion
from onedoor.kernel.clock import CHINA, Limit, StartEvent, Unit
from onedoor.kernel.plan import Plan, Step, StepKind, ready

FOOD, CALENDAR = published("食品经营许可"), national_calendar()
DAY = date(2026, 3, 2)
KINDS = st.sampled_from([StepKind.OPINION, StepKind.REVIEW])
LIMITS = st.none() | st.builds(Limit, st.integers(1, 9), st.just(Unit.WORKDAY), st.just(StartEvent.ACCEPTED))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    steps: list[Step] = []
    for number in range(draw(st.integers(1, 8))):
        before = [step.key for step in steps]
        after = draw(st.lists(st.sampled_from(before), unique=True)) if before else []
        steps.append(Step(f"s{number}", f"环节{number}", draw(KINDS), after=tuple(after), limit=draw(LIMITS)))
    return Plan((*steps, Step("decide", "决定", StepKind.DECISION, after=tuple(step.key for step in steps))))


def accepted(item: ItemVersion) -> Case:
    at = datetime.combine(DAY, time(10), CHINA)
    case = apply(None, Fact(1, at, "account:1", "web", submitted(item, DAY, {"business": "catering"})))
    return apply(case, Fact(2, at, "account:2", "web", e.Accepted(how=AcceptedBy.OFFICER, effective=DAY, on=DAY)))


def done(case: Case, step: str, on: date) -> Case:
    at = datetime.combine(on, time(10), CHINA)
    event = e.StepCompleted(step=step, verdict=Verdict.PASSED, on=on)
    return apply(case, Fact(case.version + 1, at, officer("甲").ref, "web", event))


@given(plan=plans(), data=st.data())
def test_kept_up_to_date_it_is_what_reckoning_anew_gives(plan: Plan, data: st.DataObject) -> None:
    item = replace(FOOD, plan=plan)
    case, on = accepted(item), DAY
    standing = standing_of(case, item, CALENDAR)
    while open_now := [step for step in ready(plan.steps, case.results) if step.key != "decide"]:
        on += timedelta(days=data.draw(st.integers(0, 5)))
        case = done(case, data.draw(st.sampled_from(open_now)).key, on)
        before, further = standing, advanced(standing, case, item=item, calendar=CALENDAR)
        assert further is not None
        standing = further
        assert standing == standing_of(case, item, CALENDAR)
        new, gone = changed(before, standing)
        kept = {key: task for key, task in before.owed.items() if key not in gone}
        assert kept | {task.key: task for task in new} == standing.owed
        assert not set(gone) & {task.key for task in new}


def test_what_changes_more_than_steps_is_reckoned_anew() -> None:
    case = accepted(FOOD)
    standing = standing_of(case, FOOD, CALENDAR)
    step = ready(FOOD.plan.steps, case.results)[0].key
    reviewed = done(case, step, DAY)
    further = advanced(standing, reviewed, item=FOOD, calendar=CALENDAR)
    assert further is not None
    at = datetime.combine(DAY, time(11), CHINA)
    back = e.StepSentBack(step=step, reset=(step,), on=DAY)
    again = apply(reviewed, Fact(reviewed.version + 1, at, "account:2", "web", back))
    assert advanced(further, again, item=FOOD, calendar=CALENDAR) is None
    assert advanced(standing, replace(reviewed, added=5), item=FOOD, calendar=CALENDAR) is None
    assert advanced(standing, reviewed, item=replace(FOOD), calendar=CALENDAR) is None
    assert advanced(standing, reviewed, item=FOOD, calendar=replace(CALENDAR)) is None
