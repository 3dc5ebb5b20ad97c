"""追加请求 from the desk to the applicant and back, and what it costs the organ."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.queries.test_papers import text_of
from tests.cases.world import World, staff
from tests.desk.director.test_views import follow, text
from tests.desk.review.test_views import do

from onedoor.cases import commands, queries
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.clock import local_date

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]
ASKED = {"ask.rules": "on", "fault.rules": "制度里没有写消毒", "reason": "初审时漏看第三页"}


@pytest.fixture
def number(world: World) -> str:
    now = timezone.now()
    number = commands.submit(world.application(), by=world.citizen, at=now, key="k1").number
    return commands.accept(number, by=world.clerk, at=now).number


def test_a_leader_asks_the_applicant_says_no_and_the_director_counts_it(
    world: World, acting: SignIn, number: str
) -> None:
    assert "追加请求漏看的材料" not in text(acting(world.clerk), f"/desk/cases/{number}/")
    head = acting(staff("分管局长", world.item.organ, Act.NOTIFY, Act.OVERSEE))
    assert "追加请求漏看的材料" in text(head, f"/desk/cases/{number}/")
    version = queries.case_page(number, by=world.clerk, on=local_date(timezone.now())).case.version
    draft = head.post(f"/desk/cases/{number}/preview/ask_overlooked/", {"version": version, **ASKED})
    assert (draft.status_code, draft.content[:4]) == (200, b"%PDF")
    status, page = do(head, number, "ask_overlooked", **ASKED)
    assert "追加请求通知书" in text(head, f"/desk/cases/{number}/?tab=papers")
    sent = text_of(queries.paper(number, "overlooked", by=world.citizen))
    assert f"{number}-追加请求-1" in sent
    assert "您可以补，也可以不补，也可以不答复" in sent
    assert (status, "初审时漏看第三页" in page, "可补可不补" in page) == (200, True, True)
    commands.decline_overlooked(number, by=world.citizen, at=timezone.now())
    assert "答复不补" in text(head, f"/desk/cases/{number}/")
    row, replay = queries.replayed(number)
    assert row == replay
    follow()
    director = acting(staff("主任", None, Act.OVERSEE))
    assert "漏看后追加请求" in text(director, "/desk/director/")
    link = f"/desk/director/cases/?measure=asked_late&period=lately&organ={world.item.organ}"
    assert f"/desk/cases/{number}/" in text(director, link)
    assert "漏看后追加请求" in director.get("/desk/director/export/faults/csv/").content.decode("utf-8-sig")
