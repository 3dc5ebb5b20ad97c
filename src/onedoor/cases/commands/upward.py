"""转报: a case is sent up for decision, and what the upper level sends back is recorded when it comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from onedoor.cases.commands import store
from onedoor.cases.commands.acting import DECISION, Doing, act
from onedoor.cases.queries.cases import answers_of, facts
from onedoor.cases.rules import events as e
from onedoor.cases.rules import upward
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.tasks import ANSWER, RECALL
from onedoor.cases.rules.values import Case, Outcome, Verdict
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.errors import FieldError, Invalid
from onedoor.kernel.law import law
from onedoor.vault import commands as vault
from onedoor.vault.rules import Binding

SHOWS: Final = frozenset({"application/pdf", *store.PICTURES})  # what a decision can be shown by


@dataclass(frozen=True, slots=True)
class UpperAnswer:
    """What the upper level decided, as its paper says; ``files``: the officer's own uploads of that paper."""

    outcome: Outcome
    decided_on: date
    number: str
    reasons: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UpperReturn:
    """From which step the upper level wants it reviewed again, why, by a paper of which day; ``files``: as above."""

    step: str
    returned_on: date
    reason: str
    files: tuple[str, ...]


@law("行政许可法", 35, 43)
@transaction.atomic(durable=True)
def report_upward(
    number: str, *, by: Actor, at: datetime, verdict: Verdict, opinion: str, way: str, version: int | None = None
) -> Case:
    """报上级机关决定, with 初步审查意见 and all materials, by whoever decides for the organ; the applicant is told."""

    def decide(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        answers = answers_of(facts(case.id)) or {}
        return upward.report_upward(case, now, verdict=verdict, opinion=opinion, way=way, answers=answers)

    return act(number, Doing(by, at, version, (Act.DECIDE,), DECISION), decide)


@transaction.atomic(durable=True)
def record_upper_answer(
    number: str, answer: UpperAnswer, *, by: Actor, at: datetime, version: int | None = None
) -> Case:
    """登记上级机关的决定, by whoever reviews or decides at the organ that sent it up; the case is closed by it.
    Where the applicant withdrew before it came it is only kept, and they are told.

    Invalid where the paper that shows it is missing, or is no PDF and no picture.
    """

    def decide(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        upward.answerable(case)
        return upward.record_answer(
            case,
            now,
            outcome=answer.outcome,
            decided_on=answer.decided_on,
            number=answer.number,
            reasons=answer.reasons,
            files=_bound(answer.files, case, by=by, at=at),
        )

    return act(number, Doing(by, at, version, (Act.REVIEW, Act.DECIDE), ANSWER), decide)


@transaction.atomic(durable=True)
def record_upper_return(number: str, back: UpperReturn, *, by: Actor, at: datetime, version: int | None = None) -> Case:
    """登记上级退回补充审查, by whoever may record its decision; the review here goes on, and the applicant is told.

    Invalid where the paper that shows it is missing, or is no PDF and no picture.
    """

    def decide(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        upward.waiting_above(case)
        files = _bound(back.files, case, by=by, at=at)
        return upward.record_return(
            case, now, step=back.step, returned_on=back.returned_on, reason=back.reason, files=files
        )

    return act(number, Doing(by, at, version, (Act.REVIEW, Act.DECIDE), ANSWER), decide)


@transaction.atomic(durable=True)
def tell_upper_of_withdrawal(
    number: str, *, by: Actor, at: datetime, told_on: date, way: str, version: int | None = None
) -> Case:
    """登记告知上级撤回, by whoever may record its decision: when and how it was told."""
    doing = Doing(by, at, version, (Act.REVIEW, Act.DECIDE), RECALL)
    return act(number, doing, lambda case, now: upward.tell_of_withdrawal(case, now, on=told_on, way=way))


def _bound(ids: Sequence[str], case: Case, *, by: Actor, at: datetime) -> dict[str, str]:
    if not ids:
        return {}
    place = Binding(store.stream(case.id), case.area)
    kept = vault.bind(ids, to=place, by=by, at=at, entry_mode=store.mode_of(by))
    if others := [file.name for file in kept if file.media_type not in SHOWS]:
        told = f"{'、'.join(others)}不能作为上级文书的扫描件。请用 PDF、JPG 或者 PNG。"
        raise Invalid([FieldError("photos", told)])
    return {file.id: file.sm3 for file in kept}
