"""After a grant: a promise is checked in time, put right or revoked; nothing ends twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.cases.conftest import Now, fold, published, submitted

from onedoor.cases.rules import events as e
from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules.ending import check_promise, checked_by, end_result, may_reissue
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.events import ending as n
from onedoor.cases.rules.papers import Matter, Paper, sends, write
from onedoor.cases.rules.tasks import CHECK, chosen_promise, tasks
from onedoor.cases.rules.telling import told
from onedoor.cases.rules.values import Case, Ending, Outcome, State
from onedoor.documents import rules as documents
from onedoor.items.rules import ItemVersion
from onedoor.kernel.errors import Invalid, Refused
from onedoor.kernel.workdays import Calendar

DAY, LATER, AGAIN = date(2026, 3, 2), date(2026, 4, 1), date(2026, 4, 16)
TWO = ("甲", "乙")


@pytest.fixture(scope="module")
def books() -> ItemVersion:
    return published("中介机构从事代理记账业务审批")


@pytest.fixture
def granted(books: ItemVersion, now: Now) -> Case:
    """Granted on promise on the day it came, closed with its licence."""
    when = now(DAY, "局长", books)
    case = fold(None, (replace(submitted(books, DAY, {"way": "promise"}), on_promise=True),), now(DAY, "张三", books))
    case = fold(case, law.accept(case, when), when)
    granting = law.decide(case, when, outcome=Outcome.GRANTED, reasons="符合", article="代理记账管理办法")
    case = fold(case, granting, when)
    return fold(case, (e.Closed(DAY, "530524-1", ("f1", "f2")), e.Delivered(DAY, "electronic")), when)  # type: ignore[arg-type]


def test_the_answers_choose_the_way_and_the_promise_is_kept_on_the_spot(books: ItemVersion) -> None:
    assert chosen_promise(books, {"way": "promise"})
    assert not chosen_promise(books, {"way": "normal"})
    assert not chosen_promise(replace(books, promise=replace(books.promise, offered=False)), {"way": "promise"})


def test_after_the_grant_the_check_is_a_task_of_the_organ_until_it_is_done(
    granted: Case, books: ItemVersion, now: Now, calendar: Calendar
) -> None:
    assert checked_by(granted, books, calendar) == date(2026, 5, 6)  # two months end on a day off
    assert [(task.key, task.due) for task in tasks(granted, books, calendar)] == [(CHECK, date(2026, 5, 6))]
    assert tasks(replace(granted, on_promise=False), books, calendar) == ()
    when = now(LATER, "审查员", books)
    held = fold(granted, check_promise(granted, when, held=True, finding="三名专职人员在岗", officers=TWO), when)
    assert tasks(held, books, calendar) == ()
    with pytest.raises(Refused, match="没有待核查"):
        check_promise(held, when, held=True, finding="再查", officers=TWO)


def test_what_is_not_as_promised_is_put_right_in_time_and_checked_again(
    granted: Case, books: ItemVersion, now: Now, calendar: Calendar
) -> None:
    when = now(LATER, "审查员", books)
    with pytest.raises(Invalid, match="2 名以上"):
        check_promise(granted, when, held=False, finding="只有一名", officers=("甲", "甲"))
    events = check_promise(granted, when, held=False, finding="只有一名专职人员", officers=TWO)
    ordered = fold(granted, events, when)
    assert ordered.check is not None
    assert ordered.check.until == AGAIN
    assert [task.name for task in tasks(ordered, books, calendar)] == ["整改复查"]
    message = told(n.RectificationOrdered.kind, ordered, None)
    assert message is not None
    assert message.values["due"] == "2026年4月16日"
    failed = fold(ordered, check_promise(ordered, when, held=False, finding="仍是一名", officers=TWO), when)
    assert tasks(failed, books, calendar) == ()
    gone = fold(failed, _revoked(failed, books, now), when)
    assert gone.ended is Ending.REVOKED


def _revoked(case: Case, books: ItemVersion, now: Now) -> tuple[e.Event, ...]:
    when = now(AGAIN, "局长", books)
    return end_result(case, when, ending=Ending.REVOKED, reasons="逾期不改", article="行政许可法第六十九条")


def test_only_what_was_granted_and_closed_ends_and_only_once(granted: Case, books: ItemVersion, now: Now) -> None:
    ended = fold(granted, _revoked(granted, books, now), now(AGAIN, "局长", books))
    for case in (ended, replace(granted, state=State.DECIDED), replace(granted, outcome=Outcome.DENIED)):
        with pytest.raises(Refused):
            _revoked(case, books, now)
    with pytest.raises(Invalid):
        end_result(granted, now(AGAIN), ending=Ending.CANCELLED, reasons=" ", article="")
    with pytest.raises(Refused, match="不能补发"):
        may_reissue(ended)
    with pytest.raises(Refused, match="没有颁发证照"):
        may_reissue(replace(granted, licence=None))
    may_reissue(granted)


def test_each_act_has_its_document(granted: Case, books: ItemVersion, now: Now, calendar: Calendar) -> None:
    when = now(LATER, "审查员", books)
    events = check_promise(granted, when, held=False, finding="只有一名专职人员", officers=TWO)
    facts = tuple(Fact(seq, when.at, "account:1", "web", event) for seq, event in enumerate(events, 20))
    assert [sends(fact) for fact in facts] == [(), (Paper.RECTIFY,)]
    order = write(Paper.RECTIFY, _matter(fold(granted, events, when), facts, books, calendar))
    documents.check(order)
    (ended,) = _revoked(granted, books, now)
    fact = Fact(30, when.at, "account:2", "web", ended)
    assert sends(fact) == (Paper.REVOCATION,)
    decision = write(Paper.REVOCATION, _matter(fold(granted, (ended,), when), (fact,), books, calendar))
    assert isinstance(decision, documents.EndingDecision)
    documents.check(decision)
    assert "530524-1" in decision.content
    assert sends(replace(fact, event=replace(ended, ending=Ending.CANCELLED))) == (Paper.CANCELLATION,)  # type: ignore[arg-type]


def _matter(case: Case, facts: tuple[Fact, ...], item: ItemVersion, calendar: Calendar) -> Matter:
    return Matter(
        case=case, item=item, facts=facts, answers={}, calendar=calendar, organ_name=item.organ_name, contact="0875-1",
    )  # fmt: skip
