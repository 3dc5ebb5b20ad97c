"""持证人的申请: one at a time, with a receipt; it ends nothing by itself; the organ does it or refuses in writing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.cases.conftest import Now, fold, published, submitted

from onedoor.cases.rules import events as e
from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules.ending import end_result
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.events import ending as n
from onedoor.cases.rules.papers import Matter, Paper, sends, write
from onedoor.cases.rules.papers.issued import request_name
from onedoor.cases.rules.requesting import issued_anew, not_too_often, open_request, refuse, request, take_back
from onedoor.cases.rules.tasks import REQUEST, tasks
from onedoor.cases.rules.telling import told
from onedoor.cases.rules.values import Case, Ending, Outcome, Request, State
from onedoor.documents import rules as documents
from onedoor.items.rules import ItemVersion
from onedoor.items.rules.codes import ItemKind
from onedoor.kernel.actor import Act
from onedoor.kernel.errors import Invalid, Refused
from onedoor.kernel.workdays import Calendar

DAY, LATER = date(2026, 3, 2), date(2026, 4, 1)


@pytest.fixture(scope="module")
def books() -> ItemVersion:
    return published("中介机构从事代理记账业务审批")


@pytest.fixture
def granted(books: ItemVersion, now: Now) -> Case:
    when = now(DAY, "局长", books)
    case = fold(None, (replace(submitted(books, DAY, {"way": "promise"}), on_promise=True),), now(DAY, "张三", books))
    case = fold(case, law.accept(case, when), when)
    granting = law.decide(case, when, outcome=Outcome.GRANTED, reasons="符合", article="代理记账管理办法")
    case = fold(case, granting, when)
    done = fold(case, (e.Closed(DAY, "530524-1", ("f1", "f2")), e.Delivered(DAY, "electronic")), when)  # type: ignore[arg-type]
    return replace(done, on_promise=False)  # nothing of it is left to check


def test_what_is_asked_for_is_a_task_until_it_is_done(
    granted: Case, books: ItemVersion, now: Now, calendar: Calendar
) -> None:
    when = now(LATER, "张三", books)
    asked = fold(granted, request(granted, when, what=Request.REISSUE, reasons="搬家时丢了", expired=False), when)
    assert [(task.key, task.act) for task in tasks(asked, books, calendar)] == [(REQUEST, Act.DELIVER)]
    with pytest.raises(Refused, match="已经申请过"):
        request(asked, when, what=Request.CANCEL, reasons="不用了", expired=False)
    anew = n.LicenceReissued(on=LATER, old="530524-1", licence="530524-2", file="f3")
    done = fold(asked, (anew,), when)
    assert (open_request(done), done.licence) == (None, "530524-2")
    again = fold(done, request(done, when, what=Request.CANCEL, reasons="不做了", expired=True), when)
    assert [task.act for task in tasks(again, books, calendar)] == [Act.REVOKE]
    assert again.request is not None
    assert again.request.document == f"{again.number}-申请-2"
    with pytest.raises(Refused, match="注销"):
        issued_anew(again)
    ended = end_result(again, now(LATER, "局长", books), ending=Ending.CANCELLED, reasons="申请", article="第七十条")
    assert tasks(fold(again, ended, when), books, calendar) == ()


def test_asking_ends_nothing_and_may_be_taken_back(granted: Case, books: ItemVersion, now: Now) -> None:
    when = now(LATER, "张三", books)
    asked = fold(granted, request(granted, when, what=Request.CANCEL, reasons="不做了", expired=False), when)
    assert asked.ended is None
    free = fold(asked, take_back(asked, when), when)
    assert open_request(free) is None
    with pytest.raises(Refused, match="没有待办的"):
        take_back(free, when)
    with pytest.raises(Refused, match="没有待办的"):
        refuse(free, when, reasons="无", article="第七十条")


def test_what_was_taken_back_so_often_is_asked_for_again_only_after_some_days() -> None:
    taken = [date(2026, 4, 1), date(2026, 4, 11), date(2026, 4, 21)]
    not_too_often(taken[:2], taken[1], most=3, days=30)
    not_too_often(taken, date(2026, 5, 1), most=3, days=30)
    not_too_often([date(2026, 1, 1), *taken[:2]], taken[1], most=3, days=30)
    for on in (taken[2], date(2026, 4, 30)):
        with pytest.raises(Refused, match="2026年5月1日起可以"):
            not_too_often([taken[2], *taken[:2]], on, most=3, days=30)


@pytest.mark.parametrize(
    ("change", "expired"),
    [({"licence": None}, False), ({"state": State.DECIDED}, False), ({"ended": Ending.REVOKED}, False), ({}, True)],
)
def test_only_a_licence_that_is_worth_something_is_issued_anew(
    granted: Case, books: ItemVersion, now: Now, change: dict[str, object], expired: bool
) -> None:
    case = replace(granted, **change)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        request(case, now(LATER, "张三", books), what=Request.REISSUE, reasons="丢了", expired=expired)
    registered = now(LATER, "张三", replace(books, kind=ItemKind.CONFIRMATION))
    with pytest.raises(Refused, match="专门的登记手续"):
        request(granted, registered, what=Request.CANCEL, reasons="离了", expired=False)
    with pytest.raises(Invalid):
        request(granted, now(LATER, "张三", books), what=Request.REISSUE, reasons=" ", expired=False)


def test_a_refusal_says_why_and_both_have_their_paper(
    granted: Case, books: ItemVersion, now: Now, calendar: Calendar
) -> None:
    when = now(LATER, "张三", books)
    (asked,) = request(granted, when, what=Request.CANCEL, reasons="不做了", expired=False)
    case = fold(granted, (asked,), when)
    with pytest.raises(Invalid):
        refuse(case, now(LATER, "局长", books), reasons="", article="")
    (refused,) = refuse(case, now(LATER, "局长", books), reasons="还有在办的检查", article="行政许可法第七十条")
    names = []
    for paper, event in ((Paper.REQUEST, asked), (Paper.REQUEST_REFUSED, refused)):
        fact = Fact(30, when.at, "account:2", "web", event)
        assert sends(fact) == (paper,)
        matter = Matter(
            case=case, item=books, facts=(fact,), answers={}, calendar=calendar, organ_name="县财政局", contact="1",
        )  # fmt: skip
        documents.check(write(paper, matter))
        assert isinstance(event, n.HolderRequested | n.HolderRequestRefused)
        names.append(request_name(event))
    assert names == ["注销申请回执", "不予注销决定书"]
    message = told(n.HolderRequestRefused.kind, fold(case, (refused,), when), None)
    assert message is not None
    assert message.values["what"] == "注销"
