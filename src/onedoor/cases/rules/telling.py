"""What an applicant is told of an event: which message, filled with which words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from onedoor.cases.rules import events as e
from onedoor.cases.rules.events import ending as n
from onedoor.cases.rules.events import overlooked as o
from onedoor.cases.rules.events import promises as p
from onedoor.cases.rules.events import upward as u
from onedoor.cases.rules.paying import asked_of
from onedoor.cases.rules.values import REQUEST_NAMES, Case, Outcome
from onedoor.documents.rules import chinese_date, chinese_moment, yuan
from onedoor.kernel.clock import GROUND_NAMES
from onedoor.kernel.workdays import Due


@dataclass(frozen=True, slots=True)
class Told:
    """One message: its template and the words for its slots."""

    template: str
    values: dict[str, str]


def told(kind: str, case: Case, end: Due | None) -> Told | None:
    """The message for an event of this kind; None where the applicant did it or need not know."""
    about = {"item": case.item_name, "case": case.number}
    if kind == e.Decided.kind:
        return Told(_decided(case), about)
    if kind in _PLAIN:
        return Told(_PLAIN[kind], about)
    if kind in _DATED:
        dated = about | {"due": chinese_date(end.date) if end else "法定期限届满"}
        return _accepted(case, dated) if kind == e.Accepted.kind else Told(_DATED[kind], dated)
    worded = _WORDED.get(kind)
    return worded(case, about) if worded else None


def _decided(case: Case) -> str:
    if case.decision and case.decision.deemed:
        return "renewed_by_silence"
    return "granted" if case.outcome is Outcome.GRANTED else "denied"


def _accepted(case: Case, dated: dict[str, str]) -> Told:
    """受理 by an officer, or 视为受理: then since when, and that it was the law that accepted."""
    if case.accepted is None or case.accepted_by is None or not case.accepted_by.deemed:
        return Told("accepted", dated)
    return Told("accepted_by_silence", dated | {"since": chinese_date(case.accepted)})


def _overlooked(case: Case, about: dict[str, str]) -> Told | None:
    count = sum(1 for one in case.overlooked.values() if not one.declined)
    return Told("overlooked", about | {"count": str(count)}) if count else None


def _supplement(case: Case, about: dict[str, str]) -> Told | None:
    if case.supplement is None:
        return None
    return Told("supplement", about | {"count": str(len(case.supplement.materials))})


def _suspended(case: Case, about: dict[str, str]) -> Told | None:
    if not case.exclusions:
        return None
    stop = case.exclusions[-1]
    words = {"procedure": GROUND_NAMES[stop.ground], "until": chinese_date(stop.notified_end)}
    return Told("suspended", about | words)


def _visit(case: Case, about: dict[str, str]) -> Told | None:
    if case.visit is None:
        return None
    when = {"when": chinese_moment(case.visit.meets), "count": str(len(case.visit.members))}
    return Told("visit_called", about | when)


def _tolerated(case: Case, about: dict[str, str]) -> Told | None:
    if not case.owed:
        return None
    return Told("tolerated", about | {"count": str(len(case.owed)), "due": chinese_date(min(case.owed.values()))})


def _lapsed(case: Case, about: dict[str, str]) -> Told | None:
    return Told("owed_late" if case.open else "owed_withdrawn", about)


def _rectify(case: Case, about: dict[str, str]) -> Told | None:
    day = case.check.until if case.check else None
    return Told("rectify", about | {"due": chinese_date(day)}) if day else None


def _of_request(template: str, case: Case, about: dict[str, str]) -> Told | None:
    return Told(template, about | {"what": REQUEST_NAMES[case.request.what]}) if case.request else None


def _reported(case: Case, about: dict[str, str]) -> Told | None:
    return Told("reported_upward", about | {"organ": case.above.organ}) if case.above else None


def _returned(case: Case, about: dict[str, str]) -> Told | None:
    return Told("upper_returned", about | {"organ": case.returned[-1].organ}) if case.returned else None


def _answered(case: Case, about: dict[str, str]) -> Told | None:
    if case.above is None:
        return None
    granted = case.outcome is Outcome.GRANTED
    return Told("upper_granted" if granted else "upper_denied", about | {"organ": case.above.organ})


def _decided_after(case: Case, about: dict[str, str]) -> Told | None:
    return Told("upper_after_withdrawal", about | {"organ": case.above.organ}) if case.above else None


def _to_pay(case: Case, about: dict[str, str]) -> Told | None:
    """The notice that came last: another step may wait to be paid beside it."""
    held = max(asked_of(case).values(), key=lambda held: held.on, default=None)
    told = held and {"amount": yuan(held.cents), "due": chinese_date(held.until)}
    return Told("payment_asked", about | told) if told else None


_WORDED: dict[str, Callable[[Case, dict[str, str]], Told | None]] = {
    e.SupplementRequested.kind: _supplement,
    o.OverlookedAsked.kind: _overlooked,
    e.VisitCalled.kind: _visit,
    e.SpecialProcedureStarted.kind: _suspended,
    e.PaymentAsked.kind: _to_pay,
    p.MaterialsTolerated.kind: _tolerated,
    p.ToleranceLapsed.kind: _lapsed,
    n.RectificationOrdered.kind: _rectify,
    n.ResultEnded.kind: lambda case, about: Told(f"result_{case.ended}", about) if case.ended else None,
    e.ReportedUpward.kind: _reported,
    u.UpperReturned.kind: _returned,
    e.UpperDecided.kind: _answered,
    u.UpperDecidedAfterWithdrawal.kind: _decided_after,
    n.LicenceReissued.kind: lambda _case, about: Told("reissued", about),
    n.HolderRequested.kind: lambda case, about: _of_request("holder_requested", case, about),
    n.HolderRequestRefused.kind: lambda case, about: _of_request("holder_refused", case, about),
}

_PLAIN = {
    e.Submitted.kind: "submitted",
    e.AcceptanceRefused.kind: "not_accepted",
    e.Delivered.kind: "delivered",
    e.Withdrawn.kind: "withdrawn",
    e.PaymentExempted.kind: "payment_exempted",
    e.PaymentReceived.kind: "payment_received",
    e.MembersCancelled.kind: "members_cancelled",
    e.JointClosed.kind: "joint_closed",
    e.JointDelivered.kind: "joint_delivered",
}

_DATED = {e.Accepted.kind: "accepted", e.Extended.kind: "extended", e.DatesMoved.kind: "moved"}

QUIET = frozenset(
    event.kind
    for event in (
        e.StepCompleted,
        e.StepSentBack,
        e.RegisterChecked,
        e.PaymentLeftToOfficer,
        e.PaymentLapsed,
        e.ReliefProposed,
        e.ReliefDecided,
        e.HandedOver,
        e.AgencyEnded,
        e.MaterialOpened,
        e.Rated,
        e.CaseKept,
        o.OverlookedDeclined,
        u.UpperToldOfWithdrawal,
    )
)
"""The events of which nobody is told: after an act that left nothing else there is no message to look for."""

INNER = (e.MaterialOpened, e.HandedOver, e.CaseKept, e.MemberSpoke, e.VisitManned)
"""What only officers read in the story of a case."""

MESSAGES: dict[type[e.Event], frozenset[str]] = {
    **{event: frozenset({_PLAIN[event.kind]}) for event in (e.Submitted, e.AcceptanceRefused, e.Delivered)},
    e.Accepted: frozenset({"accepted", "accepted_by_silence"}),
    e.Extended: frozenset({"extended"}),
    e.SupplementRequested: frozenset({"supplement"}),
    o.OverlookedAsked: frozenset({"overlooked"}),
    p.MaterialsTolerated: frozenset({"tolerated"}),
    n.RectificationOrdered: frozenset({"rectify"}),
    n.ResultEnded: frozenset({"result_revoked", "result_cancelled"}),
    n.HolderRequested: frozenset({"holder_requested"}),
    n.HolderRequestRefused: frozenset({"holder_refused"}),
    e.SpecialProcedureStarted: frozenset({"suspended"}),
    e.PaymentAsked: frozenset({"payment_asked"}),
    e.Decided: frozenset({"granted", "denied", "renewed_by_silence"}),
    e.ReportedUpward: frozenset({"reported_upward"}),
    e.HearingRightTold: frozenset({"hearing_right"}),
    e.HearingAnnounced: frozenset({"hearing_announced"}),
    e.HearingConvened: frozenset({"hearing_convened"}),
}
"""The messages that speak of a document: by the event that sends it."""
