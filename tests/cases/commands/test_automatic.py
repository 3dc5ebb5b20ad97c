"""自动核验 on a database: queued with the act that made it ready, asked once, and whoever is second finds it done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from tests.cases.conftest import catalogued
from tests.cases.world import AT, World, citizen, register, staff

from onedoor.cases import commands, queries
from onedoor.cases.rules import events as e
from onedoor.cases.rules.application import Application
from onedoor.cases.rules.values import Case, Verdict
from onedoor.items import commands as items
from onedoor.items import queries as published
from onedoor.items.rules import ItemVersion, synthetic
from onedoor.items.rules.codes import Source
from onedoor.kernel.actor import Act, system
from onedoor.registries import queries as registries

pytestmark = pytest.mark.django_db
PLATFORM, KEY = system("tests"), "registered"


@pytest.fixture
def item(world: World) -> ItemVersion:
    found = catalogued("八十周岁以上老年人高龄津贴给付")
    bare = tuple(replace(one, source=Source.SHARED) for one in found.materials)
    items.publish([replace(found, materials=bare)], by=PLATFORM, at=AT)
    published.forget()
    return published.published(found.code)


def accepted(item: ItemVersion, *, born: date) -> Case:
    party = register("张三", born=born, area="530524101001")
    said = {"age": "a80", "who": "self", "pension_elsewhere": "no"}
    facts = {**said, "applicant.kind": "person", "applicant.agent": False}
    answers = synthetic.answers(item.form, facts=facts, today=AT.date(), area="530524101001")
    wish = Application(item=item.code, answers=answers, situations=said, applicant=party)
    number = commands.submit(wish, by=citizen(party, "张三"), at=AT, key="k").number
    organ = queries.case_page(number, by=PLATFORM, on=AT.date()).case.owners["accept"]
    return commands.accept(number, by=staff("收件员", organ, Act.ACCEPT), at=AT)


def queued(case: Case) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND args ->> 'case_id' = %s",
            ["cases.do_automatic_steps", str(case.id)],
        )
        return int(cursor.fetchone()[0])


def checks(case: Case) -> list[e.RegisterChecked]:
    page = queries.case_page(case.number, by=PLATFORM, on=AT.date())
    return [fact.event for fact in page.facts if isinstance(fact.event, e.RegisterChecked)]


def test_it_is_queued_with_the_acceptance_done_once_and_its_read_is_recorded(item: ItemVersion) -> None:
    case = accepted(item, born=date(1940, 1, 1))
    assert queued(case) == 1
    done = commands.do_automatic_steps(case.number, at=AT)
    assert done.results[KEY].verdict is Verdict.PASSED
    assert commands.do_automatic_steps(case.number, at=AT).version == done.version, "whoever is second finds it done"
    (check,) = checks(done)
    assert "年龄 86 周岁" in (check.found or "")
    row, replay = queries.replayed(case.number)
    assert row == replay
    (reading,) = [one for one in registries.readings_of(case.applicant, by=PLATFORM) if one.case == case.number]
    assert "按规则自动审核" in reading.purpose
    assert queued(case) == 1


def test_whom_the_register_does_not_confirm_goes_to_people_who_conclude_with_a_reason(item: ItemVersion) -> None:
    case = accepted(item, born=date(1950, 1, 1))
    case = commands.do_automatic_steps(case.number, at=AT)
    assert (KEY in case.results, case.by_hand[KEY]) == (False, AT.date())
    page = queries.case_page(case.number, by=PLATFORM, on=AT.date())
    assert "人工核对：人口库核对年龄和户籍" in {task.name for task in page.tasks}
    officer = staff("审查员", case.owners[KEY], Act.REVIEW)
    words = {"step": KEY, "verdict": Verdict.PASSED, "opinion": "户口簿登记有误，已函询户籍地核实。"}
    assert KEY in commands.complete_step(case.number, by=officer, at=AT, **words).results  # type: ignore[arg-type]


def test_registers_that_cannot_be_asked_to_the_last_leave_it_to_people(item: ItemVersion) -> None:
    case = commands.do_automatic_steps(accepted(item, born=date(1940, 1, 1)).number, at=AT, unanswered=True)
    (check,) = checks(case)
    assert (check.met, check.missing, check.found) == (False, ("age", "resident"), None)
