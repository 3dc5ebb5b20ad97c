"""秒批: in favour only, by a published rule over what the register says; whoever does not meet it goes to people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.cases.conftest import catalogued
from tests.cases.world import AT, World, citizen, register

from onedoor.cases import commands, queries
from onedoor.cases.rules import events as e
from onedoor.cases.rules.application import Application
from onedoor.cases.rules.instant import meets
from onedoor.cases.rules.values import AcceptedBy, Outcome, State
from onedoor.items import commands as items
from onedoor.items import queries as published
from onedoor.items.rules import ItemVersion, synthetic
from onedoor.kernel.actor import system
from onedoor.licences import queries as licences

pytestmark = pytest.mark.django_db
PLATFORM = system("tests")


@pytest.fixture
def item(world: World) -> ItemVersion:
    found = catalogued("灵活就业人员参加社会保险登记")
    items.publish([found], by=PLATFORM, at=AT)
    published.forget()
    return published.published(found.code)


def handed_in(item: ItemVersion, *, born: date = date(1990, 5, 1), before: str = "never") -> str:
    party = register("张三", born=born)
    facts = {"before": before, "applicant.kind": "person", "applicant.agent": False}
    answers = synthetic.answers(item.form, facts=facts, today=AT.date(), area="530524101001")
    wish = Application(item=item.code, answers=answers, situations={"before": before}, applicant=party)
    return commands.submit(wish, by=citizen(party, "张三"), at=AT, key="k").number


def test_whoever_meets_the_rule_is_granted_at_once_and_told_by_which_rule(item: ItemVersion) -> None:
    number = handed_in(item)
    case = commands.decide_instantly(number, at=AT)
    assert (case.state, case.outcome, case.accepted_by) == (State.DECIDED, Outcome.GRANTED, AcceptedBy.RULE)
    decided = next(
        fact.event
        for fact in queries.case_page(number, by=PLATFORM, on=AT.date()).facts
        if isinstance(fact.event, e.Decided)
    )
    assert decided.rule == (item.instant.rule if item.instant else "")
    assert "年龄 35 周岁" in (decided.reasons or "")
    assert "可以要求人工复核" in (decided.wording or "")
    commands.make_result(number, at=AT)
    row, replay = queries.replayed(number)
    assert row == replay
    assert row.state is State.CLOSED
    assert licences.licence_of_case(number) is None or row.licence
    assert commands.decide_instantly(number, at=AT).version == row.version


@pytest.mark.parametrize(("born", "before"), [(date(1960, 5, 1), "never"), (date(1990, 5, 1), "stopped")])
def test_everybody_else_goes_to_people_and_nobody_is_refused(item: ItemVersion, born: date, before: str) -> None:
    case = commands.decide_instantly(handed_in(item, born=born, before=before), at=AT)
    assert (case.state, case.outcome) == (State.SUBMITTED, None)


def test_a_missing_fact_meets_nothing_and_an_item_without_a_rule_grants_nothing(item: ItemVersion) -> None:
    assert meets(item, {"before": "never", "age": 30})
    assert not meets(item, {"before": "never"})
    assert not meets(replace(item, instant=None), {"before": "never", "age": 30})
