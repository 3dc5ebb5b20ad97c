"""转报 at the desk: signed and sent up, waited for, answered with its paper; the applicant reads each turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.cases.conftest import catalogued
from tests.cases.world import World, staff
from tests.desk.review.test_views import do

from onedoor.cases import commands, queries
from onedoor.cases.rules.values import Outcome, Verdict
from onedoor.items import commands as items
from onedoor.items import queries as published
from onedoor.kernel.actor import Act, Actor, system
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import Forbidden
from onedoor.kernel.plan import StepKind, Upper

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]
UPPER = "保山市市场监督管理局"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def number(world: World) -> str:
    """A permit that the city decides, reviewed here."""
    now = timezone.now()
    item = replace(catalogued("食品经营许可"), materials=world.item.materials)
    first, last = item.plan.steps[0], item.plan.steps[-1]
    limit = replace(item.clock.promised, number=20)
    up = replace(last, kind=StepKind.UPWARD, after=(first.key,), upper=Upper(UPPER, limit))
    plan = replace(item.plan, steps=(replace(first, when=None, after=()), up))
    items.publish([replace(item, plan=plan)], by=system("tests"), at=now)
    published.forget()
    number = commands.submit(world.application(), by=world.citizen, at=now, key="k1").number
    commands.accept(number, by=world.clerk, at=now)
    return commands.complete_step(
        number, by=world.reviewer, at=now, step=first.key, verdict=Verdict.PASSED, opinion="符合"
    ).number


def test_it_is_sent_up_waited_for_and_answered_with_its_paper(world: World, acting: SignIn, number: str) -> None:
    leader = acting(staff("局长", world.item.organ, Act.REVIEW, Act.DECIDE))
    page = leader.get(f"/desk/cases/{number}/").content.decode()
    assert UPPER in page
    assert "不予上报" not in page  # of a permit the opinion goes up whatever it is
    words = {"verdict": "passed", "opinion": "符合条件，同意上报。", "way": "市级业务系统"}
    status, page = do(leader, number, "report_upward", **words)
    assert (status, "等上级决定" in page, "催办并登记上级决定" in page) == (200, True, True)
    status, page = do(leader, number, "record_answer", outcome="granted", document="保市监许〔2026〕1号")
    assert (status, "请填写上级决定的日期" in page) == (422, True)
    given = {"outcome": "granted", "document": "保市监许〔2026〕1号", "decided_on": str(local_date(timezone.now()))}
    status, page = do(leader, number, "record_answer", **given)
    assert (status, "没有文书，不能登记决定" in page) == (422, True)
    paper = SimpleUploadedFile("决定.pdf", PDF, "application/pdf")
    status, page = do(leader, number, "record_answer", **given, **{"scan.photos": paper})
    assert (status, "上级已经决定" in page) == (200, True)
    closed = queries.case_page(number, by=system("tests"), on=local_date(timezone.now())).case
    assert (closed.outcome, closed.closed is not None) == (Outcome.GRANTED, True)
    citizen = acting(world.citizen).get(f"/track/{number}/").content.decode()
    assert f"初审完毕，连同全部材料报{UPPER}决定" in citizen
    assert f"{UPPER}作出决定：准予（保市监许〔2026〕1号）" in citizen
    assert "决定.pdf" in citizen
    assert queries.paper(number, "upward", by=world.citizen).startswith(b"%PDF")


def test_only_who_decides_sends_up_and_the_applicant_is_told_when_the_upper_level_is_late(
    world: World, acting: SignIn, number: str
) -> None:
    now = timezone.now()
    words = {"verdict": Verdict.PASSED, "opinion": "符合", "way": "机要交换"}
    with pytest.raises(Forbidden):
        commands.report_upward(number, by=world.reviewer, at=now, **words)  # type: ignore[arg-type]
    commands.report_upward(number, by=world.leader, at=now - timedelta(days=60), **words)  # type: ignore[arg-type]
    page = acting(world.citizen).get(f"/track/{number}/").content.decode()
    assert f"这件事超期了：{UPPER}还没有决定" in page
    assert "等上级机关决定，您不用再交材料" in page
    assert "上级逾期，请催办" in acting(world.leader).get(f"/desk/cases/{number}/").content.decode()
