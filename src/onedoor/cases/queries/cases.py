"""Cases as their page, as rows of a list, as a replay of their journal."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from onedoor.areas import queries as areas
from onedoor.cases import models
from onedoor.cases.queries.keys import query_secret
from onedoor.cases.queries.rows import case_of, whole
from onedoor.cases.rules import events as e
from onedoor.cases.rules.application import password
from onedoor.cases.rules.clocks import Running, profile_of, running
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.fold import replay
from onedoor.cases.rules.tasks import Task, target_of, tasks
from onedoor.cases.rules.values import Case, State
from onedoor.items import queries as items
from onedoor.items.rules.values import ItemVersion
from onedoor.journal import queries as journal
from onedoor.kernel.actor import Act, Actor, ActorKind, Channel, Grant, Representation
from onedoor.kernel.errors import NotFound
from onedoor.kernel.expr import Value
from onedoor.kernel.plan import Step

BEARER_ACTS = frozenset({Act.VIEW, Act.SUPPLEMENT, Act.WITHDRAW, Act.RATE})
PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One case in a list: the applicant's name is masked where it is shown."""

    number: str
    item_name: str
    applicant: str
    applicant_name: str | None
    organ: str
    area: str
    state: str
    outcome: str | None
    received: date
    due: date | None
    provisional: bool
    rating: int | None = None


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything that a case page shows."""

    case: Case
    item: ItemVersion
    clocks: tuple[Running, ...]
    tasks: tuple[Task, ...]
    steps: tuple[Step, ...]
    facts: tuple[Fact, ...]
    answers: dict[str, Value] | None


UNKNOWN = "没有这个办件编号，或您无权查看。请核对后再试。"
Timeline = tuple[Fact, ...]


def visible_to(by: Actor) -> QuerySet[models.Case]:
    """The cases that this actor may open one by one; every list and count starts here."""
    if by.kind is ActorKind.SYSTEM:
        return models.Case.objects.all()
    seen = Q(pk__in=[])
    for representation in by.represents:
        if Act.VIEW in representation.acts:
            seen |= _represented(representation)
    for grant in by.grants:
        if Act.VIEW in grant.acts:
            seen |= _granted(grant)
    found = models.Case.objects.filter(seen)
    return found.exclude(taken_from(by)) if by.grants else found


def taken_from(by: Actor) -> Q:
    """What ``handover.closed_to`` says of a case, as a condition."""
    return Q(agent=by.ref, taken_over=True)


def _represented(representation: Representation) -> Q:
    mine = Q(applicant=representation.party)
    if representation.items is not None:
        mine &= Q(item__in=sorted(representation.items))
    return mine & Q(number=representation.case) if representation.case else mine


def _granted(grant: Grant) -> Q:
    seen = Q(area__startswith=grant.area)
    if grant.organ is not None:
        seen &= Q(organs__contains=[grant.organ])
    if grant.items is not None:
        seen &= Q(item__in=sorted(grant.items))
    return seen


def case_page(number: str, *, by: Actor, on: date) -> CasePage:
    """One case; NotFound where there is none or it is not this actor's to see."""
    row = whole(visible_to(by)).filter(number=number).first()
    if row is None:
        raise NotFound(UNKNOWN)
    case = case_of(row)
    item, calendar = items.version(case.item_version), areas.calendar(case.area)
    told = facts(case.id)
    return CasePage(
        case=case,
        item=item,
        clocks=running(case, profile_of(case, item), calendar=calendar, on=on),
        tasks=tasks(case, item, calendar),
        steps=tuple(s for s in item.plan.steps if s.key in case.steps and s.key not in case.cancelled),
        facts=told,
        answers=answers_of(told),
    )


def facts(case_id: int) -> Timeline:
    """The journal of a case as facts, in order."""
    return tuple(
        Fact(
            entry.seq,
            entry.occurred_at,
            entry.actor,
            entry.channel,
            e.from_body(entry.kind, dict(entry.body), dict(entry.personal)),
        )
        for entry in journal.stream(f"case:{case_id}")
        if entry.kind in e.EVENTS
    )


def replayed(number: str) -> tuple[Case, Case]:
    """The case as its row says and as a replay of its journal says: equal at all times."""
    row = whole(models.Case.objects.all()).get(number=number)
    return case_of(row), replay(facts(row.pk))


def answers_of(told: Timeline) -> dict[str, Value] | None:
    """The facts of the application as last given; None once erased."""
    given = [
        fact.event.answers
        for fact in told
        if isinstance(fact.event, e.Submitted | e.SupplementReceived) and fact.event.answers is not None
    ]
    return json.loads(given[-1]) if given else None


def listing(*, by: Actor, text: str = "", before: int | None = None, size: int = PAGE) -> tuple[Row, ...]:
    """The cases that this actor may see, the latest first; ``text`` is a number, a name or an item's name.

    What is part of a bundle's case stands there, not in the list.
    """
    found = visible_to(by).filter(joint="")
    if text:
        found = found.filter(Q(number__startswith=text) | Q(applicant_name=text) | Q(item_name__contains=text))
    if before is not None:
        found = found.filter(pk__lt=before)
    return tuple(row_value(row) for row in found.order_by("-pk")[:size])


def waiting(applicant: str, *, by: Actor) -> tuple[Row, ...]:
    """The cases of this applicant that wait for a supplement and that this actor may see, the latest first."""
    found = visible_to(by).filter(applicant=applicant, state=State.SUPPLEMENT)
    return tuple(row_value(row) for row in found.order_by("-pk"))


def seen(numbers: Iterable[str], *, by: Actor) -> frozenset[str]:
    """Those of the numbers whose case this actor may see."""
    return frozenset(visible_to(by).filter(number__in=set(numbers)).values_list("number", flat=True))


def count(*, by: Actor) -> int:
    """How many cases this actor may see."""
    return visible_to(by).count()


def running_of(items: Iterable[str], *, by: Actor) -> int:
    """How many cases of these items, by code, are under way, of those that this actor may see."""
    return visible_to(by).filter(item__in=set(items)).exclude(state=State.CLOSED).count()


def case_number_of(case_id: int) -> str:
    """The number of a case, for jobs of the platform itself."""
    return str(models.Case.objects.values_list("number", flat=True).get(pk=case_id))


def bearer(number: str) -> Actor:
    """Whoever has shown number and query password: may see, supplement, withdraw and rate this one case."""
    row = models.Case.objects.filter(number=number).first()
    if row is None:
        raise NotFound("没有这个办件编号。请核对后再试。")
    self_ = Representation(row.applicant, row.applicant_name or "", BEARER_ACTS, "查询密码", case=row.number)
    return Actor(f"bearer:{number}", "持查询密码的人", ActorKind.CITIZEN, Channel.WEB, represents=(self_,))


def opened_as(number: str) -> str:
    """Under which name a query password opens a case: another once the applicant took it over from an agent, so that
    what the agent's password opened is shut.
    """
    row = whole(models.Case.objects.filter(number=number)).first()
    return f"{number}/own" if row and case_of(row).agency_ended else number


def own_password(number: str) -> str:
    """The query password that opens a case now: for whoever hands it to the applicant in person."""
    return password(opened_as(number), query_secret())


def row_value(row: models.Case) -> Row:
    """A row as a value."""
    return Row(
        number=row.number,
        item_name=row.item_name,
        applicant=row.applicant,
        applicant_name=row.applicant_name,
        organ=row.organ,
        area=row.area,
        state=row.state,
        outcome=row.outcome,
        received=row.received,
        due=row.due,
        provisional=row.provisional,
        rating=row.value.get("rating"),
    )


def may(case: Case, act: Act, *, by: Actor, owner: str | None = None) -> bool:
    """Whether to offer an act on a page: the same question that the command asks."""
    return by.may(act, target_of(case, owner))
