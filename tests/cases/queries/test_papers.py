"""Each document opens as it was sent, whatever happened since; the list says to whom and whether it was read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pypdfium2
import pytest
from tests.cases.world import AT, World, citizen, register

from onedoor.areas import commands as areas
from onedoor.areas import queries as calendars
from onedoor.areas.rules import PublishedYear
from onedoor.cases import commands, queries
from onedoor.cases.rules.papers import issued
from onedoor.kernel.actor import Act, Representation, system
from onedoor.kernel.errors import NotFound
from onedoor.notices import commands as notices
from onedoor.notices import queries as messages

pytestmark = pytest.mark.django_db


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as opened:
        return re.sub(r"[\s\u200b\ufffe\x02]+", "", "".join(p.get_textpage().get_text_bounded() for p in opened))


@pytest.fixture
def number(world: World) -> str:
    return commands.submit(world.application(), by=world.citizen, at=AT, key="k1").number


def ask(world: World, number: str, words: str, days: int) -> None:
    key = world.item.materials[0].key
    commands.request_supplement(number, by=world.clerk, at=AT + timedelta(days=days), materials={key: words})


def test_nobody_else_opens_a_document_and_unknown_ones_are_not_there(world: World, number: str) -> None:
    assert queries.paper(number, "receipt-1", by=world.citizen).startswith(b"%PDF")
    with pytest.raises(NotFound):
        queries.paper(number, "receipt-1", by=world.stranger)
    for key in ("receipt-2", "acceptance", "../receipt", ""):
        with pytest.raises(NotFound):
            queries.paper(number, key, by=world.citizen)


def test_a_notice_stays_as_it_was_sent_when_the_case_goes_on_and_the_calendar_moves(world: World) -> None:
    late = AT.replace(month=12, day=29)
    number = commands.submit(world.application(), by=world.citizen, at=late, key="k1").number
    commands.accept(number, by=world.clerk, at=late)
    before = queries.paper(number, "acceptance-1", by=world.citizen)
    off = frozenset(date(2027, 1, day) for day in range(1, 15))
    areas.add_year(PublishedYear("000000000000", 2027, "示例通知", off, frozenset()), by=system("tests"), at=late)
    calendars.forget()
    commands.withdraw(number, by=world.citizen, at=late)
    assert queries.paper(number, "acceptance-1", by=world.citizen) == before


def test_what_a_notice_says_is_kept_with_its_fact_and_goes_with_erasure(world: World, number: str) -> None:
    ask(world, number, "图上没有标面积", 1)
    (fact,) = [one for one in issued(queries.case_page(number, by=world.clerk, on=AT.date()).facts) if one.wording]
    assert fact.number == f"{number}-补正-1"
    assert "图上没有标面积" in (fact.wording or "")
    assert f"{number}-补正-1" in text_of(queries.paper(number, "supplement-1", by=world.citizen))
    commands.withdraw(number, by=world.citizen, at=AT + timedelta(days=2))
    commands.erase(number, by=world.guardian, at=AT + timedelta(days=3), reason="保存期限届满")
    row, replay = queries.replayed(number)
    assert row == replay
    assert "老街米线店" not in text_of(queries.paper(number, "supplement-1", by=world.clerk))


def test_silence_sends_its_own_numbered_notice(world: World, number: str) -> None:
    commands.settle_due(at=AT + timedelta(days=10))
    assert f"{number}-受理-1" in text_of(queries.paper(number, "acceptance", by=world.citizen))


def test_the_list_says_to_whom_and_when_it_was_read(world: World, number: str) -> None:
    commands.accept(number, by=world.clerk, at=AT)
    commands.tell(number, ("case_accepted",), at=AT + timedelta(minutes=1))
    page = queries.case_page(number, by=world.citizen, on=AT.date())
    receipt, accepted = queries.sent_papers(page)
    assert (receipt.to, receipt.told_at) == (page.case.applicant_name, None)
    assert accepted.told_at == AT + timedelta(minutes=1)
    assert accepted.read_at is None
    (message,) = messages.inbox(by=world.citizen)
    notices.mark_read([message.id], by=world.citizen, at=AT + timedelta(hours=1))
    assert queries.sent_papers(page)[1].read_at == AT + timedelta(hours=1)


def test_the_agent_stands_on_the_receipt_and_in_the_list(world: World) -> None:
    party = register("王五", sequence=3)
    mandated = Representation(party, "王五", frozenset({Act.SUBMIT, Act.VIEW}), "委托")
    agent = replace(citizen("person:9", "赵六"), represents=(mandated,))
    application = world.application(applicant=party, agent=agent.ref)
    number = commands.submit(application, by=agent, at=AT, key="k1").number
    assert "代理人：赵六" in text_of(queries.paper(number, "receipt", by=agent))
    (line,) = queries.sent_papers(queries.case_page(number, by=agent, on=AT.date()))
    assert line.to == "王五、赵六"


def test_a_preview_bears_no_number(world: World, number: str) -> None:
    from onedoor.cases.rules import lifecycle

    pdf = queries.preview(number, lifecycle.accept, by=world.clerk, at=AT)
    assert "预览，尚未发出" in text_of(pdf)
    assert f"{number}-受理" not in text_of(pdf)
