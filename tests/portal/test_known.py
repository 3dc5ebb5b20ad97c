"""What the platform knows is filled in: the number of the one licence that a renewal is of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone
from tests.cases.conftest import catalogued
from tests.cases.world import World

from onedoor.cases.commands.submission import renewed
from onedoor.kernel.actor import system
from onedoor.kernel.clock import local_date
from onedoor.licences import commands as licences
from onedoor.portal.apply.known import known_answers

pytestmark = pytest.mark.django_db


def issued(world: World, case: str, *, holder: str = "person:1") -> str:
    now = timezone.now()
    grant = licences.Grant(
        name=world.item.result.name,
        type_code=world.item.result.licence_type,
        case=case,
        item=world.item.code,
        holder=holder,
        holder_name="张三",
        issuer=world.item.organ,
        issuer_name=world.item.organ_name,
        area=world.item.area,
        on=local_date(now),
        months=60,
    )
    return licences.issue(grant, by=system("tests"), at=now).number


def test_the_old_number_is_filled_in_where_one_licence_is_held(world: World) -> None:
    now = timezone.now()
    renewal = replace(
        world.item, form=catalogued("食品经营许可（延续）").form, result=catalogued("食品经营许可（延续）").result
    )

    def known() -> object:
        today = local_date(now)
        return known_answers(renewal, "person:1", by=world.citizen, at=now, today=today).get("licence_number")

    assert known() is None
    first = issued(world, "a")
    assert known() == first
    assert renewed(renewal, {"licence_number": first}, holder="person:1") is not None
    issued(world, "b")
    assert known() is None
