"""自动核验 on the pages: the officer reads rule, basis and what came back; the applicant what it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.conftest import catalogued
from tests.cases.world import World, staff
from tests.desk.review.test_views import do

from onedoor.cases import commands
from onedoor.items import commands as items
from onedoor.items import queries as published
from onedoor.kernel.actor import Act, Actor, system
from onedoor.kernel.expr import parse
from onedoor.kernel.plan import Check, StepKind

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]
RULE = Check(parse({"ge": ["$age", 18]}), "人口库登记年满十八周岁的，视为核实。", "民法典第十七条")


def checking(world: World) -> str:
    """A case whose first step is a check of the age; the register does not know this applicant."""
    now = timezone.now()
    item = replace(catalogued("食品经营许可"), materials=world.item.materials)
    first, *others = item.plan.steps
    by_rule = replace(first, kind=StepKind.REGISTER_CHECK, check=RULE, when=None)
    items.publish([replace(item, plan=replace(item.plan, steps=(by_rule, *others)))], by=system("tests"), at=now)
    published.forget()
    number = commands.submit(world.application(), by=world.citizen, at=now, key="k1").number
    return commands.accept(number, by=world.clerk, at=now).number


def test_what_a_register_does_not_confirm_is_shown_and_concluded_by_people(world: World, acting: SignIn) -> None:
    number = checking(world)
    officer = acting(staff("审查员", world.item.organ, Act.REVIEW))
    name = world.item.plan.steps[0].name
    status, page = do(officer, number, "step", step="papers", verdict="passed", opinion="身份证")
    assert (status, "正在自动核验" in page) == (422, True)
    commands.do_automatic_steps(number, at=timezone.now(), unanswered=True)
    page = officer.get(f"/desk/cases/{number}/").content.decode()
    assert all(told in page for told in (RULE.rule, RULE.basis, "转人工核对", "没有查到", "不等于不符合"))
    assert f"人工核对：{name}" in acting(world.citizen).get(f"/track/{number}/").content.decode()
    status, page = do(officer, number, "step", step="papers", verdict="passed", opinion="查了身份证，四十岁。")
    assert status == 200
    assert f"{name}：系统不能自动确认，转人工核对" in acting(world.citizen).get(f"/track/{number}/").content.decode()
