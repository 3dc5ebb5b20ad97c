"""视为准予延续: at the end of the day of expiry, only where it was asked for in time and in full."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.cases.conftest import Now, fold, published, submitted

from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules.dates import dates_of
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.fold import apply
from onedoor.cases.rules.renewing import renewed_by
from onedoor.cases.rules.settling import settled, silent_on
from onedoor.cases.rules.values import Case, Outcome, Pledge, State
from onedoor.cases.rules.values.upward import Above
from onedoor.items.rules import ItemVersion
from onedoor.kernel.actor import system
from onedoor.kernel.clock import CHINA
from onedoor.kernel.errors import Refused
from onedoor.kernel.expr import holds
from onedoor.kernel.plan import StepKind
from onedoor.kernel.workdays import Calendar

EXPIRES = date(2026, 4, 5)  # a Sunday, and a holiday: the end of a licence does not roll
# Counted back by hand: Apr 3-1 (3), Mar 31-30 (5), 27-23 (10), 20-16 (15); 13-9 (20), 6-2 (25), Sat Feb 28 (26), 27-24
# (30), Sat 14 (31), 13-9 (36), 6-2 (41), Jan 30-5 (61), Sun 4 (62), Dec 31-29 (65), 26-1 (85), Nov 28-24 (90).
LAST, FIRST = date(2026, 3, 16), date(2025, 11, 24)
AFTER = date(2026, 4, 6)


@pytest.fixture(scope="module")
def renewal() -> ItemVersion:
    return published("食品经营许可（延续）")


def asked(item: ItemVersion, now: Now, received: date = LAST, **changes: object) -> Case:
    """Received on that day and accepted on it, of a licence that ends on ``EXPIRES``."""
    event = replace(submitted(item, received, {"conditions": "same"}), renews=EXPIRES, **changes)  # type: ignore[arg-type]
    case = fold(None, (event,), now(received, "张三", item))
    return fold(case, law.accept(case, now(received, "收件员", item)), now(received, "收件员", item))


@pytest.mark.parametrize(
    ("received", "silence"),
    [(LAST, EXPIRES), (date(2026, 3, 17), None), (FIRST, EXPIRES), (date(2025, 11, 21), None)],
)
def test_silence_renews_only_what_was_asked_for_in_the_window(
    renewal: ItemVersion, now: Now, calendar: Calendar, received: date, silence: date | None
) -> None:
    assert renewed_by(asked(renewal, now, received), renewal, calendar) == silence


def test_what_is_not_on_record_or_not_complete_is_not_renewed_by_silence(
    renewal: ItemVersion, now: Now, calendar: Calendar
) -> None:
    case = asked(renewal, now)
    assert renewed_by(replace(case, renews=None), renewal, calendar) is None
    assert renewed_by(replace(case, promised={"layout": Pledge.LATER}), renewal, calendar) is None
    assert renewed_by(replace(case, state=State.SUPPLEMENT), renewal, calendar) is None


def test_at_the_end_of_the_day_of_expiry_it_is_granted_once_and_no_officer_decides_after_that(
    renewal: ItemVersion, now: Now, calendar: Calendar
) -> None:
    case = asked(renewal, now)
    assert EXPIRES in dates_of(case, renewal, calendar, at=now(LAST, item=renewal).at).days
    assert settled(case, renewal, calendar=calendar, on=EXPIRES) == ()
    (silence,) = settled(case, renewal, calendar=calendar, on=AFTER)
    assert silent_on(silence) == EXPIRES
    platform = replace(now(AFTER, item=renewal), by=system("platform"))
    renewed = fold(case, (silence,), platform)
    assert (renewed.state, renewed.outcome) == (State.DECIDED, Outcome.GRANTED)
    assert renewed.decision is not None
    assert (renewed.decision.on, renewed.decision.deemed) == (EXPIRES, True)
    assert settled(renewed, renewal, calendar=calendar, on=AFTER) == ()
    with pytest.raises(Refused):
        law.decide(renewed, now(AFTER, "局长", renewal), outcome=Outcome.DENIED, reasons="不符合", article="第三十五条")


def test_a_platform_that_was_down_accepts_and_renews_at_once(
    renewal: ItemVersion, now: Now, calendar: Calendar
) -> None:
    event = replace(submitted(renewal, LAST, {"conditions": "same"}), renews=EXPIRES)
    case = fold(None, (event,), now(LAST, "张三", renewal))
    for seq, each in enumerate(settled(case, renewal, calendar=calendar, on=AFTER), case.version + 1):
        case = apply(case, Fact(seq, now(AFTER).at.astimezone(CHINA), "system:platform", "job", each))
    assert (case.accepted, case.decision and case.decision.on) == (LAST, EXPIRES)


def test_what_the_upper_level_decides_is_never_renewed_by_silence_here(
    renewal: ItemVersion, now: Now, calendar: Calendar
) -> None:
    case = asked(renewal, now)
    sent = [replace(step, kind=StepKind.UPWARD) if step.decides else step for step in renewal.plan.steps]
    upward = replace(renewal, plan=replace(renewal.plan, steps=tuple(sent)))
    returned = replace(case, returned=(Above("decide", "市市场监督管理局", LAST),))
    for one in (case, returned):
        assert renewed_by(one, renewal, calendar) == EXPIRES
        assert renewed_by(one, upward, calendar) is None
        assert settled(one, upward, calendar=calendar, on=AFTER) == ()


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("农药经营许可", {"purpose": "renew"}),
        ("城镇污水排入排水管网许可", {"purpose": "renew"}),
        ("劳务派遣经营许可", {"purpose": "renew"}),
        ("烟草专卖零售许可证核发", {"purpose": "renew"}),
        ("护士执业注册", {"matter": "renew"}),
    ],
)
def test_the_number_of_the_old_licence_is_asked_of_a_renewal_alone(name: str, facts: dict[str, str]) -> None:
    item = published(name)
    assert item.clock.renewal
    question = next(one for one in item.form.questions if one.key == item.result.replaces)
    assert question.prefill == "licence.number"
    assert question.when is not None
    (fact,) = facts
    options = next(one.options for one in item.situations if one.key == fact)
    assert [one.value for one in options if holds(question.when, {fact: one.value})] == ["renew"]
