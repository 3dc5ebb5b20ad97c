"""What was sent: each document of a case in the order of its life, with number and day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from onedoor.cases.rules import events as e
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.events import ending as n
from onedoor.cases.rules.events import promises as p
from onedoor.cases.rules.numbering import PAPER_NAMES, Paper, number_of
from onedoor.cases.rules.phases import decision_name
from onedoor.cases.rules.values import REQUEST_NAMES, Ending, Outcome
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.actor import Channel

_GIVEN_BY: dict[Paper, type[e.Event]] = {
    Paper.RECEIPT: e.Submitted,
    Paper.INTAKE: e.Submitted,
    Paper.PROMISE: e.Submitted,
    Paper.SUPPLEMENT: e.SupplementRequested,
    Paper.OVERLOOKED: e.OverlookedAsked,
    Paper.ACCEPTANCE: e.Accepted,
    Paper.TOLERANCE: p.MaterialsTolerated,
    Paper.REFUSAL: e.AcceptanceRefused,
    Paper.SPECIAL: e.SpecialProcedureStarted,
    Paper.EXTENSION: e.Extended,
    Paper.PAYMENT: e.PaymentAsked,
    Paper.HEARING_RIGHT: e.HearingRightTold,
    Paper.HEARING_ANNOUNCEMENT: e.HearingAnnounced,
    Paper.HEARING_NOTICE: e.HearingConvened,
    Paper.HEARING_RECORD: e.HearingRecorded,
    Paper.UPWARD: e.ReportedUpward,
    Paper.DECISION: e.Decided,
    Paper.DELIVERY: e.Delivered,
    Paper.RECTIFY: n.RectificationOrdered,
    Paper.REVOCATION: n.ResultEnded,
    Paper.CANCELLATION: n.ResultEnded,
    Paper.REQUEST: n.HolderRequested,
    Paper.REQUEST_REFUSED: n.HolderRequestRefused,
    Paper.VISIT: e.VisitRecorded,
    Paper.HANDOVER: e.JointDelivered,
}
_GIVEN = {kind: tuple(paper for paper, by in _GIVEN_BY.items() if by is kind) for kind in _GIVEN_BY.values()}

_REFUSALS = {Outcome.NOT_REQUIRED: "不受理通知书", Outcome.NOT_COMPETENT: "不予受理决定书"}


@dataclass(frozen=True, slots=True)
class Issued:
    """One document that was sent. ``ordinal``: which of its kind in this case."""

    paper: Paper
    ordinal: int
    number: str
    fact: Fact

    @property
    def key(self) -> str:
        """Its name in an address: ``supplement-2``."""
        return f"{self.paper}-{self.ordinal}"

    def name(self, item: ItemVersion) -> str:
        """Its name in words, as it stands on its face. ``item``: of its case."""
        event = self.fact.event
        if isinstance(event, e.Decided):
            return decision_name(item, event.outcome)
        if isinstance(event, n.HolderRequested | n.HolderRequestRefused):
            return request_name(event)
        return _REFUSALS[event.outcome] if isinstance(event, e.AcceptanceRefused) else PAPER_NAMES[self.paper]

    @property
    def dated(self) -> date:
        """The day that it bears."""
        event = self.fact.event
        day: date = event.received if isinstance(event, e.Submitted) else event.on  # type: ignore[attr-defined]
        return day

    @property
    def wording(self) -> str | None:
        """What it says, as it was sent; None for a receipt, and once erased."""
        found: str | None = getattr(self.fact.event, "wording", None)
        return found


def request_name(event: n.HolderRequested | n.HolderRequestRefused) -> str:
    """What the paper of a holder's request is called: 补发申请回执, 不予注销决定书."""
    what = REQUEST_NAMES[event.what]
    return f"{what}申请回执" if isinstance(event, n.HolderRequested) else f"不予{what}决定书"


def sends(fact: Fact) -> tuple[Paper, ...]:
    """The documents that a fact gives rise to. A 收件凭证 is given where a clerk took the application in, a 承诺书
    where something was promised.
    """
    return tuple(paper for paper in _GIVEN.get(type(fact.event), ()) if _fits(paper, fact))


def _fits(paper: Paper, fact: Fact) -> bool:
    event = fact.event
    if isinstance(event, e.Submitted):
        promised = (bool(event.promised) and not event.joint) or event.on_promise  # of materials once, with the whole
        return {Paper.INTAKE: fact.channel == Channel.WINDOW, Paper.PROMISE: promised}.get(paper, True)
    if isinstance(event, n.ResultEnded):
        return (paper is Paper.REVOCATION) == (event.ending is Ending.REVOKED)
    return True


def issued(facts: tuple[Fact, ...]) -> tuple[Issued, ...]:
    """Every document that these facts have given rise to, the earliest first, under the number it was sent with."""
    case = next((fact.event.number for fact in facts if isinstance(fact.event, e.Submitted)), "")
    counted: Counter[Paper] = Counter()
    found = []
    for fact in facts:
        for paper in sends(fact):
            counted[paper] += 1
            number = getattr(fact.event, "document", "") or number_of(case, paper, counted[paper])
            found.append(Issued(paper, counted[paper], number, fact))
    return tuple(found)


def given(facts: tuple[Fact, ...]) -> tuple[Paper, ...]:
    """The kinds of documents that these facts have given rise to, in the order of a case's life."""
    kinds = {paper for fact in facts for paper in sends(fact)}
    return tuple(paper for paper in Paper if paper in kinds)
