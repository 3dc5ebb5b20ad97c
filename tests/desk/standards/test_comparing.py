"""比较: differences marked with who sets what; another county's file is shown and not kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.cases.world import World, staff
from tests.items.commands.test_drafting import national
from tests.items.samples import item

from onedoor.desk.standards.comparing import LARGEST
from onedoor.items import commands, queries
from onedoor.items.rules import Item, write
from onedoor.kernel.actor import Act, system

pytestmark = pytest.mark.django_db
Acting = Callable[..., Client]


@pytest.fixture
def food(world: World) -> Item:
    one = item("food-business")
    commands.publish_standards([national(one)], by=system("t"), at=timezone.now())
    commands.publish([one], by=system("t"), at=timezone.now())
    return one


@pytest.fixture
def officer(world: World, acting: Acting) -> Client:
    return acting(staff("主任", None, Act.OVERSEE))


def address(one: Item, more: str = "") -> str:
    return f"/desk/standards/compare/{one.family}/{more}"


def send(client: Client, one: Item, content: bytes) -> tuple[int, str]:
    file = SimpleUploadedFile("theirs.yaml", content)
    answer = client.post(address(one), {"file": file})
    return answer.status_code, answer.content.decode()


def test_ours_stands_beside_the_standard_with_who_sets_it(food: Item, officer: Client) -> None:
    page = officer.get(address(food)).content.decode()
    assert "标准：国家基本目录" in page
    assert "10个工作日" in page
    assert "优于标准" in page
    assert "由国家基本目录规定" in page
    assert "只能在上级规定的基础上缩短" in page


def test_only_differences_are_shown_unless_everything_is_asked_for(food: Item, officer: Client) -> None:
    few, everything = (officer.get(address(food, more)).content.decode() for more in ("", "?all=1"))
    assert "申请材料“营业执照”" not in few
    assert "申请材料“营业执照”" in everything
    assert "期限：延长" in everything


def test_equal_lists_are_told_to_be_equal(officer: Client) -> None:
    towns = item("rural-homestead")
    commands.publish([towns], by=system("t"), at=timezone.now())
    page = officer.get(address(towns)).content.decode()
    assert "各处的清单完全一致" in page
    assert "上面还没有标准" in page


def test_another_county_s_file_stands_beside_ours_and_is_not_kept(food: Item, officer: Client) -> None:
    before = len(queries.catalogue())
    theirs = replace(food, clock=replace(food.clock, promised=replace(food.clock.promised, number=3)))
    status, page = send(officer, food, write(replace(theirs, organ_name="邻县市场监督管理局")).encode())
    assert status == 200
    assert "来自文件：邻县市场监督管理局" in page
    assert "3个工作日" in page
    assert len(queries.catalogue()) == before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "请选择一个"),
        (b"name: [", "theirs.yaml:"),
        (b"a: &b 1\nc: *b\n", "theirs.yaml:"),
        (b"\xff\xfe", "theirs.yaml:"),
        (b"#" * (LARGEST + 1), "文件太大"),
    ],
)
def test_a_file_that_is_no_item_is_refused_with_why(food: Item, officer: Client, content: bytes, told: str) -> None:
    status, page = send(officer, food, content)
    assert status == 422
    assert told in page


def test_a_file_of_another_item_is_refused(food: Item, officer: Client) -> None:
    status, page = send(officer, food, write(item("adoption")).encode())
    assert status == 422
    assert "不是这个事项" in page


def test_an_item_is_found_by_name(food: Item, officer: Client) -> None:
    assert address(food) in officer.get("/desk/standards/compare/?q=食品经营").content.decode()
    assert "没有找到这个事项" in officer.get("/desk/standards/compare/?q=看流星").content.decode()
    assert officer.get("/desk/standards/compare/12345678901234/").status_code == 404


def test_for_whoever_has_nothing_to_do_with_items_it_does_not_exist(food: Item, world: World, acting: Acting) -> None:
    assert acting(world.clerk).get(address(food)).status_code == 404
    assert acting(world.citizen).get(address(food)).status_code == 404
