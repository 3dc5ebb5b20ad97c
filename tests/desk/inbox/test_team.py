"""The organ as a team: its docket, and absence announced by oneself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.cases.world import AT, World, staff

from onedoor.cases import commands
from onedoor.kernel.actor import Actor

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]


def test_a_chief_representative_sees_the_whole_docket_of_the_organ(world: World, acting: SignIn) -> None:
    number = commands.submit(world.application(), by=world.citizen, at=AT, key="k").number
    chief = staff("首席代表", world.item.organ)
    page = acting(chief).get("/desk/docket/").content.decode()
    assert number in page
    assert "受理（" in page
    assert "过完没有答复，视为受理" in page
    other = staff("外局", "11530524015140001X")
    assert number not in acting(other).get("/desk/docket/").content.decode()
    assert number not in acting(other).get(f"/desk/docket/?organ={world.item.organ}").content.decode()


def test_whoever_is_no_member_of_staff_announces_no_absence(world: World, acting: SignIn) -> None:
    clerk = acting(world.clerk)
    assert "没有对应的工作人员登记" in clerk.get("/desk/absence/").content.decode()
    page = clerk.post("/desk/absence/", {"from": "2030-01-01", "to": "2030-01-02", "reason": "公差"}, follow=True)
    assert "只有工作人员可以登记" in page.content.decode()
