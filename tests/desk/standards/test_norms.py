"""大厅服务规范: the sheet of a hall, for whoever works on standards."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.world import World, staff

from onedoor.hall.commands import record_self_check
from onedoor.hall.queries import norms, self_checks
from onedoor.journal import queries as journal
from onedoor.kernel.actor import Act, system
from onedoor.kernel.errors import Forbidden
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


def test_a_walk_is_recorded_with_its_journal_entry_and_shown_by_month(world: World, acting: Acting) -> None:
    commands.import_folder(by=system("t"), at=timezone.now())
    head = staff("主任", None, Act.OVERSEE)
    hall = next(s for s in queries.sites(timezone.localdate()) if s.kind is SiteKind.COUNTY_HALL)
    client, address = acting(head), f"{PAGE}?site={hall.code}"
    assert "还没有记过自查" in client.get(address).content.decode()
    answers = {f"kept-{norm.key}": "yes" for norm in norms()}
    left_out = client.post(address, {**answers, "kept-first_asked": "no"})
    assert left_out.status_code == 422
    assert "请写明看到了什么" in left_out.content.decode()
    assert self_checks(hall.code) == ()
    done = client.post(address, {**answers, "kept-first_asked": "no", "note-first_asked": "答不知道"}, follow=True)
    assert "答不知道" in done.content.decode()
    (check,) = self_checks(hall.code)
    assert (check.officer, [norm.key for norm, _ in check.broken]) == (head.name, ["first_asked"])
    (entry,) = journal.stream(f"norms:{hall.code}")
    assert (entry.kind, entry.actor) == ("hall_norms_checked", head.ref)


def test_who_oversees_elsewhere_may_look_but_not_record(world: World, acting: Acting) -> None:
    commands.import_folder(by=system("t"), at=timezone.now())
    hall = next(s for s in queries.sites(timezone.localdate()) if s.kind is SiteKind.COUNTY_HALL)
    away = staff("外县", None, Act.OVERSEE, area="530521")
    assert "记下这个月的自查" not in acting(away).get(f"{PAGE}?site={hall.code}").content.decode()
    with pytest.raises(Forbidden):
        record_self_check(hall, {}, by=away, at=timezone.now())
