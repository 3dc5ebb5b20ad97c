"""Who goes on site is ticked among the organ's own staff who are here; nobody else's name is taken."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.street import Street, founded
from tests.desk.review.test_joint import do

from onedoor.cases import commands, queries
from onedoor.kernel.actor import Actor
from onedoor.kernel.clock import local_date
from onedoor.orgs import queries as orgs
from onedoor.orgs.rules import Absence, Staff
from onedoor.orgs.rules.values import ALWAYS

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]


@pytest.fixture
def street(monkeypatch: pytest.MonkeyPatch) -> Street:
    found = founded()
    people = [(1, "赵一"), (2, "钱二"), (3, "孙三"), (4, "李四"), (5, "李四")]
    staff = tuple(
        Staff(id, f"zj0{id}", name, "drain", ALWAYS, certificate="" if name == "赵一" else f"示例-{id}")
        for id, name in people
    )
    monkeypatch.setattr(orgs, "staff_of", lambda *_: staff)
    monkeypatch.setattr(orgs, "absences", lambda **_: (Absence(1, 3, ALWAYS, "公休"),))
    return found


def test_the_roster_leaves_out_who_is_away_and_tells_namesakes_apart(street: Street) -> None:
    assert street
    today = local_date(timezone.now())
    here = [one.name for one in queries.roster("drain", on=today, sent=True)]
    assert here == ["赵一", "钱二", "李四（zj04）", "李四（zj05）"]
    assert "孙三" in {one.name for one in queries.roster("drain", on=today)}  # there yesterday, away today


def test_a_record_writes_the_certificate_or_that_none_is_registered(street: Street) -> None:
    assert street
    names = queries.written("drain", ["赵一", "李四（zj04）", "路人"], on=local_date(timezone.now()))
    assert names == ("赵一（没有登记执法证号）", "李四（zj04，执法证号 示例-4）", "路人")


def test_two_of_the_organ_s_own_staff_are_ticked(street: Street, acting: SignIn) -> None:
    number = street.submit(at=timezone.now())
    lead, drain = street.officer(number, "food"), acting(street.officer(number, "drain"))
    commands.accept(number, by=lead, at=timezone.now())
    day = local_date(timezone.now()) + timedelta(days=1)
    page = do(drain, number, "call_visit", hour="9:30", member=["food", "drain"], day=str(day), place="店门口")
    assert re.search(r'type="checkbox" name="officers" value="赵一"', page)
    assert 'value="孙三"' not in page
    assert (page.count("没有登记执法证号"), "示例-2" in page) == (1, True)
    for stranger in ("路人", "孙三"):
        page = do(drain, number, "man_visit", step="drain", officers=["赵一", stranger])
        assert f"{stranger}不在本机关可以去的人员名单里" in page
    page = do(drain, number, "man_visit", step="drain", offer="man_visit-drain", officers=["赵一"])
    assert "每个部门应当有 2 名以上" in page
    assert re.search(r'value="赵一" checked', page)
    page = do(drain, number, "man_visit", step="drain", officers=["赵一", "李四（zj05）"])
    assert "赵一（没有登记执法证号）、李四（zj05，执法证号 示例-5）" in page
