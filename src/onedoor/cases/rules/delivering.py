"""统一出件: the results of a bundle's members handed over in one act, refusals among them; each 送达 on its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from onedoor.cases.rules import events as e
from onedoor.cases.rules.demands import required
from onedoor.cases.rules.numbering import Paper, number_of
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import Case, Delivery, Outcome, State
from onedoor.kernel.errors import Refused
from onedoor.kernel.law import law


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one member: its case, its outcome, its documents in one line, and its delivery if there was one."""

    number: str
    outcome: Outcome
    papers: str
    delivered: date | None = None
    delivery: Delivery | None = None

    @property
    def owed(self) -> bool:
        """Whether it is still to be handed over; who withdrew gets nothing."""
        return self.delivered is None and self.outcome is not Outcome.WITHDRAWN


def owed(results: Mapping[str, Result]) -> tuple[str, ...]:
    """The members whose results lie ready."""
    return tuple(member for member, result in results.items() if result.owed)


@law("行政许可法", 44)
def deliver(
    case: Case, now: Occasion, *, method: Delivery, receiver: str, results: Mapping[str, Result]
) -> tuple[e.Event, ...]:
    """统一出件: all that lies ready, at the end or earlier where the applicant asks; who received it is recorded.

    Raises Refused where nothing lies ready; Invalid without a receiver.
    """
    ready = owed(results)
    if not ready:
        raise Refused("nothing_ready", "现在没有可以一起交付的结果：有的还没办结，有的已经送达。")
    required(receiver=receiver)
    final = case.state is State.CLOSED
    listed = tuple(results) if final else ready
    return (
        e.JointDelivered(
            members=ready,
            papers=tuple(results[member].papers for member in listed),
            on=now.on,
            method=method,
            final=final,
            receiver=receiver,
            officer=now.by.name,
            document=_number(case),
        ),
    )


def nothing_left(case: Case, *, on: date, results: Mapping[str, Result]) -> tuple[e.Event, ...]:
    """The list of all results, once the whole is closed and each was delivered by itself (mostly electronically)."""
    kept = [result for result in results.values() if result.outcome is not Outcome.WITHDRAWN]
    if case.state is not State.CLOSED or case.delivered or not kept or owed(results):
        return ()
    last = max(kept, key=lambda result: result.delivered or date.min)
    papers = tuple(result.papers for result in results.values())
    method = last.delivery or Delivery.ELECTRONIC
    return (e.JointDelivered(members=(), papers=papers, on=on, method=method, final=True, document=_number(case)),)


def _number(case: Case) -> str:
    return number_of(case.number, Paper.HANDOVER, len(case.handed) + 1)
