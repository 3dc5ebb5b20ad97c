"""``onedoor plan``: an item's plan as BPMN and back, and how long it takes."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from tests.cases.world import World
from tests.items.samples import item

from onedoor.items.commands import publish
from onedoor.items.rules import item_of, write
from onedoor.kernel.actor import system
from onedoor.kernel.plan import plan_from_bpmn

pytestmark = pytest.mark.django_db


def told(*words: str) -> str:
    out = StringIO()
    call_command("plan", *words, stdout=out)
    return out.getvalue()


def test_the_plan_of_an_item_goes_out_as_bpmn_and_comes_back_as_a_piece_of_its_file(
    world: World, tmp_path: Path
) -> None:
    drawn = told("bpmn", world.item.name)
    assert plan_from_bpmn(drawn) == world.item.plan
    file = tmp_path / "plan.bpmn"
    file.write_text(drawn, "utf-8")
    assert told("read", str(file)).startswith("plan:\n  steps:")
    file.write_text(drawn.replace("userTask", "scriptTask"), "utf-8")
    errors = StringIO()
    with pytest.raises(CommandError):
        call_command("plan", "read", str(file), stderr=errors)
    assert f"task_{world.item.plan.steps[0].key}" in errors.getvalue()


def test_a_simulation_says_how_long_and_where_it_sticks(world: World) -> None:
    found = json.loads(told("simulate", world.item.code, "--durations", "statute", "--json"))
    assert found["exact"]
    assert found["within"]["100"] <= found["limits"]["legal"]
    assert found["late"] == {"promised": found["late"]["promised"], "legal": 0}
    assert found["bottleneck"] in {step.key for step in world.item.plan.steps}
    assert "个工作日以内" in told("simulate", world.item.code)
    assert "近一年没有办结的件" in told("simulate", world.item.code, "--durations", "history")


def test_a_simulation_says_whose_time_it_is_and_what_it_takes_for_granted(world: World) -> None:
    house, aged = item("real-estate-transfer"), item("old-age-allowance")
    publish([house, aged], by=system("test"), at=timezone.now())
    lines = told("simulate", house.name)
    assert "「缴纳登记费」是申请人的时间：按用满缴费期限算" in lines
    assert "「缴纳登记费」当天缴清：平均快" in lines
    assert "按当场核验通过算，不占时间；转人工核对的没有算" in told("simulate", aged.name)


def test_an_item_that_is_not_published_is_named(world: World) -> None:
    with pytest.raises(CommandError, match="没有已发布的事项「没有的事项」"):
        told("simulate", "没有的事项")


def test_the_past_is_held_against_a_changed_file(world: World, tmp_path: Path) -> None:
    file = tmp_path / "changed.yaml"
    file.write_text(write(item_of(world.item)), "utf-8")
    assert "0 件有变化" in told("simulate", world.item.code, "--against", str(file))
    with pytest.raises(CommandError):
        told("simulate", world.item.code, "--against", str(tmp_path / "nothing.yaml"))
