"""What follows a grant, with its licence in the same transaction: revoked, issued anew, replaced by a change."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.test import Client
from tests.cases.conftest import catalogued
from tests.cases.world import AT, World, staff

from onedoor.access.queries import policy
from onedoor.cases import commands, models, queries
from onedoor.cases.rules.application import Application
from onedoor.cases.rules.numbering import Paper
from onedoor.cases.rules.values import Ending, Outcome, Request, Verdict
from onedoor.items import commands as items
from onedoor.items import queries as published
from onedoor.items.rules import ItemVersion, synthetic
from onedoor.kernel.actor import Act, Actor, system
from onedoor.kernel.errors import Forbidden, Refused
from onedoor.licences import queries as licences
from onedoor.licences.rules import Status

pytestmark = pytest.mark.django_db
PLATFORM = system("tests")


def offered(name: str) -> ItemVersion:
    item = catalogued(name)
    bare = tuple(replace(m, source=type(m.source)("shared")) for m in item.materials)
    items.publish([replace(item, materials=bare)], by=PLATFORM, at=AT)
    published.forget()
    return published.published(item.code)


def granted(world: World, item: ItemVersion, *, key: str = "k", **answers: object) -> str:
    """Applied for by promise where there is that choice, reviewed, granted, made."""
    facts: dict[str, object] = {"applicant.kind": "person", "applicant.agent": False}
    situations = {s.key: s.options[0].value for s in item.situations}
    filled = synthetic.answers(item.form, facts=facts | situations, today=AT.date(), area="530524101001")
    wish = Application(item=item.code, answers=filled | answers, situations=situations, applicant="person:1")
    officer = everything(item.organ)
    number = commands.submit(wish, by=world.citizen, at=AT, key=key).number
    commands.accept(number, by=officer, at=AT)
    while (owed := queries.case_page(number, by=PLATFORM, on=AT.date()).tasks) and owed[0].act is Act.REVIEW:
        step = owed[0].key
        commands.complete_step(
            number,
            by=officer,
            at=AT,
            step=step,
            verdict=Verdict.PASSED,
            opinion="符合",
            officers=("甲", "乙"),
        )
    commands.decide(number, by=officer, at=AT, outcome=Outcome.GRANTED, reasons="符合", article="有关规定")
    commands.make_result(number, at=AT)
    return number


def everything(organ: str) -> Actor:
    acts = (Act.ACCEPT, Act.REVIEW, Act.DECIDE, Act.REVOKE, Act.DELIVER)
    return staff("一人", organ, *acts)


def test_a_permit_on_promise_is_checked_then_revoked_with_its_licence(world: World) -> None:
    item = offered("中介机构从事代理记账业务审批")
    number = granted(world, item)
    officer, later = everything(item.organ), AT + timedelta(days=20)
    page = queries.case_page(number, by=officer, on=later.date())
    assert page.case.on_promise
    assert "事后核查" in [task.name for task in page.tasks]
    assert number in {row.number for row in queries.inbox(by=officer)}
    check = {"by": officer, "finding": "只有一名专职人员", "officers": ("甲", "乙")}
    commands.check_promise(number, at=later, held=False, **check)  # type: ignore[arg-type]
    commands.check_promise(number, at=later + timedelta(days=16), held=False, **check)  # type: ignore[arg-type]
    ending = {"ending_": Ending.REVOKED, "reasons": "逾期不改", "article": "行政许可法第六十九条"}
    with pytest.raises(Forbidden):
        commands.end_result(number, by=staff("审查员", item.organ, Act.REVIEW), at=later, **ending)  # type: ignore[arg-type]
    commands.end_result(number, by=officer, at=later + timedelta(days=17), **ending)  # type: ignore[arg-type]
    row, replay = queries.replayed(number)
    assert row == replay
    licence = licences.licence_of_case(number)
    assert licence is not None
    assert licence.status(later.date() + timedelta(days=17)) is Status.REVOKED
    shown = Client().get(f"/verify/{licence.token}/").content.decode()
    assert "已撤销" in shown
    assert f"决定书 {licence.ended_by}" in shown
    kinds = [sent.issued.paper for sent in queries.sent_papers(queries.case_page(number, by=officer, on=later.date()))]
    assert {"promise", "rectify", "revocation"} <= set(kinds)


def test_whoever_acts_once_only_the_check_of_a_promise_is_owed_silences_no_alarm(world: World) -> None:
    """Then no limit of the case runs any more; that of the task does."""
    item = offered("中介机构从事代理记账业务审批")
    number = granted(world, item)
    row = models.Case.objects.get(number=number)
    assert row.due is None
    assert row.next_alarm_at is not None
    late = row.next_alarm_at + timedelta(hours=9)
    commands.rate(number, by=world.citizen, at=late, level=5)
    assert commands.settle_due(at=late) == (number,)
    assert commands.settle_due(at=late) == ()


def test_a_lost_licence_is_issued_anew_and_the_old_code_says_so(world: World) -> None:
    item = offered("中介机构从事代理记账业务审批")
    number = granted(world, item)
    old = licences.licence_of_case(number)
    case = commands.reissue_licence(number, by=everything(item.organ), at=AT + timedelta(days=3), reasons="遗失")
    new = licences.licence_of_case(number)
    assert old is not None
    assert new is not None
    assert case.licence == new.number != old.number
    assert (new.valid_until, new.holder, new.token == old.token) == (old.valid_until, old.holder, False)
    assert licences.verify(old.token).status(AT.date() + timedelta(days=3)) is Status.REPLACED
    shown = Client().get(f"/verify/{old.token}/").content.decode()
    assert new.number in shown
    row, replay = queries.replayed(number)
    assert row == replay
    again = commands.reissue_licence(number, by=everything(item.organ), at=AT + timedelta(days=4), reasons="又遗失")
    assert again.licence != new.number


def test_a_renewed_licence_takes_the_place_of_the_one_it_names_if_that_is_the_holders_own(world: World) -> None:
    first = granted(world, offered("食品经营许可"), rules_adopted=True)
    old = licences.licence_of_case(first)
    assert old is not None
    renewal = offered("食品经营许可（延续）")
    granted(world, renewal, key="k2", licence_number="530524000000")
    assert licences.verify(old.token).ended is None
    granted(world, renewal, key="k3", licence_number=old.number)
    assert licences.verify(old.token).ended is Status.REPLACED


def test_what_ended_is_not_issued_anew(world: World) -> None:
    item = offered("中介机构从事代理记账业务审批")
    number, officer = granted(world, item), everything(item.organ)
    words = {"reasons": "本人申请", "article": "行政许可法第七十条"}
    commands.end_result(number, by=officer, at=_later(), ending_=Ending.CANCELLED, **words)
    with pytest.raises(Refused):
        commands.reissue_licence(number, by=officer, at=_later(), reasons="遗失")


def test_the_holder_asks_and_the_organ_issues_anew_or_ends_it(world: World) -> None:
    item = offered("中介机构从事代理记账业务审批")
    number, officer = granted(world, item), everything(item.organ)
    with pytest.raises(Forbidden):
        commands.request_of_holder(number, by=officer, at=_later(), what=Request.REISSUE, reasons="丢了")
    commands.request_of_holder(number, by=world.citizen, at=_later(), what=Request.REISSUE, reasons="搬家时丢了")
    assert queries.open_requests([number], by=world.citizen)[number].what is Request.REISSUE
    assert number in {row.number for row in queries.inbox(by=officer)}
    commands.reissue_licence(number, by=officer, at=_later(), reasons="遗失")
    commands.request_of_holder(number, by=world.citizen, at=_later(), what=Request.CANCEL, reasons="不做了")
    commands.take_back_request(number, by=world.citizen, at=_later())
    commands.request_of_holder(number, by=world.citizen, at=_later(), what=Request.CANCEL, reasons="不做了")
    commands.refuse_request(number, by=officer, at=_later(), reasons="在查", article="行政许可法第七十条")
    assert queries.open_requests([number], by=world.citizen) == {}
    row, replay = queries.replayed(number)
    assert row == replay
    page = queries.case_page(number, by=officer, on=_later().date())
    kinds = [sent.issued.paper for sent in queries.sent_papers(page)]
    assert [kinds.count(paper) for paper in (Paper.REQUEST, Paper.REQUEST_REFUSED)] == [3, 1]


def test_it_is_taken_back_and_asked_anew_so_often_and_no_more(world: World) -> None:
    number, most = granted(world, offered("中介机构从事代理记账业务审批")), policy(_later().date()).requests_taken_back
    for _ in range(most):
        commands.request_of_holder(number, by=world.citizen, at=_later(), what=Request.CANCEL, reasons="不做了")
        commands.take_back_request(number, by=world.citizen, at=_later())
    with pytest.raises(Refused, match="又撤回"):
        commands.request_of_holder(number, by=world.citizen, at=_later(), what=Request.CANCEL, reasons="不做了")


def _later() -> datetime:
    return AT + timedelta(days=30)
