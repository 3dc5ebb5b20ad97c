"""限期整改通知书, 撤销决定书, 注销决定书: what was found, by which article; and the papers of a holder's request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from onedoor.cases.rules.events import ending as n
from onedoor.cases.rules.numbering import PAPER_NAMES, Paper
from onedoor.cases.rules.papers.citing import in_words
from onedoor.cases.rules.papers.issued import Issued, request_name
from onedoor.cases.rules.papers.noting import ERASED
from onedoor.cases.rules.papers.writing import Matter, as_kind, head_of, remedies_of
from onedoor.cases.rules.values import REQUEST_NAMES
from onedoor.documents import rules as documents
from onedoor.kernel.law import law


def _rectify(matter: Matter, one: Issued) -> documents.Document:
    event, decision = as_kind(n.RectificationOrdered, one.fact), matter.case.decision
    return documents.RectificationNotice(
        head=head_of(matter, one),
        decided_on=decision.on if decision else event.on,
        finding=event.finding or ERASED,
        until=event.until,
        basis=(in_words(event.basis),),
    )


@law("行政许可法", 69, 70)
def _ended(matter: Matter, one: Issued) -> documents.Document:
    event, decision = as_kind(n.ResultEnded, one.fact), matter.case.decision
    granted = f"（{decision.document}）" if decision else ""
    licence = f"，{matter.item.result.name}（{event.licence}）同时作废" if event.licence else ""
    return documents.EndingDecision(
        head=head_of(matter, one),
        title=PAPER_NAMES[one.paper],
        content=f"{PAPER_NAMES[one.paper][:2]}准予“{matter.case.item_name}”的决定{granted}{licence}。",
        reasons=(event.reasons or ERASED,),
        basis=(in_words(event.article),),
        remedies=remedies_of(matter.item),
    )


def _request(matter: Matter, one: Issued) -> documents.Document:
    event, head = as_kind(n.HolderRequested, one.fact), head_of(matter, one)
    return documents.ApplicationReceipt(
        head=replace(head, item=f"{REQUEST_NAMES[event.what]}{matter.item.result.name}"),
        received_at=one.fact.at,
        channel="网上",
        materials=(),
    )


def _request_refused(matter: Matter, one: Issued) -> documents.Document:
    event = as_kind(n.HolderRequestRefused, one.fact)
    return documents.EndingDecision(
        head=head_of(matter, one),
        title=request_name(event),
        content=f"不予{REQUEST_NAMES[event.what]}{matter.item.result.name}（{matter.case.licence}）。",
        reasons=(event.reasons or ERASED,),
        basis=(in_words(event.article),),
        remedies=remedies_of(matter.item),
    )


WRITERS: dict[Paper, Callable[[Matter, Issued], documents.Document]] = {
    Paper.RECTIFY: _rectify,
    Paper.REVOCATION: _ended,
    Paper.CANCELLATION: _ended,
    Paper.REQUEST: _request,
    Paper.REQUEST_REFUSED: _request_refused,
}
