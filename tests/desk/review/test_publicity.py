"""公示 at the desk: started, objected to, answered; the public reads it with its period."""

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
from onedoor.kernel.plan import StepKind

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]


@pytest.fixture
def number(world: World) -> str:
    """A case whose first step is a 公示 of five working days."""
    now = timezone.now()
    item = replace(catalogued("食品经营许可"), materials=world.item.materials)
    first, *others = item.plan.steps
    shown = replace(first, kind=StepKind.PUBLICITY, limit=replace(item.clock.promised, number=5), when=None)
    items.publish([replace(item, plan=replace(item.plan, steps=(shown, *others)))], by=system("tests"), at=now)
    published.forget()
    number = commands.submit(world.application(), by=world.citizen, at=now, key="k1").number
    return commands.accept(number, by=world.clerk, at=now).number


def test_a_notice_is_shown_objected_to_and_answered(world: World, acting: SignIn, number: str) -> None:
    officer, step = acting(staff("审查员", world.item.organ, Act.REVIEW)), "papers"
    status, page = do(officer, number, "start_publicity", step=step, notice="拟准予一家食品店开业。")
    assert (status, "还没有收到异议" in page) == (200, True)
    public = Client().get("/announcements/").content.decode()
    assert "拟准予一家食品店开业" in public
    assert "张三" not in public
    words = {"step": step, "who": "李四 13800000001", "objection": "门口堵消防通道"}
    status, page = do(officer, number, "record_objection", **words)
    assert (status, "没有答复" in page) == (200, True)
    status, page = do(officer, number, "step", step=step, verdict="passed", opinion="期满")
    assert (status, "才期满" in page) == (422, True)
    words = {"step": step, "who": "王五", "objection": "招牌挡路"}
    do(officer, number, "record_objection", **words)
    status, page = do(officer, number, "answer_objection", step=step, answer="已现场核实，不影响。")
    assert (status, "请勾选要答复的异议" in page) == (422, True)
    both = {"step": step, "key": [f"{step}-1", f"{step}-2"], "answer": "已现场核实，不影响。"}
    status, page = do(officer, number, "answer_objection", **both)
    assert (status, page.count("已现场核实"), "没有答复" in page) == (200, 2, False)
