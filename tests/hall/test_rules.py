"""Numbers, cards and papers of the hall. No database."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases.conftest import published, submitted

from onedoor.cases.rules import fold as cases
from onedoor.hall import rules
from onedoor.hall.rules import Card, Fact, Identity, as_typed, events, papers
from onedoor.hall.rules.values import Taken
from onedoor.items.rules import Fee, Reduction
from onedoor.items.rules.facts import DueFee
from onedoor.kernel.codes import make_id_number
from onedoor.kernel.errors import Refused
from onedoor.kernel.expr import Value
from onedoor.kernel.expr.nodes import Literal

DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
NUMBER = make_id_number("530524", date(1980, 3, 1), 1)
WRONG = NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")
OPENED = events.VisitOpened(1, "SJ1", "t", "530524", "3", "person:1", "person:1", True, Identity.READER, "李晓燕")


@pytest.mark.parametrize(
    ("card", "told"),
    [
        (Card(WRONG, "张三"), "读出的号码不对"),
        (Card(NUMBER, "  "), "没有读出姓名"),
        (Card(NUMBER, "张三", valid_to=date(2026, 3, 1)), "有效期到2026年3月1日"),
    ],
)
def test_a_card_that_cannot_be_right_is_not_believed(card: Card, told: str) -> None:
    with pytest.raises(Refused, match=told):
        rules.check_card(card, on=DAY)


def test_a_card_is_good_on_its_last_day_and_without_end() -> None:
    rules.check_card(Card(NUMBER, "张三", valid_to=DAY), on=DAY)
    rules.check_card(Card(NUMBER, "张三"), on=DAY)


@given(st.integers(1, 999_999))
def test_a_receipt_number_is_read_back_from_its_address(sequence: int) -> None:
    number = rules.receipt_number("530524", DAY, sequence)
    assert rules.why_not_receipt_number(number) == ""
    assert as_typed(f"http://localhost:8000/track/?receipt={number}") == number
    assert as_typed(f" {number[:8]} {number[8:].lower()} ") == number


def test_a_mistyped_receipt_number_is_told() -> None:
    number = rules.receipt_number("530524", DAY, 7)
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    assert "校验不通过" in rules.why_not_receipt_number(wrong)
    assert "SJ开头" in rules.why_not_receipt_number(number[2:])


def test_events_come_back_as_they_went() -> None:
    fixed = events.CorrectedOnTheSpot("C1", "", "申请表", "改电话")
    for event in (OPENED, fixed, events.OriginalsReturned("C1", ("a",)), events.VisitClosed()):
        body, personal = rules.to_body(event)
        assert rules.from_body(event.kind, body, personal) == event
    body, personal = rules.to_body(fixed)
    assert personal == {"what": "改电话"}
    assert rules.from_body(fixed.kind, body, {}) == events.CorrectedOnTheSpot("C1", "", "申请表", None)


def test_a_visit_begins_with_its_opening_and_only_once() -> None:
    assert rules.fold(()) is None
    with pytest.raises(ValueError, match="begins"):
        rules.fold([Fact(1, AT, "account:1", events.VisitClosed())])
    with pytest.raises(ValueError, match="twice"):
        rules.fold([Fact(1, AT, "account:1", OPENED), Fact(2, AT, "account:1", OPENED)])


CARD = "居民身份证申领、换领、补领"
HOUSE = "不动产登记（国有建设用地使用权及房屋所有权转移登记）"  # is paid for in the course of the review


@pytest.mark.parametrize(
    ("name", "facts", "amount"),
    [
        (CARD, {"reason": "expired", "hardship": "yes"}, None),
        (CARD, {"reason": "expired", "hardship": "no"}, "20元"),
        (HOUSE, {"use": "home"}, None),
    ],
)
def test_the_notice_of_fees_follows_the_situation_and_who_owes_nothing_or_not_yet_gets_none(
    name: str, facts: dict[str, Value], amount: str | None
) -> None:
    item = published(name)
    case = cases.apply(None, cases.Fact(1, AT, "person:1", "web", submitted(item, DAY, dict(facts))))
    line = papers.Line(Taken("1", item.name, "k", ()), case, item, None, facts)
    told = papers.Voucher(
        visit=rules.fold([Fact(1, AT, "account:1", OPENED)]), lines=(line,), hall="政务服务中心", contact="0875-1",
        applicant="张三", stands="张三", address="", demo=True,
    )  # fmt: skip
    notice = papers.fees(told, line, day=DAY)
    assert (notice and notice.lines[0].amount) == amount


def test_what_a_reduction_leaves_is_written_with_its_basis() -> None:
    fee = Fee("登记费", "每件 80 元", "发改价格规〔2016〕2559号", 8000, reducible=True)
    half = Reduction(Literal(True), "减半收取", "财税〔2016〕79号", 4000)
    (line,) = papers.fee_lines([DueFee(fee, half)])
    assert (line.amount, line.reduction) == ("40元", "")
    assert "减半收取" in line.standard
    assert "减免依据：财税〔2016〕79号" in line.basis
