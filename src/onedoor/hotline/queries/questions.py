"""Questions as their page, as rows of a list, as a replay of their journal: from who may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from onedoor.hotline import models
from onedoor.hotline.queries.keys import unseal
from onedoor.hotline.queries.service import service
from onedoor.hotline.rules import Fact, Question, State, answering, dispatching, is_asker, replay
from onedoor.hotline.rules import events as e
from onedoor.hotline.rules.acts import settle_idle
from onedoor.journal import queries as journal
from onedoor.kernel.actor import Act, Actor, ActorKind, Channel, Grant
from onedoor.kernel.errors import NotFound

PAGE = 50
UNKNOWN = "没有这个问题，或者不归您查看。请核对编号。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Powers:
    """What an actor may do about one question."""

    ask: bool
    answer: bool
    check: bool
    dispatch: bool


def visible_to(by: Actor) -> QuerySet[models.Question]:
    """The questions that this actor may open one by one: the asker's own, the organ's, the dispatching desk's."""
    rows = models.Question.objects.all()
    if by.kind is ActorKind.SYSTEM:
        return rows
    own = {r.party for r in by.represents if r.basis == "本人"} | {by.ref}
    seen = Q(asker__in=own - {"anonymous", ""})
    if by.ref.startswith("asker:"):
        seen |= Q(number=by.ref.removeprefix("asker:"))
    for grant in by.grants:
        seen |= _answers(grant) | _dispatches(grant)
    return rows.filter(seen)


def _answers(grant: Grant, acts: frozenset[Act] = frozenset({Act.ANSWER, Act.DECIDE})) -> Q:
    if not grant.acts & acts:
        return Q(pk__in=[])
    seen = Q(area__startswith=grant.area) & ~Q(organ="")
    if grant.organ is not None:
        seen &= Q(organ=grant.organ)
    return seen if grant.items is None else seen & Q(item__in=sorted(grant.items))


def _dispatches(grant: Grant) -> Q:
    if Act.DISPATCH not in grant.acts or grant.organ not in {None, service().desk}:
        return Q(pk__in=[])
    seen = Q(area__startswith=grant.area)
    return seen if grant.items is None else seen & Q(item__in=sorted(grant.items))


def question(number: str, *, by: Actor) -> Question:
    """One question; NotFound alike for what is not there and what is not theirs."""
    row = visible_to(by).filter(number=number[:20]).first()
    if row is None:
        raise NotFound(UNKNOWN)
    return unseal(row.sealed, row.number)


def powers(found: Question, *, by: Actor) -> Powers:
    """What this actor may do about it."""
    target = answering(found)
    owed = bool(found.organ)
    return Powers(
        ask=is_asker(found, by),
        answer=owed and by.may(Act.ANSWER, target),
        check=owed and by.may(Act.DECIDE, target),
        dispatch=by.may(Act.DISPATCH, dispatching(found, service())),
    )


def mine(*, by: Actor, limit: int = PAGE) -> tuple[Question, ...]:
    """我的咨询, the latest first. Nothing for whoever has not signed in."""
    own = {r.party for r in by.represents if r.basis == "本人"} | {by.ref}
    if by.kind is not ActorKind.CITIZEN:
        return ()
    rows = visible_to(by).filter(asker__in=own).order_by("-id")[:limit]
    return tuple(unseal(row.sealed, row.number) for row in rows)


def listing(state: State, *, by: Actor, limit: int = PAGE) -> tuple[Question, ...]:
    """The questions of one state that this officer may see, the most urgent first; answered ones the latest first."""
    order = ("-asked_at", "-id") if state in {State.ANSWERED, State.CLOSED} else ("due", "id")
    rows = visible_to(by).filter(state=state).order_by(*order)[:limit]
    return tuple(unseal(row.sealed, row.number) for row in rows)


def counts(*, by: Actor) -> dict[State, int]:
    """How many questions of each state this officer may see."""
    found = visible_to(by).values_list("state").annotate(Count("id")).order_by()
    return {State(state): count for state, count in found}


def owed_count(*, by: Actor) -> int:
    """How many questions wait for this officer: to be routed, to be answered, or to have their answer checked."""
    waits = Q(pk__in=[])
    for grant in by.grants:
        waits |= Q(state=State.WAITING) & _dispatches(grant)
        waits |= Q(state=State.DISPATCHED) & _answers(grant, frozenset({Act.ANSWER}))
        waits |= Q(state=State.CHECKING) & _answers(grant, frozenset({Act.DECIDE}))
    return models.Question.objects.filter(waits).count()


def overdue_count(on: date, *, by: Actor) -> int:
    """How many of them are owed past their day."""
    return visible_to(by).exclude(state__in=(State.ANSWERED, State.CLOSED)).filter(due__lt=on).count()


def idle_numbers(on: date) -> tuple[str, ...]:
    """The numbers of the answered questions to be asked about or closed on this day, for the platform's own sweep."""
    rule = service().closing_rule(on)
    rows = models.Question.objects.filter(state=State.ANSWERED).order_by("id")
    return tuple(row.number for row in rows if settle_idle(unseal(row.sealed, row.number), rule, on))


def bearer(number: str) -> Actor:
    """Whoever holds number and query code of one question; it opens that question and nothing else."""
    return Actor(f"asker:{number}", "提问人", ActorKind.CITIZEN, Channel.WEB)


def phone_of(asker: str) -> str:
    """The number left by whoever asked without an account ("asker:…"), for the message that the answer is there."""
    row = models.Question.objects.filter(number=asker.removeprefix("asker:"), asker=asker).first()
    return (unseal(row.sealed, row.number).phone or "") if row else ""


def replayed(number: str) -> Question:
    """The question as its journal tells it; its row must say the same. NotFound for an unknown number."""
    row = models.Question.objects.filter(number=number).first()
    if row is None:
        raise NotFound(UNKNOWN)
    entries = journal.stream(f"question:{row.pk}")
    return replay(
        Fact(r.seq, r.occurred_at, r.actor, e.from_body(r.kind, dict(r.body), dict(r.personal))) for r in entries
    )
