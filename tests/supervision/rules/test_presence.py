"""应进未进 and 授权到位."""

from __future__ import annotations

from datetime import date

import pytest

from onedoor.kernel.actor import Act
from onedoor.orgs.rules import Authorisation, Period
from onedoor.supervision.rules import Authorised, Reason, out_of_hall, standing

ON = date(2026, 3, 2)


HALL = "县政务服务中心"


def reasons(**changes: object) -> tuple[Reason, ...]:
    here: dict[str, object] = {"in_hall": True, "staffed": True, "sites": (HALL,), "open_sites": {HALL}}
    return out_of_hall(**here | changes)  # type: ignore[arg-type]


def test_an_item_is_in_the_hall_where_list_place_and_people_agree() -> None:
    assert reasons() == ()
    assert reasons(open_sites=set()) == (Reason.NO_SITE,)
    assert reasons(in_hall=False, sites=()) == (Reason.NOT_IN_HALL, Reason.NO_PLACE)
    assert reasons(staffed=False) == (Reason.NOBODY,)


def test_two_names_of_one_kind_of_place_are_one() -> None:
    assert reasons(sites=("田园镇便民服务中心",), open_sites={"田园镇为民服务中心"}) == ()


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
