"""听证 at the desk: what is offered follows how far the hearing is, and everything said stands on the case page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.world import AT, World
from tests.desk.review.test_views import do

from onedoor.areas import queries as areas
from onedoor.cases import commands, queries
from onedoor.cases.rules.values.hearing import APPLICANT, Meeting
from onedoor.kernel.actor import Actor
from onedoor.kernel.clock import local_date
from onedoor.kernel.workdays import add_workdays
from onedoor.orgs import queries as orgs
from onedoor.orgs.rules import Staff
from onedoor.orgs.rules.values import ALWAYS

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]
ACTS = ("name_interested", "hearing_right", "announce_hearing", "convene_hearing", "record_hearing")


@pytest.fixture
def number(world: World, monkeypatch: pytest.MonkeyPatch) -> str:
    one = Staff(1, "gs01", "赵六", world.item.organ, ALWAYS, "account:赵六")
    monkeypatch.setattr(orgs, "staff_by_account", lambda ref: one if ref == one.account else None)
    monkeypatch.setattr(orgs, "staff_of", lambda *_: (one,))
    now = timezone.now()
    number = commands.submit(world.application(), by=world.citizen, at=now, key="k1").number
    return commands.accept(number, by=world.clerk, at=now).number


def offered(browser: Client, number: str) -> set[str]:
    page = browser.get(f"/desk/cases/{number}/").content.decode()
    return {act for act in ACTS if f"/do/{act}/" in page}


def test_from_naming_the_neighbour_to_the_notice(world: World, acting: SignIn, number: str) -> None:
    officer = acting(world.reviewer)
    assert offered(officer, number) == {"name_interested", "hearing_right", "announce_hearing"}
    status, page = do(officer, number, "name_interested", name="李四", mobile="12", concern="隔壁住户")
    assert (status, "手机" in page, "隔壁住户" in page) == (422, True, True)
    assert do(officer, number, "name_interested", name="李四", mobile="13800000001", concern="隔壁住户")[0] == 200
    assert do(officer, number, "hearing_right", reason="油烟影响相邻住户")[0] == 200
    commands.ask_hearing(number, by=world.citizen, at=timezone.now(), seat=APPLICANT)
    assert offered(officer, number) == {"name_interested", "convene_hearing"}
    page = officer.get(f"/desk/cases/{number}/").content.decode()
    assert "要求听证" in page
    assert "赵六" in page
    day = add_workdays(local_date(timezone.now()), 8, areas.calendar(world.item.area)).date
    words = {"held_on": day.isoformat(), "held_time": "09:30", "place": "大厅三楼", "presider": "account:赵六"}
    preview = officer.post(f"/desk/cases/{number}/preview/convene_hearing/", words | {"version": 5})
    assert preview["Content-Type"] == "application/pdf"
    status, page = do(officer, number, "convene_hearing", **words)
    assert (status, "大厅三楼" in page) == (200, True)
    assert offered(officer, number) == {"name_interested", "convene_hearing", "record_hearing"}
    status, page = do(officer, number, "record_hearing", attended="张三", record="各方陈述")
    assert (status, "还没有举行" in page, "各方陈述" in page) == (422, True, True)


def test_whoever_decides_reads_the_record_where_the_decision_is_written(
    world: World, acting: SignIn, number: str
) -> None:
    at = timezone.now()
    commands.announce_hearing(number, by=world.reviewer, at=at, reason="涉及公共利益")
    held = datetime.combine(_day(at, world), datetime.min.time(), at.tzinfo)
    commands.convene_hearing(number, Meeting(held, "大厅", "account:赵六", ""), by=world.reviewer, at=at)
    later = held + timedelta(hours=12)
    commands.record_hearing(number, by=world.reviewer, at=later, attended="张三", record="各方都没有异议")
    page = acting(world.leader).get(f"/desk/cases/{number}/").content.decode()
    assert "各方都没有异议" in page
    assert queries.case_page(number, by=world.leader, on=AT.date()).case.stopped is None


def _day(at: datetime, world: World) -> date:
    return add_workdays(local_date(at), 8, areas.calendar(world.item.area)).date
