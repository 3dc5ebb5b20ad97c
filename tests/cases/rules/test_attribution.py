"""Lives whose minutes were charged by hand: six hours a day, 8:30 to 11:30 and 14:30 to 17:30."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases.conftest import officer, submitted

from onedoor.cases.rules import events as e
from onedoor.cases.rules.attribution import Holder, Party, attribution, in_units
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.values import AcceptedBy, Outcome, Verdict
from onedoor.items.rules import ItemVersion
from onedoor.kernel.clock import CHINA, Ground
from onedoor.kernel.hours import Hours, Office
from onedoor.kernel.law import Article
from onedoor.kernel.plan import Silence
from onedoor.kernel.workdays import Calendar

DAY = 360
MARKET, FIRE = "market", "fire"
HALL = Hours(date(2004, 1, 1), ((time(8, 30), time(11, 30)), (time(14, 30), time(17, 30))), "示例")
Told = tuple[datetime, e.Event]
Charge = Callable[..., dict[tuple[str, str, str], int]]


def at(day: int, hour: int = 8, minute: int = 30, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


MONDAY = at(2)


def step(key: str, day: int, hour: int = 8, minute: int = 30) -> Told:
    return at(day, hour, minute), e.StepCompleted(step=key, verdict=Verdict.PASSED, on=date(2026, 3, day))


def accepted(day: int, hour: int = 8, minute: int = 30) -> Told:
    on = date(2026, 3, day)
    return at(day, hour, minute), e.Accepted(how=AcceptedBy.OFFICER, effective=on, on=on)


@pytest.fixture
def charge(food: ItemVersion, calendar: Calendar) -> Charge:
    """Charge a life that begins on Monday 2026-03-02 at 8:30; the sum of the shares is always the whole time."""

    def charged(*told: Told, until: datetime, begins: datetime = MONDAY) -> dict[tuple[str, str, str], int]:
        event = submitted(food, begins.date(), {"business": "catering"})
        own = dict.fromkeys(event.owners, MARKET) | {"visit": FIRE}
        life = [(begins, replace(event, owners=own)), *told]
        facts = [Fact(seq, when, officer("王某").ref, "web", each) for seq, (when, each) in enumerate(life, 1)]
        found = attribution(facts, {food.id: food}, office=Office(calendar, (HALL,)), until=until)
        assert sum(share.minutes for share in found.shares) == found.minutes
        return {(s.holder.party.value, s.holder.organ, s.holder.work): s.minutes for s in found.shares}

    return charged


def test_before_acceptance_the_accepting_organ_is_charged_and_while_a_supplement_is_awaited_the_applicant(
    charge: Charge,
) -> None:
    asked = (at(3), e.SupplementRequested(on=date(2026, 3, 3), materials={"layout": "不清"}, round=1))
    came = (at(6, 20), e.SupplementReceived(on=date(2026, 3, 6), materials={"layout": ("f2",)}, steps=("papers",)))
    assert charge(asked, came, until=at(10)) == {
        ("organ", MARKET, "accept"): DAY + DAY,  # Monday, and the Monday after the supplement came on Friday evening
        ("applicant", "", "supplement"): 4 * DAY,
    }


def test_while_steps_are_open_side_by_side_their_organs_share_equally_and_alone_each_pays_for_itself(
    charge: Charge,
) -> None:
    found = charge(accepted(2), step("papers", 4), step("visit", 6), until=at(9))
    assert found == {
        ("organ", MARKET, "papers"): DAY,  # half of Monday and Tuesday
        ("organ", FIRE, "visit"): DAY + 2 * DAY,  # the other half; then Wednesday and Thursday alone
        ("organ", MARKET, "check"): DAY,  # Friday
    }


def test_what_does_not_divide_goes_to_the_first_of_the_plan(charge: Charge) -> None:
    found = charge(accepted(2), until=at(2, 8, 33))
    assert found == {("organ", MARKET, "papers"): 2, ("organ", FIRE, "visit"): 1}


def test_a_special_procedure_is_charged_up_to_its_notified_end_and_its_overrun_to_whoever_holds_the_steps(
    charge: Charge,
) -> None:
    stop = e.SpecialProcedureStarted(
        ground=Ground.HEARING, on=date(2026, 3, 3), notified_end=date(2026, 3, 5), article=Article("行政许可法", "45")
    )
    ended = (at(10), e.SpecialProcedureEnded(ground=Ground.HEARING, on=date(2026, 3, 10)))
    found = charge(accepted(2), (at(3), stop), ended, until=at(10))
    assert found == {
        ("organ", MARKET, "papers"): DAY // 2 + DAY,  # Monday; then Friday and the next Monday
        ("organ", FIRE, "visit"): DAY // 2 + DAY,
        ("special", "", "hearing"): 3 * DAY,
    }


def test_making_the_result_is_the_platforms_and_after_closing_nobody_is_charged(charge: Charge) -> None:
    done = (accepted(2), step("papers", 2), step("visit", 2), step("check", 2))
    day = date(2026, 3, 3)
    decided = (at(3), e.Decided(step="decide", outcome=Outcome.GRANTED, on=day, article="食品安全法第三十五条"))
    closed = (at(3, 8, 32), e.Closed(on=day))
    rated = (at(9), e.Rated(on=date(2026, 3, 9), level=5))
    assert charge(*done, decided, closed, rated, until=at(20)) == {
        ("organ", MARKET, "decide"): DAY,
        ("platform", "", "result"): 2,
    }


def test_silence_hands_the_case_over_at_the_end_of_its_last_day_however_late_that_was_written_down(
    charge: Charge,
) -> None:
    deemed = e.Accepted(how=AcceptedBy.SILENCE, effective=date(2026, 3, 2), on=date(2026, 3, 9))
    found = charge((at(11), deemed), until=at(11))
    assert found == {
        ("organ", MARKET, "accept"): 6 * DAY,
        ("organ", MARKET, "papers"): DAY // 2,
        ("organ", FIRE, "visit"): DAY // 2,
    }


def test_an_opinion_that_did_not_come_is_charged_up_to_its_last_day_however_late_that_was_written_down(
    charge: Charge,
) -> None:
    due, noted = date(2026, 3, 4), date(2026, 3, 9)
    silent = e.OpinionFellSilent(step="visit", effect=Silence.LEAD_DECIDES, due=due, on=noted)
    found = charge(accepted(2), step("papers", 2), (at(9), silent), until=at(9))
    assert found == {("organ", FIRE, "visit"): 3 * DAY, ("organ", MARKET, "check"): 2 * DAY}


def test_nights_weekends_and_holidays_are_charged_to_nobody(charge: Charge) -> None:
    assert charge(until=at(24, 8, 30, month=2), begins=at(14, 17, 30, month=2)) == {}


def test_shares_of_one_organ_are_told_together(food: ItemVersion, calendar: Calendar) -> None:
    event = submitted(food, date(2026, 3, 2), {"business": "sales"})
    when, taken = accepted(3)
    facts = [Fact(1, at(2), "a", "web", event), Fact(2, when, "a", "web", taken)]
    found = attribution(facts, {food.id: food}, office=Office(calendar, (HALL,)), until=at(4))
    assert [(share.holder, share.minutes) for share in found.by_party()] == [(Holder(Party.ORGAN, food.organ), 2 * DAY)]


def test_after_a_move_to_a_newer_version_each_minute_is_charged_by_the_plan_of_its_time(
    food: ItemVersion, calendar: Calendar
) -> None:
    event = submitted(food, date(2026, 3, 2), {"business": "catering"})
    own = dict.fromkeys(event.owners, MARKET) | {"visit": FIRE}
    plan = replace(food.plan, steps=tuple(step for step in food.plan.steps if step.key != "visit"))
    newer = replace(food, id=2, number=2, plan=plan)
    left = {key: organ for key, organ in own.items() if key != "visit"}
    keys = tuple(step.key for step in plan.steps)
    moved = e.CaseMoved(
        on=date(2026, 3, 4), from_version=1, to_version=2, number=2, item_name="", steps=keys, owners=left
    )
    told: tuple[Told, ...] = ((at(2), replace(event, owners=own)), accepted(3), (at(4), moved))
    facts = [Fact(seq, when, "a", "web", each) for seq, (when, each) in enumerate(told, 1)]
    found = attribution(facts, {1: food, 2: newer}, office=Office(calendar, (HALL,)), until=at(5))
    charged = {share.holder.work: share.minutes for share in found.shares}
    assert charged == {"accept": DAY, "papers": DAY // 2 + DAY, "visit": DAY // 2}


@given(st.lists(st.integers(0, 100_000), max_size=8), st.sampled_from([1, 60, 180, 360]))
def test_rounded_shares_sum_up_to_the_rounded_whole(minutes: list[int], unit: int) -> None:
    found = in_units(minutes, unit=unit)
    assert sum(found) == (2 * sum(minutes) + unit) // (2 * unit)
    assert all(abs(each * unit - exact) < unit for each, exact in zip(found, minutes, strict=True))
