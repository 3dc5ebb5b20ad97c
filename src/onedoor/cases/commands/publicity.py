"""公示: put before the public, objections recorded and answered."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from onedoor.cases.commands.acting import Doing, act
from onedoor.cases.commands.guesses import counted_guess
from onedoor.cases.queries.cases import facts
from onedoor.cases.queries.heard import receipt_code
from onedoor.cases.rules import events as e
from onedoor.cases.rules import publicity
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import Case
from onedoor.cases.rules.values.hearing import PUBLIC
from onedoor.kernel.actor import Act, Actor
from onedoor.notices import commands as notices
from onedoor.notices.rules import Channel


@transaction.atomic(durable=True)
def start_publicity(
    number: str, *, by: Actor, at: datetime, step: str, notice: str, version: int | None = None
) -> Case:
    """开始公示 on the public page, by whoever does that step."""
    doing = Doing(by, at, version, (Act.REVIEW,), step)
    return act(number, doing, lambda c, now: publicity.start_publicity(c, now, step=step, notice=notice))


@transaction.atomic(durable=True)
def record_objection(
    number: str, *, by: Actor, at: datetime, step: str, who: str, objection: str, version: int | None = None
) -> Case:
    """记录异议 that came in the period."""

    def decide(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        known = len(_objections(case))
        return publicity.record_objection(case, now, step=step, who=who, objection=objection, known=known)

    return act(number, Doing(by, at, version, (Act.REVIEW,), step), decide)


@transaction.atomic(durable=True)
def object_online(
    number: str, *, by: Actor, at: datetime, step: str, objector: publicity.Objector, objection: str
) -> str:
    """提出异议 by anybody on the public page (``queries.objector``); the number of the receipt.

    Whoever started the 公示 is told. What was sent twice is one objection with one receipt. Each is counted before by
    ``charge_objection``.
    """
    new: list[str] = []
    before: list[str] = []

    def decide(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        said = _objections(case)
        events = publicity.object_online(case, now, step=step, objector=objector, objection=objection, known=len(said))
        shown = case.publicity[step].objections
        before.extend(publicity.said_before(events, [one for one in said if one.key in shown]))
        new.extend(publicity.receipts(events))
        return () if before else events

    case = act(number, Doing(by, at, None, (Act.SUPPLEMENT,), seat=PUBLIC), decide)
    if before:
        return before[0]
    started = [f for f in facts(case.id) if isinstance(f.event, e.PublicityStarted) and f.event.step == step]
    about = notices.About(f"case:{number}", case.area)
    words = {"item": case.item_name, "case": number, "number": new[0]}
    notices.send(started[-1].actor, "objection_came", words, at=at, about=about)
    return new[0]


@transaction.atomic(durable=True)
def answer_objections(
    number: str, *, by: Actor, at: datetime, step: str, keys: Sequence[str], answer: str, version: int | None = None
) -> Case:
    """答复异议, several at once where one answer fits them; without an answer to each the step is not completed.

    Whoever had signed in is told, at the number that the register has. A number that was only typed may be anybody's:
    nothing is sent to it, and the answer is read by the receipt and its code (``queries.answered``).
    """
    doing = Doing(by, at, version, (Act.REVIEW,), step)
    case = act(number, doing, lambda c, now: publicity.answer_objections(c, now, step=step, keys=keys, answer=answer))
    about = notices.About(f"case:{number}", case.area)
    words = {"item": case.item_name, "case": number}
    told = [one for one in _objections(case) if one.key in keys and one.party]
    notices.send_all(
        [
            notices.Letter(
                one.party, "objection_answered", {**words, "number": one.receipt}, about, channels=(Channel.SMS,)
            )
            for one in told
        ],
        at=at,
    )
    return case


def check_receipt(receipt: str, given: str, *, at: datetime, address: str = "") -> bool:
    """Whether this is the code of the receipt of an objection; each guess is counted as for a query password."""

    def right() -> bool:
        return hmac.compare_digest(receipt_code(receipt).encode(), "".join(given.split()).encode())

    return counted_guess(receipt, right, at=at, address=address)


def _objections(case: Case) -> list[e.ObjectionRecorded]:
    return [fact.event for fact in facts(case.id) if isinstance(fact.event, e.ObjectionRecorded)]
