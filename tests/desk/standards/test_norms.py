"""大厅服务规范: the sheet of a hall, for whoever works on standards."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.world import World, staff

from onedoor.kernel.actor import Act, system
from onedoor.orgs import commands, queries
from onedoor.orgs.rules import SiteKind

pytestmark = pytest.mark.django_db
Acting = Callable[..., Client]
PAGE = "/desk/standards/norms/"


def test_every_norm_is_shown_with_its_basis(world: World, acting: Acting) -> None:
    page = acting(staff("主任", None, Act.OVERSEE)).get(PAGE).content.decode()
    assert "首问负责" in page
    assert "行政许可法第三十二条" in page
    assert acting(world.clerk).get(PAGE).status_code == 404


def test_a_hall_has_a_sheet_of_its_own_and_a_village_station_has_none(world: World, acting: Acting) -> None:
    commands.import_folder(by=system("t"), at=timezone.now())
    client, sites = acting(staff("主任", None, Act.OVERSEE)), queries.sites(timezone.localdate())
    hall = next(site for site in sites if site.kind is SiteKind.COUNTY_HALL)
    assert f"{hall.name}服务规范自查表" in client.get(f"{PAGE}?site={hall.code}").content.decode()
    assert "自查表（" not in client.get(f"{PAGE}?site=nonsense").content.decode()
    assert all(site.name not in client.get(PAGE).content.decode() for site in sites if site.kind == "village_station")
