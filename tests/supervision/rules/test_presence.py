"""应进未进 and 授权到位."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.cases.conftest import catalogued

from onedoor.items.rules import Item
from onedoor.kernel.actor import Act
from onedoor.orgs.rules import Authorisation, Period
from onedoor.supervision.rules import Authorised, Reason, out_of_hall, standing

ON = date(2026, 3, 2)


@pytest.fixture(scope="module")
def item() -> Item:
    return catalogued("食品经营许可")


def reasons(item: Item, *, open_: bool = True, manned: bool = True) -> tuple[Reason, ...]:
    places = frozenset(place.name for place in item.places) if open_ else frozenset[str]()
    return out_of_hall(item, open_sites=places, manned=frozenset({item.organ}) if manned else frozenset())


def test_an_item_is_in_the_hall_where_list_place_and_people_agree(item: Item) -> None:
    assert reasons(item) == ()
    assert reasons(item, open_=False) == (Reason.NO_SITE,)
    assert reasons(replace(item, in_hall=False, places=())) == (Reason.NOT_IN_HALL, Reason.NO_PLACE)


def test_the_comprehensive_window_stands_for_an_organ_that_has_nobody_there(item: Item) -> None:
    assert reasons(item, manned=False) == ()
    assert reasons(replace(item, one_window=False), manned=False) == (Reason.NOBODY,)


def paper(staff: int, last: date) -> Authorisation:
    acts = frozenset({Act.ACCEPT})
    return Authorisation(1, staff, "own", "授〔2026〕1号", acts, None, Period(date(2026, 1, 1), last), "局长")


def test_a_paper_counts_only_while_its_holder_is_the_representative() -> None:
    assert standing([paper(1, date(2026, 12, 31))], chiefs={1}, on=ON) == (date(2026, 12, 31), False)
    assert standing([paper(1, date(2026, 12, 31))], chiefs={2}, on=ON) == (None, False)
    assert standing([paper(1, date(2026, 3, 20))], chiefs={1}, on=ON) == (date(2026, 3, 20), True)


@pytest.mark.parametrize(
    ("chiefs", "until", "expiring", "lacking"),
    [
        (0, None, False, "没有首席代表"),
        (1, None, False, "首席代表没有有效的授权书"),
        (1, date(2026, 3, 20), True, "授权书 2026-03-20 到期"),
        (1, date(2026, 12, 31), False, ""),
    ],
)
def test_what_is_missing_is_said_in_words(chiefs: int, until: date | None, expiring: bool, lacking: str) -> None:
    assert Authorised("own", "县局", 3, chiefs, until, expiring).lacking == lacking
