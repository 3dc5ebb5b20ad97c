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
from onedoor.notices import queries as notices

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


@pytest.fixture
def leader(world: World, acting: SignIn) -> Client:
    return acting(staff("局长", world.item.organ, Act.REVIEW, Act.DECIDE))


def test_it_is_sent_up_waited_for_and_answered_with_its_paper(
    world: World, acting: SignIn, number: str, leader: Client
) -> None:
    page = leader.get(f"/desk/cases/{number}/").content.decode()
    assert UPPER in page
    assert "不予上报" not in page  # of a permit the opinion goes up whatever it is
    words = {"verdict": "passed", "opinion": "符合条件，同意上报。", "way": "市级业务系统"}
    status, page = do(leader, number, "report_upward", **words)
    assert (status, "等上级决定" in page, "催办并登记上级决定" in page) == (200, True, True)
    status, page = do(leader, number, "record_answer", outcome="granted", document="保市监许〔2026〕1号")
    assert (status, "请填写上级文书的日期" in page) == (422, True)
    given = {"outcome": "granted", "document": "保市监许〔2026〕1号", "dated": str(local_date(timezone.now()))}
    status, page = do(leader, number, "record_answer", **given)
    assert (status, "没有文书，不能登记" in page) == (422, True)
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


def test_what_is_returned_is_reviewed_again_here_and_sent_up_again(
    world: World, acting: SignIn, number: str, leader: Client
) -> None:
    today = str(local_date(timezone.now()))
    assert do(leader, number, "report_upward", verdict="passed", opinion="符合", way="机要交换")[0] == 200
    status, page = do(leader, number, "record_return", dated=today, reason="请再核对场所", step="papers")
    assert (status, "没有文书，不能登记" in page) == (422, True)
    paper = SimpleUploadedFile("退回.pdf", PDF, "application/pdf")
    given = {"dated": today, "reason": "请再核对场所", "step": "papers", "scan.photos": paper}
    status, page = do(leader, number, "record_return", **given)
    assert (status, "上级退回" in page, "请再核对场所" in page) == (200, True, True)
    case, again = queries.replayed(number)
    assert (case, case.above, "papers" in case.results) == (again, None, False)
    (file,) = case.files["above-1"]
    assert leader.get(f"/desk/cases/{number}/look/above-1/{file}/").status_code == 200
    citizen = acting(world.citizen).get(f"/track/{number}/").content.decode()
    assert f"{UPPER}退回补充审查，申请人不用再交材料" in citizen
    assert "请再核对场所" not in citizen
    at = timezone.now()
    commands.complete_step(
        number, by=world.reviewer, at=at, step="papers", verdict=Verdict.PASSED, opinion="已核对，符合"
    )
    status, page = do(leader, number, "report_upward", verdict="passed", opinion="再报", way="机要交换")
    assert (status, page.count(f"报{UPPER}决定 "), page.index("再报") < page.index("请再核对场所")) == (200, 2, True)
    assert queries.paper(number, "upward-2", by=world.citizen).startswith(b"%PDF")


def test_a_withdrawal_while_it_is_above_is_told_there_and_registered(
    world: World, acting: SignIn, number: str, leader: Client
) -> None:
    assert do(leader, number, "report_upward", verdict="passed", opinion="符合", way="机要交换")[0] == 200
    commands.withdraw(number, by=world.citizen, at=timezone.now())
    assert [row.task_name for row in queries.inbox(by=world.reviewer) if row.number == number] == [
        f"告知上级撤回：{UPPER}"
    ]
    assert f"告知上级撤回：{UPPER}" in acting(world.citizen).get(f"/track/{number}/").content.decode()
    assert "请告知上级" in leader.get(f"/desk/cases/{number}/").content.decode()
    status, page = do(leader, number, "tell_above", told_on=str(local_date(timezone.now())), way="电话告知李某")
    assert (status, "已告知上级撤回" in page, "电话告知李某" in page) == (200, True, True)
    assert queries.replayed(number)[0] == queries.replayed(number)[1]
    assert not [row for row in queries.inbox(by=world.reviewer) if row.number == number]
    citizen = acting(world.citizen).get(f"/track/{number}/").content.decode()
    assert f"已告知{UPPER}：申请人已经撤回" in citizen


def test_what_the_upper_level_decides_after_a_withdrawal_is_kept_told_and_changes_nothing(
    world: World, acting: SignIn, number: str, leader: Client
) -> None:
    assert do(leader, number, "report_upward", verdict="passed", opinion="符合", way="机要交换")[0] == 200
    commands.withdraw(number, by=world.citizen, at=timezone.now())
    today = str(local_date(timezone.now()))
    given = {"outcome": "granted", "document": "保市监许〔2026〕1号", "dated": today}
    paper = SimpleUploadedFile("决定.pdf", PDF, "application/pdf")
    status, page = do(leader, number, "record_answer", **given, **{"scan.photos": paper})
    assert (status, "收到决定，只存档" in page, "请告知上级" in page) == (200, True, True)
    case, again = queries.replayed(number)
    assert (case, case.outcome, case.decision, case.licence) == (again, Outcome.WITHDRAWN, None, None)
    (file,) = case.files["above"]
    assert leader.get(f"/desk/cases/{number}/look/above/{file}/").status_code == 200
    commands.tell(number, ["case_upper_decided_after_withdrawal"], at=timezone.now())
    assert "撤回以后收到上级的决定" in [each.title for each in notices.inbox(by=world.citizen)]
    citizen = acting(world.citizen).get(f"/track/{number}/").content.decode()
    assert f"撤回以后收到{UPPER}的决定：准予（保市监许〔2026〕1号），只存档，不照它办" in citizen
    assert do(leader, number, "tell_above", told_on=today, way="电话告知李某")[0] == 200
    assert do(leader, number, "record_answer", **given)[0] == 409


def test_the_applicant_is_told_once_that_the_upper_level_is_late(world: World, number: str) -> None:
    now = timezone.now()
    words = {"verdict": Verdict.PASSED, "opinion": "符合", "way": "机要交换"}
    commands.report_upward(number, by=world.leader, at=now, **words)  # type: ignore[arg-type]
    for days in (60, 61):
        commands.settle_due(at=now + timedelta(days=days))
    told = [each.body for each in notices.inbox(by=world.citizen) if each.title == "上级还没有决定"]
    assert [f"您的“食品经营许可”申请，{UPPER}应当在" in body for body in told] == [True]
