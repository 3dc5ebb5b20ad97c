"""Which limits ran when, and what met or ended each."""

from datetime import date, datetime, time

from tests.cases.conftest import submitted

from onedoor.cases.rules import events as e
from onedoor.cases.rules.clocks import ClockKind
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.ledgers import ledgers
from onedoor.cases.rules.values import AcceptedBy, Outcome, Verdict
from onedoor.items.rules import ItemVersion
from onedoor.kernel.clock import CHINA
from onedoor.kernel.plan import Silence

Ran = tuple[str, str, int, int | None]


def day(number: int) -> date:
    return date(2026, 3, number)


def step(key: str, on: int) -> tuple[int, e.Event]:
    return on, e.StepCompleted(step=key, verdict=Verdict.PASSED, on=day(on))


def accepted(on: int) -> tuple[int, e.Event]:
    return on, e.Accepted(how=AcceptedBy.OFFICER, effective=day(on), on=day(on))


def ran(food: ItemVersion, *told: tuple[int, e.Event]) -> list[Ran]:
    """Kind, step, first and last day in March of each limit of a shop's life that begins on the 2nd."""
    life = [(2, submitted(food, day(2), {"business": "sales"})), *told]
    facts = [
        Fact(seq, datetime.combine(day(on), time(10), CHINA), "account:a", "web", event)
        for seq, (on, event) in enumerate(life, 1)
    ]
    return [
        (each.kind.value, each.step, each.started.day, each.ended.day if each.ended else None)
        for each in ledgers(facts, food)
    ]


def test_a_whole_life_leaves_every_limit_behind_with_its_last_day(food: ItemVersion) -> None:
    decided = e.Decided(step="decide", outcome=Outcome.GRANTED, on=day(6), article="第三十五条")
    life = [accepted(3), step("papers", 4), step("check", 5), (6, decided), (6, e.Closed(on=day(6)))]
    assert ran(food, *life) == [
        ("acceptance", "", 2, 3),
        ("legal", "", 3, 6),
        ("promised", "", 3, 6),
        ("step", "papers", 3, 4),
        ("step", "check", 4, 5),
        ("step", "decide", 5, 6),
        ("delivery", "", 6, None),
    ]


def test_while_a_supplement_is_awaited_no_limit_runs_and_its_arrival_begins_acceptance_anew(food: ItemVersion) -> None:
    asked = e.SupplementRequested(on=day(4), materials={"layout": "不清"}, round=1)
    came = e.SupplementReceived(on=day(11), materials={"layout": ("f",)}, steps=("papers", "check", "decide"))
    assert ran(food, (4, asked), (11, came)) == [
        ("acceptance", "", 2, 4),
        ("supplement", "", 4, 11),
        ("acceptance", "", 11, None),
    ]


def test_silence_ends_acceptance_on_its_last_day_and_the_others_run_from_receipt(food: ItemVersion) -> None:
    deemed = e.Accepted(how=AcceptedBy.SILENCE, effective=day(2), on=day(9))
    assert ran(food, (11, deemed))[:3] == [
        ("acceptance", "", 2, 9),
        ("legal", "", 2, None),
        ("promised", "", 2, None),
    ]


def test_an_opinion_that_did_not_come_ends_on_its_last_day(food: ItemVersion) -> None:
    silent = e.OpinionFellSilent(step="papers", effect=Silence.LEAD_DECIDES, due=day(5), on=day(9))
    assert ("step", "papers", 3, 5) in ran(food, accepted(3), (9, silent))


def test_a_step_that_is_sent_back_runs_anew_from_that_day(food: ItemVersion) -> None:
    back = e.StepSentBack(step="papers", reset=("papers",), on=day(5))
    found = [each for each in ran(food, accepted(3), step("papers", 4), (5, back)) if each[0] == ClockKind.STEP]
    assert found == [("step", "papers", 3, 4), ("step", "check", 4, 5), ("step", "papers", 5, None)]
