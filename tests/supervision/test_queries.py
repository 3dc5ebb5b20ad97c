"""What is not in the hall, who is not authorised, and who may know."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.cases.world import AT, World, staff

from onedoor.kernel.actor import Act, Grant
from onedoor.kernel.errors import NotFound
from onedoor.orgs.rules import Organ, OrganKind, OrganLevel
from onedoor.orgs.rules.values import ALWAYS
from onedoor.supervision import queries
from onedoor.supervision.rules import Reason

pytestmark = pytest.mark.django_db


def test_overseeing_takes_looking_and_every_item(world: World) -> None:
    head = staff("局长甲", world.item.organ, Act.OVERSEE)
    assert queries.oversees(head)
    blind = Grant("post:x", frozenset({Act.OVERSEE}), world.item.organ, "530524")
    narrow = Grant("post:y", frozenset({Act.OVERSEE, Act.VIEW}), None, "530524", frozenset({world.item.code}))
    assert not queries.oversees(replace(head, grants=(blind, narrow)))


@pytest.fixture
def county(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The one organ of the item stands in the county's list of organs."""
    kind, level = OrganKind.DEPARTMENT, OrganLevel.COUNTY
    organ = Organ(world.item.organ, "市场监督管理局", "市监局", kind, level, "530524000000", None, ALWAYS)
    monkeypatch.setattr("onedoor.orgs.queries.organs", lambda *_, **__: (organ,))
    return world


def test_an_organ_with_items_and_no_representative_is_named(county: World) -> None:
    (found,) = queries.authorised(by=staff("主任", None, Act.OVERSEE), on=AT.date())
    assert (found.organ_name, found.items, found.lacking) == ("市监局", 1, "没有首席代表")


def test_an_item_without_an_open_site_is_told_to_its_organ_and_to_no_other(county: World) -> None:
    everywhere = staff("主任", None, Act.OVERSEE)
    elsewhere = staff("别局局长", "11530524015140001X", Act.OVERSEE)
    assert queries.outside_hall(by=elsewhere, on=AT.date()) == ()
    assert queries.authorised(by=elsewhere, on=AT.date()) == ()
    found = queries.outside_hall(by=everywhere, on=AT.date())
    assert [(each.code, each.reasons) for each in found] == [(county.item.code, (Reason.NO_SITE,))]
    with pytest.raises(NotFound):
        queries.outside_hall(by=county.clerk, on=AT.date())
    with pytest.raises(NotFound):
        queries.authorised(by=county.citizen, on=AT.date())
