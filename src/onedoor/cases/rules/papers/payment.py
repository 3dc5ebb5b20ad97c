"""缴费通知书: what is to be paid, for what, by which published standard, until when and where."""

from __future__ import annotations

from collections.abc import Iterator

from onedoor.cases.rules.events.payment import PaymentAsked
from onedoor.cases.rules.numbering import Paper
from onedoor.cases.rules.papers.citing import in_words
from onedoor.cases.rules.papers.issued import Issued
from onedoor.cases.rules.papers.writing import Matter, as_kind, head_of
from onedoor.documents import rules as documents
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.law import law


@law("行政许可法", 59)
def _notice(matter: Matter, one: Issued) -> documents.Document:
    event = as_kind(PaymentAsked, one.fact)
    limit = matter.item.plan.step(event.step).limit
    return documents.PaymentNotice(
        head=head_of(matter, one),
        lines=tuple(_lines(event)),
        total=documents.amount(event.cents),
        deadline=documents.Deadline(
            limit=str(limit),
            start="本通知书发出之日",
            article=(in_words(limit.basis) if limit.article else limit.basis) if limit else "",
            due=event.until,
        ),
        window=where_to_pay(matter.item),
    )


def _lines(event: PaymentAsked) -> Iterator[documents.FeeLine]:
    for charge in event.charges:
        reckoned = f"。计算：{event.computation}" if charge.tariff and event.computation else ""
        yield documents.FeeLine(
            name=charge.name,
            standard=f"{charge.standard}{reckoned}",
            basis=charge.basis,
            amount=documents.yuan(charge.cents),
            reduction=charge.reducible,
        )
    if event.relief:
        less = sum(charge.cents for charge in event.charges) - event.cents
        amount = f"减{documents.yuan(less)}"
        yield documents.FeeLine(name="减免", standard="经本机关负责人批准", basis=event.relief, amount=amount)


def where_to_pay(item: ItemVersion) -> str:
    """The window that takes it, with its address and hours."""
    for place in item.places[:1]:
        known = "，".join(filter(None, (place.address, place.hours, place.phone and f"电话 {place.phone}")))
        return f"{place.name}{place.window}（{known}）"
    return "受理窗口"


WRITERS = {Paper.PAYMENT: _notice}
