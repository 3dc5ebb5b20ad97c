"""Every document of every item names the law it rests on in a whole sentence: nothing invented, nothing left open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from tests.cases.conftest import Now, catalogue, submitted

from onedoor.cases.rules import events as e
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.fold import replay
from onedoor.cases.rules.papers import Matter, Paper, cited, write
from onedoor.cases.rules.papers.citing import in_words
from onedoor.cases.rules.values import AcceptedBy, Delivery, Outcome
from onedoor.documents import rules as documents
from onedoor.items.rules.values import Basis, ItemVersion
from onedoor.kernel.clock import Approver, Unit
from onedoor.kernel.workdays import Calendar

DAY, LATER = date(2026, 3, 3), date(2026, 3, 12)
WHOLE_SENTENCE = re.compile(r"《[^《》]+》.*(第.+[条款项附]|有关规定)|本机关服务承诺")
HOLES = re.compile(r"《》|（）|None|依据，|^，|，$")


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("《残疾预防和残疾人康复条例》", "《残疾预防和残疾人康复条例》的有关规定"),
        ("中华人民共和国食品安全法", "《中华人民共和国食品安全法》的有关规定"),
        ("食品安全法第三十五条", "《食品安全法》第三十五条"),
        ("《食品安全法》第三十五条", "《食品安全法》第三十五条"),
        ("昌宁县第十二次常务会议纪要", "昌宁县第十二次常务会议纪要"),
    ],
)
def test_a_law_named_without_its_article_is_cited_as_a_whole(written: str, printed: str) -> None:
    assert in_words(written) == printed


def test_an_article_that_the_item_names_is_cited_with_it() -> None:
    assert cited(Basis(law="社会救助暂行办法", article="第四十七条")) == "《社会救助暂行办法》第四十七条"
    assert cited(Basis(law="殡葬管理条例")) == "《殡葬管理条例》的有关规定"


def test_no_document_of_any_item_leaves_a_law_or_a_sentence_open(now: Now, calendar: Calendar) -> None:
    faults = []
    for item in catalogue():
        for paper, matter in matters(item, now, calendar):
            made = write(paper, matter)
            documents.check(made)
            data = documents.to_data(made)
            faults += [f"{item.name} {paper}: {text}" for text in documents.strings(data) if HOLES.search(text)]
            bases = (*getattr(made, "basis", ()), *promised_laws(made))
            faults += [f"{item.name} {paper} 依据：{text}" for text in bases if not WHOLE_SENTENCE.fullmatch(text)]
    assert faults == []


def promised_laws(made: documents.Document) -> Iterator[str]:
    """The law that a receipt promises an answer by; a notice of acceptance may rest on a promise of the organ alone."""
    if isinstance(made, documents.ApplicationReceipt) and made.answer:
        yield made.answer.article


def matters(item: ItemVersion, now: Now, calendar: Calendar) -> Iterator[tuple[Paper, Matter]]:
    """A case of this item in each state that sends a document."""
    first = submitted(item, date(2026, 3, 2), {})
    accepted = e.Accepted(how=AcceptedBy.OFFICER, effective=DAY, on=DAY)
    step = next(step.key for step in item.plan.steps if step.decides)
    law = cited(item.basis[0])
    granted = e.Decided(step=step, outcome=Outcome.GRANTED, on=LATER, article=law, document="1-决定-1", reasons="符合")
    denied = e.Decided(step=step, outcome=Outcome.DENIED, on=LATER, article=law, document="1-决定-1", reasons="不符合")
    stories: list[tuple[Paper, tuple[e.Event, ...]]] = [
        (Paper.RECEIPT, ()),
        (Paper.INTAKE, ()),
        (Paper.SUPPLEMENT, (e.SupplementRequested(DAY, {"form": "电话少一位"}, 1),)),
        (Paper.ACCEPTANCE, (accepted,)),
        (Paper.ACCEPTANCE, (e.Accepted(how=AcceptedBy.SILENCE, effective=DAY, on=DAY),)),
        (Paper.REFUSAL, (e.AcceptanceRefused(DAY, Outcome.NOT_REQUIRED, "", reason="依法不需要"),)),
        (Paper.REFUSAL, (e.AcceptanceRefused(DAY, Outcome.NOT_COMPETENT, "隆阳区市场监督管理局", reason="不归本县"),)),
        (Paper.DECISION, (accepted, granted)),
        (Paper.DECISION, (accepted, denied)),
        (Paper.DELIVERY, (accepted, granted, e.Closed(LATER), e.Delivered(LATER, Delivery.WINDOW, "张三"))),
    ]
    for allowed in item.clock.grounds:
        stop = e.SpecialProcedureStarted(allowed.ground, DAY, LATER, allowed.article, reason="依法需要")
        stories.append((Paper.SPECIAL, (accepted, stop)))
    if more := item.clock.extension:
        longer = e.Extended(DAY, more.number, Unit.WORKDAY, Approver.ORGAN_HEAD, more.article, reason="情况复杂")
        stories.append((Paper.EXTENSION, (accepted, longer)))
    for paper, events in stories:
        channel = "window" if paper is Paper.INTAKE else "web"
        told = tuple(
            Fact(seq, now(DAY).at, "account:某", channel, event) for seq, event in enumerate((first, *events), 1)
        )
        yield paper, Matter(
            case=replay(told), item=item, facts=told, answers={}, calendar=calendar, organ_name=item.organ_name,
            contact=item.contacts.enquiry, hall="昌宁县政务服务管理局",
        )  # fmt: skip
