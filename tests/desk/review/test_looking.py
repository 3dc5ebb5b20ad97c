"""Materials page by page: drawn on the server, opening recorded, only for those who may see the case."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.world import World
from tests.vault.uploads import png

from onedoor.cases import commands, queries
from onedoor.kernel.actor import Actor
from onedoor.vault import commands as vault

NOW = timezone.now()  # no limit has passed: silence has had no effect yet
SignIn = Callable[[Actor], Client]


@pytest.mark.django_db
def test_opening_is_recorded_and_makes_no_page_stale(world: World, acting: SignIn) -> None:
    material = world.item.materials[0].key
    file = vault.store(png(), name="平面图.png", by=world.citizen, at=NOW).id
    number = commands.submit(world.application(materials={material: (file,)}), by=world.citizen, at=NOW, key="k").number
    clerk, address = acting(world.clerk), f"/desk/cases/{number}/look/{material}/{file}/"
    assert "放大" in clerk.get(address).content.decode()
    assert clerk.get(f"{address}1.png").content.startswith(b"\x89PNG")
    assert clerk.get(f"{address}2.png").status_code == 404
    assert clerk.get(address.replace(file, "0")).status_code == 404
    assert "打开材料" in clerk.get(f"/desk/cases/{number}/?tab=seen").content.decode()
    assert acting(world.stranger).get(address).status_code == 404
    assert commands.accept(number, by=world.clerk, at=NOW, version=1).state == "accepted"
    assert queries.replayed(number)[0].version == 3
