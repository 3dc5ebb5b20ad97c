"""视为准予延续 in the database: the sweep decides once, the licence follows the old one without a gap."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from tests.cases.conftest import catalogued
from tests.cases.world import AT, World

from onedoor.cases import commands, queries
from onedoor.cases.rules import events as e
from onedoor.cases.rules.application import Application
from onedoor.cases.rules.values import Outcome, State, Verdict
from onedoor.items import commands as items
from onedoor.items import queries as published
from onedoor.items.rules import ItemVersion, synthetic
from onedoor.kernel.actor import Act, system
from onedoor.kernel.clock import CHINA
from onedoor.kernel.errors import Refused
from onedoor.licences import commands as licences
from onedoor.licences import queries as held
from onedoor.licences.rules import Licence, Status

pytestmark = pytest.mark.django_db
PLATFORM = system("tests")
EXPIRES, MIDNIGHT = date(2026, 4, 5), datetime(2026, 4, 6, tzinfo=CHINA)


@pytest.fixture
def item(world: World) -> ItemVersion:
    found = catalogued("食品经营许可（延续）")
    items.publish([replace(found, materials=())], by=PLATFORM, at=AT)
    published.forget()
    return published.published(found.code)


@pytest.fixture
def old(item: ItemVersion) -> Licence:
    """Issued five years ago; it ends on ``EXPIRES``."""
    grant = licences.Grant(
        name=item.result.name, type_code="", case="old", item=item.code, holder="person:1", holder_name="张三",
        issuer=item.organ, issuer_name=item.organ_name, area="530524000000", on=date(2021, 4, 6), months=60,
    )  # fmt: skip
    return licences.issue(grant, by=PLATFORM, at=AT)


def renewal(world: World, item: ItemVersion, number: str) -> str:
    facts = {"conditions": "same", "applicant.kind": "person", "applicant.agent": False}
    filled = synthetic.answers(item.form, facts=facts, today=AT.date(), area="530524101001")
    wish = Application(
        item=item.code,
        answers=filled | {"licence_number": number},
        situations={"conditions": "same"},
        applicant="person:1",
    )
    case = commands.submit(wish, by=world.citizen, at=AT, key="k").number
    commands.accept(case, by=world.clerk, at=AT)
    return case


def test_nobody_decided_by_the_day_of_expiry_so_silence_renews_and_no_officer_comes_between(
    world: World, item: ItemVersion, old: Licence
) -> None:
    number = renewal(world, item, old.number)
    assert commands.settle_due(at=MIDNIGHT.replace(day=5, hour=23)) is not None
    assert queries.replayed(number)[0].state is State.ACCEPTED
    with pytest.raises(Refused):
        commands.decide(
            number, by=world.leader, at=MIDNIGHT, outcome=Outcome.DENIED, reasons="不符合", article="第三十五条"
        )
    assert number in commands.settle_due(at=MIDNIGHT)
    row, replay = queries.replayed(number)
    assert row == replay
    assert (row.state, row.outcome) == (State.DECIDED, Outcome.GRANTED)
    assert number not in commands.settle_due(at=MIDNIGHT)
    told = [fact.event for fact in queries.case_page(number, by=PLATFORM, on=EXPIRES).facts]
    (decided,) = (event for event in told if isinstance(event, e.Decided))
    assert "视为准予延续" in (decided.wording or "")
    commands.make_result(number, at=MIDNIGHT)
    new = held.licence_of_case(number)
    assert new is not None
    assert (new.valid_from, new.valid_until) == (date(2026, 4, 6), date(2031, 4, 5))
    before = held.licence_of_case("old")
    assert before is not None
    assert before.status(date(2026, 4, 6)) is Status.REPLACED


def test_three_working_days_before_silence_speaks_the_case_is_listed_and_no_earlier(
    world: World, item: ItemVersion, old: Licence
) -> None:
    renewed = renewal(world, item, old.number)
    received = commands.submit(world.application(), by=world.citizen, at=AT, key="other").number  # until 03-09

    def listed(day: date) -> dict[str, tuple[date, bool]]:
        return {one.row.number: (one.last, one.renews) for one in queries.nearing(item.organ, by=world.leader, on=day)}

    assert listed(date(2026, 3, 3)) == {}
    assert listed(date(2026, 3, 4)) == {received: (date(2026, 3, 9), False)}
    commands.accept(received, by=world.clerk, at=AT)
    assert listed(date(2026, 3, 31)) == {}
    assert listed(date(2026, 4, 1)) == {renewed: (EXPIRES, True)}
    assert queries.nearing(item.organ, by=world.stranger, on=date(2026, 4, 1)) == ()


def test_a_licence_that_is_not_on_record_is_renewed_by_people_alone(world: World, item: ItemVersion) -> None:
    number = renewal(world, item, "别处的证")
    assert queries.replayed(number)[0].renews is None


@pytest.mark.parametrize(
    ("follows", "starts", "old_on_the_last_day"),
    [(True, date(2026, 4, 6), Status.VALID), (False, date(2026, 3, 2), Status.REPLACED)],
)
def test_what_is_renewed_in_time_runs_from_the_end_of_the_old_term_where_the_item_says_so(
    world: World, item: ItemVersion, old: Licence, follows: bool, starts: date, old_on_the_last_day: Status
) -> None:
    found = catalogued("食品经营许可（延续）")
    assert found.clock.renewal is not None
    clock = replace(found.clock, renewal=replace(found.clock.renewal, follows=follows))
    items.publish([replace(found, materials=(), clock=clock, summary=f"{follows}")], by=PLATFORM, at=AT)
    published.forget()
    number = renewal(world, item, old.number)
    granted = {"outcome": Outcome.GRANTED, "reasons": "条件没有变化", "article": "第五十条"}
    while (owed := queries.case_page(number, by=PLATFORM, on=AT.date()).tasks)[0].act is Act.REVIEW:
        words = {"step": owed[0].key, "verdict": Verdict.PASSED, "opinion": "齐", "officers": ("甲", "乙")}
        commands.complete_step(number, by=world.reviewer, at=AT, **words)
    commands.decide(number, by=world.leader, at=AT, **granted)
    commands.make_result(number, at=AT)
    new, before = held.licence_of_case(number), held.licence_of_case("old")
    assert new is not None
    assert before is not None
    assert (new.issued, new.valid_from) == (AT.date(), starts)
    assert before.status(EXPIRES) is old_on_the_last_day
    assert before.status(date(2026, 4, 6)) is Status.REPLACED
    for day in (AT.date(), EXPIRES, date(2026, 4, 6)):  # at no moment none of them is good
        assert Status.VALID in {new.status(day), before.status(day)}
