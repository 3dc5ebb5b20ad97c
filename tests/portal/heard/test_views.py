"""利害关系人 in the browser: by number and code, only what concerns them; the public reads when a hearing is."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.world import World, found

from onedoor.areas import queries as areas
from onedoor.cases import commands, models, queries
from onedoor.cases.rules.hearing import Newcomer
from onedoor.cases.rules.values.hearing import Meeting
from onedoor.kernel.clock import CHINA, local_date
from onedoor.kernel.workdays import add_workdays
from onedoor.orgs import queries as orgs
from onedoor.orgs.rules import Staff
from onedoor.orgs.rules.values import ALWAYS

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return found()


@pytest.fixture
def number(world: World) -> str:
    now = timezone.now()
    number = commands.submit(world.application(), by=world.citizen, at=now, key="k").number
    commands.accept(number, by=world.clerk, at=now)
    newcomer = Newcomer("李四", "13800000001", "隔壁住户，油烟排向他家")
    commands.name_interested(number, newcomer, by=world.reviewer, at=now)
    return number


def entered(number: str) -> Client:
    client = Client()
    answer = client.post("/heard/", {"number": number.lower(), "code": queries.code_of(number, "i1")})
    assert answer.status_code == 302
    return client


def test_a_wrong_code_opens_nothing(number: str) -> None:
    answer = Client().post("/heard/", {"number": number, "code": "00000000"})
    assert answer.status_code == 422
    assert "通知码不对" in answer.content.decode()
    assert Client().get(f"/heard/{number}/").status_code == 404


def test_a_neighbour_reads_states_asks_and_never_sees_the_application(number: str, world: World) -> None:
    client = entered(number)
    page = client.get(f"/heard/{number}/").content.decode()
    assert "隔壁住户，油烟排向他家" in page
    assert "老街米线店" not in page
    assert "张三" not in page
    assert "我要求听证" not in page
    assert client.get(f"/track/{number}/").status_code == 404
    empty = client.post(f"/heard/{number}/do/state/", {"words": " "})
    assert (empty.status_code, "请写明您的意见" in empty.content.decode()) == (422, True)
    told = client.post(f"/heard/{number}/do/state/", {"words": "请改排烟口"}, follow=True).content.decode()
    assert "请改排烟口" in told
    commands.tell_hearing_right(number, by=world.reviewer, at=timezone.now(), reason="涉及相邻权")
    assert "我要求听证" in client.get(f"/heard/{number}/").content.decode()
    asked = client.post(f"/heard/{number}/do/ask/", {}, follow=True).content.decode()
    assert "不收任何费用" in asked
    assert "我要求听证" not in asked
    again = client.post(f"/heard/{number}/do/waive/", {})
    assert (again.status_code, "已经答复过" in again.content.decode()) == (422, True)


def test_the_public_reads_when_and_where_and_no_name_of_a_party(
    number: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        orgs, "staff_by_account", lambda _: Staff(1, "g1", "赵六", world.item.organ, ALWAYS, "account:z")
    )
    now = timezone.now()
    commands.announce_hearing(number, by=world.reviewer, at=now, reason="涉及公共利益")
    assert world.item.organ_name in Client().get("/announcements/").content.decode()
    held = datetime.combine(_in(8, world), datetime.min.time(), CHINA) + timedelta(hours=9)
    commands.convene_hearing(number, Meeting(held, "政务大厅三楼", "account:z", ""), by=world.reviewer, at=now)
    page = Client().get("/announcements/").content.decode()
    assert "政务大厅三楼" in page
    assert "赵六" in page
    assert "张三" not in page
    assert "李四" not in page


def _in(days: int, world: World) -> date:
    return add_workdays(local_date(timezone.now()), days, areas.calendar(world.item.area)).date


def test_every_notice_and_hearing_stands_on_one_page_and_a_page_reads_no_other(number: str) -> None:
    today = local_date(timezone.now())
    row = models.Case.objects.get(number=number)
    shown = {"on": str(today), "until": str(today), "notice": "公示内容", "objections": {}}
    held = {"rights": {}, "asked": {}, "waived": {}, "record": "", "announced": None, "until": str(today)}
    value = row.value | {"publicity": {"papers": shown, "over": shown | {"until": "2026-01-05"}}, "hearing": held}
    models.Case.objects.bulk_create(
        [
            models.Case(
                **{field: getattr(row, field) for field in ("item", "item_version", "item_name", "organ", "organs")},
                **{field: getattr(row, field) for field in ("area", "applicant", "state", "version", "received")},
                pk=row.pk + n,
                number=f"N{n:03}",
                value=value | {"number": f"N{n:03}"},
                public_until=today,
            )
            for n in range(1, 46)
        ]
    )
    assert (queries.count_public_notices(today), queries.count_public_hearings(today)) == (45, 45)
    pages = [Client().get(f"/announcements/?page={page}&hearings={page}").context for page in (1, 2, 3)]
    assert [one.number for page in pages for one in page["notices"]] == [f"N{n:03}" for n in range(1, 46)]
    assert [one.number for page in pages for one in page["hearings"]] == [f"N{n:03}" for n in range(1, 46)]
    assert [len(page["notices"]) for page in pages] == [20, 20, 5]
    assert "下一页" in Client().get("/announcements/").content.decode()
