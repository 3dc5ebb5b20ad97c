"""What each document of a case says, on plain values: whose, of when, resting on which law."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.cases.conftest import Now, fold, published, submitted

from onedoor.cases.rules import events as e
from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.overlooked import ask
from onedoor.cases.rules.papers import Matter, Paper, given, issued, sends, write
from onedoor.cases.rules.values import AcceptedBy, Case, Delivery, Outcome
from onedoor.cases.rules.values.hearing import Hearing, Meeting
from onedoor.documents import rules as documents
from onedoor.items.rules import ItemVersion
from onedoor.kernel.actor import Act, Grant
from onedoor.kernel.workdays import Calendar

DAY = date(2026, 3, 3)


def told(case: Case, event: e.Event, now: Now, *, channel: str = "web") -> tuple[Fact, ...]:
    first = Fact(1, now(case.received).at, "account:张三", channel, submitted(now(DAY).item, case.received, {}))
    return first, Fact(2, now(DAY).at, "account:收件员", "web", event)


@pytest.fixture
def matter(case: Case, food: ItemVersion, calendar: Calendar, now: Now) -> Matter:
    (accepted,) = law.accept(case, now(DAY, "收件员"))
    return Matter(
        case=fold(case, (accepted,), now(DAY, "收件员")),
        item=food,
        facts=told(case, accepted, now),
        answers={},
        calendar=calendar,
        organ_name=food.organ_name,
        contact="0875-0000000",
        hall="昌宁县政务服务管理局",
    )


def after(matter: Matter, events: tuple[e.Event, ...], now: Now) -> Matter:
    (event, *_rest) = events
    return replace(matter, case=fold(matter.case, (event,), now(DAY)), facts=told(matter.case, event, now))


def test_a_document_is_named_by_kind_and_number_in_the_order_of_the_story(matter: Matter) -> None:
    sent = issued(matter.facts)
    assert [one.key for one in sent] == ["receipt-1", "acceptance-1"]
    assert [one.number.rpartition("-")[0][-2:] for one in sent] == ["回执", "受理"]
    assert [one.dated for one in sent] == [date(2026, 3, 2), DAY]
    assert given(matter.facts) == (Paper.RECEIPT, Paper.ACCEPTANCE)


def test_only_a_clerk_gives_an_intake_receipt(case: Case, now: Now) -> None:
    web, window = (told(case, e.Rated(DAY, 5), now, channel=channel)[0] for channel in ("web", "window"))
    assert (sends(web), sends(window)) == ((Paper.RECEIPT,), (Paper.RECEIPT, Paper.INTAKE))


def test_an_acceptance_rests_on_the_permit_law_and_names_the_laws_limit_and_the_promise(matter: Matter) -> None:
    notice = write(Paper.ACCEPTANCE, matter)
    assert isinstance(notice, documents.AcceptanceNotice)
    assert notice.basis == ("《中华人民共和国行政许可法》第三十二条第一款第五项",)
    assert notice.legal is not None
    assert notice.deadline.due <= notice.legal.due
    documents.check(notice)


def test_silence_is_written_down_under_its_own_article(matter: Matter, case: Case, now: Now) -> None:
    deemed = e.Accepted(how=AcceptedBy.SILENCE, effective=case.received, on=DAY, document="1-受理-1")
    notice = write(Paper.ACCEPTANCE, after(replace(matter, case=case), (deemed,), now))
    assert isinstance(notice, documents.AcceptanceNotice)
    assert (notice.deemed, notice.accepted_on) == (True, case.received)
    assert notice.basis == ("《中华人民共和国行政许可法》第三十二条第一款第四项",)


def test_what_is_no_permit_rests_on_its_own_law(matter: Matter) -> None:
    aid = published("最低生活保障对象认定和给付")
    notice = write(Paper.ACCEPTANCE, replace(matter, item=aid))
    assert isinstance(notice, documents.AcceptanceNotice)
    assert not notice.permit
    assert "行政许可法" not in "".join(notice.basis)
    assert notice.basis == (f"《{aid.basis[0].law}》等有关规定",)


def test_what_costs_something_is_not_called_free(matter: Matter, food: ItemVersion) -> None:
    from onedoor.items.rules.values import Fee

    costly = replace(food, fees=(Fee("登记费", "80 元/件", "发改价格"),))
    free, paid = (write(Paper.ACCEPTANCE, replace(matter, item=item)) for item in (replace(food, fees=()), costly))
    assert isinstance(free, documents.AcceptanceNotice)
    assert isinstance(paid, documents.AcceptanceNotice)
    assert (free.fee, "缴费通知" in paid.fee) == ("不收费", True)


@pytest.mark.parametrize(
    ("station", "printed"), [("", "代理人：李四"), ("耈街乡便民服务中心", "代办人：李四，耈街乡便民服务中心")]
)
def test_whoever_applied_for_the_applicant_is_named_beside_them(matter: Matter, station: str, printed: str) -> None:
    case = replace(matter.case, agent="account:9", agent_station=station)
    named = write(Paper.ACCEPTANCE, replace(matter, case=case, agent_name="李四"))
    alone = write(Paper.ACCEPTANCE, matter)
    assert isinstance(named, documents.AcceptanceNotice)
    assert isinstance(alone, documents.AcceptanceNotice)
    assert (named.head.agent, alone.head.agent) == (printed, "")
    assert named.head.addressee == "张三"


def test_the_one_time_notice_prints_every_line_the_note_and_where_to_bring_it(
    matter: Matter, case: Case, now: Now
) -> None:
    faults = {"layout": "没有标面积\n没有签名", "form": "住所没有填"}
    asked = law.request_supplement(case, now(DAY), materials=faults, note="带原件")
    notice = write(Paper.SUPPLEMENT, after(replace(matter, case=case), asked, now))
    assert isinstance(notice, documents.SupplementNotice)
    assert [defect.fault for defect in notice.defects] == ["没有标面积", "没有签名", "住所没有填"]
    assert notice.defects[-1].material == "申请表"
    assert notice.note == "带原件"
    assert matter.item.places[0].address in notice.how


def test_what_was_overlooked_is_asked_for_under_a_number_of_its_own_by_whoever_allowed_it(
    matter: Matter, case: Case, now: Now
) -> None:
    own = Grant("post:1", frozenset({Act.VIEW, Act.NOTIFY, Act.OVERSEE}), case.organ, "530524")
    head = replace(now(DAY, "局长"), by=replace(now(DAY, "局长").by, grants=(own,)))
    running = matter.case
    for ordinal, key in enumerate(("layout", "rules"), 1):
        asked = ask(running, head, materials={key: "没有写消毒\n没有签名"}, reason="初审漏看第三页")
        told = after(replace(matter, case=running), asked, now)
        notice, running = write(Paper.OVERLOOKED, told), told.case
        assert isinstance(notice, documents.OverlookedNotice)
        assert notice.head.number == f"{case.number}-追加请求-{ordinal}"
        assert [one.fault for one in notice.wanted] == ["没有写消毒", "没有签名"]
        assert (notice.reason, notice.allowed_by) == ("初审漏看第三页", "局长")
        assert (notice.basis, matter.item.places[0].address in notice.how) == (
            ("《行政许可法》第三十二条第一款第四项",),
            True,
        )
        documents.check(notice)


def test_a_delivery_lists_what_was_handed_over_by_number(matter: Matter, now: Now) -> None:
    decided = e.Decided("decide", Outcome.GRANTED, DAY, "《食品安全法》第三十五条", document="1-决定-1")
    closed = fold(matter.case, (decided, e.Closed(DAY, licence="JY1")), now(DAY))
    on_paper = replace(closed, electronic_service=False)
    events = law.deliver(on_paper, now(DAY, "收件员"), method=Delivery.WINDOW, receiver="张三")
    receipt = write(Paper.DELIVERY, after(replace(matter, case=on_paper), events, now))
    assert isinstance(receipt, documents.DeliveryReceipt)
    assert receipt.documents == ("准予行政许可决定书（1-决定-1）", f"{matter.item.result.name}（JY1）")
    assert (receipt.received_by, receipt.relation, receipt.delivered_by) == ("张三", "本人", ("收件员",))
    documents.check(receipt)


@pytest.mark.parametrize(("outcome", "where"), [(Outcome.GRANTED, "content"), (Outcome.DENIED, "facts")])
def test_duties_that_fell_to_one_person_are_printed_in_the_decision(
    matter: Matter, now: Now, outcome: Outcome, where: str
) -> None:
    decided = e.Decided(step="decide", outcome=outcome, on=DAY, article="第三十八条", document="1", reasons="齐全")
    assert "一人兼任" not in getattr(write(Paper.DECISION, after(matter, (decided,), now)), where)
    alone = replace(decided, merged_duties=True)
    assert "一人兼任" in getattr(write(Paper.DECISION, after(matter, (alone,), now)), where)
    meeting = Meeting(now(DAY).at, "县政务大厅", "account:收件员", "收件员")
    for presider, printed in (("account:收件员", True), ("account:局长", False)):
        heard = replace(matter.case, hearing=Hearing(meeting=replace(meeting, presider=presider)))
        made = write(Paper.DECISION, after(replace(matter, case=heard), (decided,), now))
        assert ("一人兼任" in getattr(made, where)) == printed
