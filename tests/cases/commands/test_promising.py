"""容缺 and 告知承诺 through the commands: chosen at submission, awaited, told, handed in, granted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.cases.conftest import catalogued
from tests.cases.world import AT, World, staff

from onedoor.cases import commands, models, queries
from onedoor.cases.rules.application import Application
from onedoor.cases.rules.values import Outcome, PaperForm, Pledge, State, Verdict
from onedoor.items import commands as items
from onedoor.items import queries as published
from onedoor.items.rules import ItemVersion, synthetic
from onedoor.items.rules.promises import Lapse, Tolerance
from onedoor.kernel.actor import Act, system
from onedoor.kernel.clock import CHINA
from onedoor.kernel.errors import Forbidden, Invalid, Refused
from onedoor.notices import queries as notices

pytestmark = pytest.mark.django_db

PAPERS = {"rules", "premises"}
FACTS = {"business": "sales", "rented": "yes"}
LATE = datetime(2026, 3, 6, 0, 30, tzinfo=CHINA)  # accepted on Monday the 2nd, three working days: until Thursday


def offered(tolerance: Tolerance | None = None) -> ItemVersion:
    """Food business where rules may come later and a promise may stand for the proof of premises."""
    item = catalogued("食品经营许可")
    materials = tuple(
        replace(m, pledge="示例规定" if m.key == "premises" else "")
        if m.key in PAPERS
        else replace(m, source=type(m.source)("shared"))
        for m in item.materials
    )
    items.publish(
        [replace(item, materials=materials, tolerance=tolerance or item.tolerance)], by=system("tests"), at=AT
    )
    published.forget()
    return published.published(item.code)


def application(item: ItemVersion, **promised: Pledge) -> Application:
    answers = synthetic.answers(item.form, facts=FACTS, today=AT.date(), area="530524101001")
    return Application(
        item=item.code, answers=answers | {"rules_adopted": False}, situations=FACTS, applicant="person:1",
        promised=promised,
    )  # fmt: skip


def accepted(world: World, item: ItemVersion) -> str:
    wish = application(item, rules=Pledge.LATER, premises=Pledge.INSTEAD)
    number = commands.submit(wish, by=world.citizen, at=AT, key="k").number
    return commands.accept(number, by=world.clerk, at=AT).number


def test_without_paper_or_promise_nothing_is_received(world: World) -> None:
    item = offered()
    with pytest.raises(Invalid) as caught:
        commands.submit(application(item), by=world.citizen, at=AT, key="k")
    told = {error.field: error.message for error in caught.value.errors}
    assert "以后补交" in told["materials.rules"]
    assert "用承诺代替" in told["materials.premises"]


def test_what_was_promised_comes_later_and_only_then_is_it_granted(world: World) -> None:
    number = accepted(world, offered())
    for step in queries.case_page(number, by=system("tests"), on=AT.date()).tasks:
        commands.complete_step(number, by=world.reviewer, at=AT, step=step.key, verdict=Verdict.PASSED, opinion="齐",
                               officers=("甲", "乙"))  # fmt: skip
    while (owed := queries.case_page(number, by=system("tests"), on=AT.date()).tasks) and owed[0].act is Act.REVIEW:
        commands.complete_step(number, by=world.reviewer, at=AT, step=owed[0].key, verdict=Verdict.PASSED, opinion="齐",
                               officers=("甲", "乙"))  # fmt: skip
    granting = {"outcome": Outcome.GRANTED, "reasons": "符合", "article": "食品安全法第三十五条"}
    with pytest.raises(Refused, match="容缺的材料还没有交来"):
        commands.decide(number, by=world.leader, at=AT, **granting)
    with pytest.raises(Forbidden):
        commands.hand_in_owed(number, by=world.citizen, at=AT, materials={}, paper={"rules": PaperForm.COPY})
    window = staff("窗口", None, Act.RECEIVE)
    case = commands.hand_in_owed(number, by=window, at=AT, materials={}, paper={"rules": PaperForm.COPY})
    assert case.owed == {}
    commands.verify_pledge(number, by=world.reviewer, at=AT, material="premises", held=True, finding="登记一致")
    assert commands.decide(number, by=world.leader, at=AT, **granting).outcome is Outcome.GRANTED
    row, replay = queries.replayed(number)
    assert row == replay


def test_the_sweeper_reminds_before_the_day_and_a_local_rule_withdraws_after_it(world: World) -> None:
    item = offered(Tolerance("清单", Lapse.WITHDRAWN, "示例办法第五条"))
    number = accepted(world, item)
    commands.settle_due(at=LATE - timedelta(days=1))
    about = notices.told_about(f"case:{number}", to="person:1")
    assert [message.template for message in about] == ["owed_soon"]
    moment = models.Case.objects.get(number=number).next_alarm_at
    assert moment is not None
    assert moment <= LATE
    commands.settle_due(at=LATE)
    commands.settle_due(at=LATE + timedelta(hours=1))
    row, replay = queries.replayed(number)
    assert row == replay
    assert (row.state, row.outcome) == (State.CLOSED, Outcome.WITHDRAWN)


def test_without_such_a_rule_a_lapse_leaves_the_case_to_its_officers(world: World) -> None:
    number = accepted(world, offered())
    commands.settle_due(at=LATE)
    case = queries.case_page(number, by=system("tests"), on=LATE.date()).case
    assert (case.state, list(case.lapsed)) == (State.ACCEPTED, ["rules"])
