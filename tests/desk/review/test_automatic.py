"""自动核验 on the pages: the officer reads rule, basis and what came back; the applicant what it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.conftest import catalogued
from tests.cases.world import World, citizen, register, staff
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


def checking(world: World, *, by: Actor) -> str:
    """A case whose first step is a check of the age."""
    now = timezone.now()
    item = replace(catalogued("食品经营许可"), materials=world.item.materials)
    first, *others = item.plan.steps
    by_rule = replace(first, kind=StepKind.REGISTER_CHECK, check=RULE, when=None)
    items.publish([replace(item, plan=replace(item.plan, steps=(by_rule, *others)))], by=system("tests"), at=now)
    published.forget()
    number = commands.submit(world.application(applicant=by.represents[0].party), by=by, at=now, key="k1").number
    return commands.accept(number, by=world.clerk, at=now).number


def test_what_a_register_does_not_confirm_is_shown_and_concluded_by_people(world: World, acting: SignIn) -> None:
    number = checking(world, by=world.citizen)
    officer = acting(staff("审查员", world.item.organ, Act.REVIEW))
    name = world.item.plan.steps[0].name
    status, page = do(officer, number, "step", step="papers", verdict="passed", opinion="身份证")
    assert (status, "正在自动核验" in page) == (422, True)
    commands.do_automatic_steps(number, at=timezone.now(), unanswered=True)
    page = officer.get(f"/desk/cases/{number}/").content.decode()
    assert all(told in page for told in (RULE.rule, RULE.basis, "转人工核对", "没有查到", "不等于不符合"))
    assert f"人工核对：{name}" in acting(world.citizen).get(f"/track/{number}/").content.decode()
    status, page = do(officer, number, "step", step="papers", verdict="passed", opinion="查了身份证，四十岁。")
    assert (status, "已人工核对" in page, "转人工核对" in page) == (200, True, False)
    assert f"{name}：系统不能自动确认，转人工核对" in acting(world.citizen).get(f"/track/{number}/").content.decode()


def test_what_a_register_confirms_is_one_line_of_the_story_with_its_rule(world: World, acting: SignIn) -> None:
    applicant = citizen(register("张三"), "张三")
    number, name = checking(world, by=applicant), world.item.plan.steps[0].name
    commands.do_automatic_steps(number, at=timezone.now())
    told = acting(applicant).get(f"/track/{number}/").content.decode()
    assert f"{name}：系统自动核验，符合公开的规则“{RULE.rule.rstrip('。')}”" in told
    assert f"{name}：通过" not in told
    page = acting(staff("审查员", world.item.organ, Act.REVIEW)).get(f"/desk/cases/{number}/").content.decode()
    assert all(words in page for words in ("符合规则", "人口库查到：年龄 46 周岁", RULE.basis))
