"""The inbox as a page: conditions in the address, filters by name, search."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.world import AT, World

from onedoor.cases import commands, models, queries
from onedoor.kernel.actor import Actor

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]


@pytest.fixture
def number(world: World) -> str:
    return commands.submit(world.application(), by=world.citizen, at=timezone.now(), key="k1").number


@pytest.fixture
def late(world: World) -> str:
    return commands.submit(world.application(), by=world.citizen, at=AT, key="k0").number


def test_a_colour_in_the_address_narrows_the_list_and_goes_along_to_the_case(
    world: World, acting: SignIn, number: str, late: str
) -> None:
    clerk = acting(world.clerk)
    page = clerk.get("/desk/?level=red").content.decode()
    assert f"/desk/cases/{late}/?level=red" in page
    assert number not in page
    case = clerk.get(f"/desk/cases/{late}/?level=red").content.decode()
    assert number not in case
    assert "tab=story&level=red" in case.replace("&amp;", "&")


def test_ones_own_stands_above_the_organs(world: World, acting: SignIn) -> None:
    old, new = (
        commands.submit(world.application(), by=world.citizen, at=at, key=f"k{at}").number
        for at in (AT - timedelta(days=3), AT)
    )
    assert "分给您的" not in acting(world.clerk).get("/desk/").content.decode()
    models.Task.objects.filter(case__number=new).update(assignee=world.clerk.ref)
    models.Task.objects.filter(case__number=old).update(assignee="account:同事")
    page = acting(world.clerk).get("/desk/").content.decode()
    assert re.findall(rf"分给您的|本机关的|系统分给 同事|cases/{old}|cases/{new}", page) == [
        *("分给您的", f"cases/{new}", "本机关的", f"cases/{old}", "系统分给 同事")
    ]


def test_a_filter_is_kept_by_name_and_forgotten(world: World, acting: SignIn) -> None:
    clerk = acting(world.clerk)
    page = clerk.post("/desk/filters/", {"name": "超期的", "level": "red"}, follow=True).content.decode()
    assert "超期的" in page
    assert dict(queries.saved_filters(by=world.clerk))["超期的"].level == "red"
    assert "30 字以内" in clerk.post("/desk/filters/", {"name": ""}, follow=True).content.decode()
    clerk.post("/desk/filters/", {"drop": "超期的"})
    assert queries.saved_filters(by=world.clerk) == ()


def test_search_finds_by_state_and_days_and_ignores_days_that_are_none(
    world: World, acting: SignIn, number: str, late: str
) -> None:
    clerk = acting(world.clerk)
    page = clerk.get(f"/desk/search/?until={AT.date()}&state=open").content.decode()
    assert late in page
    assert number not in page
    assert number in clerk.get("/desk/search/?since=gestern&page=x").content.decode()
