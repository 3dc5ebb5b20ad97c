"""Errands as their page, as rows of a list, as a replay: from who may see them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from django.db.models import Q, QuerySet

from onedoor.agency import models
from onedoor.agency.queries.keys import unseal, unseal_application
from onedoor.agency.rules import Errand, Fact, State, Terms, is_applicant, replay, terms_of
from onedoor.agency.rules import events as e
from onedoor.agency.rules.acts import remind
from onedoor.areas import queries as areas
from onedoor.cases.rules.application import Application
from onedoor.journal import queries as journal
from onedoor.kernel.actor import Act, Actor, ActorKind, Channel, Grant, Representation
from onedoor.kernel.errors import NotFound
from onedoor.orgs import queries as orgs
from onedoor.registries import queries as registries

DATA: Final = Path(__file__).parents[1] / "data"
UNKNOWN: Final = "没有这次代办，或者不归您查看。请核对代办编号。"
PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class ActedFor:
    """Who filled a case in for the applicant, and how the applicant confirmed: shown wherever the case is."""

    agent_name: str
    station_name: str
    errand: Errand


def terms() -> Terms:
    """The rules of the county that this instance serves."""
    return _read(areas.county().code[:6])


@cache
def _read(county: str) -> Terms:
    return terms_of(tomllib.loads((DATA / f"{county}.toml").read_text("utf-8")))


def visible_to(by: Actor) -> QuerySet[models.Errand]:
    """The errands that this actor may open one by one: the agent's, the applicant's, those of the place.

    One that was taken over (转回本人) is the applicant's alone.
    """
    rows = models.Errand.objects.all()
    if by.kind is ActorKind.SYSTEM:
        return rows
    own = {r.party for r in by.represents if r.basis in {"本人", "法定代表人"}}
    seen = Q(agent=by.ref)
    for grant in by.grants:
        seen |= _of_place(grant)
    return rows.filter((seen & ~Q(state=State.HANDED)) | Q(applicant__in=own))


def _of_place(grant: Grant) -> Q:
    if Act.RECEIVE not in grant.acts:
        return Q(pk__in=[])
    seen = Q(area__startswith=grant.area)
    seen = seen if grant.organ is None else seen & Q(station=grant.organ)
    return seen if grant.items is None else seen & Q(item__in=sorted(grant.items))


def errand(number: str, *, by: Actor) -> Errand:
    """One errand; NotFound alike for what is not there and what is not theirs."""
    row = _row(number, by)
    return unseal(row.sealed, row.number)


def application(number: str, *, by: Actor) -> Application:
    """What waits to be handed in, for whoever confirms it or shows it to the applicant. NotFound once it is gone."""
    row = _row(number, by)
    if row.application is None:
        raise NotFound("这次代办已经结束，填写的内容已经删除。")
    return unseal_application(row.application, row.number)


def listing(*, by: Actor, state: State | None = None, limit: int = PAGE) -> tuple[Errand, ...]:
    """The errands that this actor may see, those that wait first and by their last day."""
    rows = visible_to(by)
    rows = rows.filter(state=state) if state else rows
    order = ("expires", "id") if state is State.WAITING else ("-id",)
    return tuple(unseal(row.sealed, row.number) for row in rows.order_by(*order)[:limit])


@dataclass(frozen=True, slots=True)
class HandedBack:
    """All that is left to the agent of an errand that was taken over: which it was, and since when."""

    number: str
    item_name: str
    on: date


def handed_back(*, by: Actor) -> tuple[HandedBack, ...]:
    """What this agent's people took over, the latest first: not of whom, not the case."""
    rows = models.Errand.objects.filter(agent=by.ref, state=State.HANDED).order_by("-id")[:PAGE]
    found = (unseal(row.sealed, row.number) for row in rows)
    return tuple(HandedBack(one.number, one.item_name, one.handed_on or one.expires) for one in found)


def ended_by(by: Actor, number: str) -> Errand | None:
    """The errand that this officer ended at the window, for the paper that the applicant takes along; None else."""
    row = models.Errand.objects.filter(number=number[:20], state=State.HANDED).first()
    found = unseal(row.sealed, row.number) if row else None
    return found if found and found.ended_by == by.ref else None


def found_at_window(text: str, *, by: Actor) -> tuple[Errand, ...]:
    """Those that this officer may see of what was typed: the number of an errand, of a case, or the 公民身份号码 of an
    applicant, of whom nothing is read.
    """
    which = Q(number=text) | Q(case=text)
    if len(text) == 18 and (person := registries.person_ref(text)):
        which = Q(applicant=person)
    rows = visible_to(by).filter(which).order_by("-id")[:PAGE]
    return tuple(unseal(row.sealed, row.number) for row in rows)


def may_take_over(case: str, *, by: Actor) -> str:
    """The number of the errand by which this case was filled in, where this is the applicant under their own account
    and may go on alone; "" otherwise.
    """
    acted = acted_for(case)
    own = by.kind is ActorKind.CITIZEN and not by.ref.startswith("bearer:")
    fits = acted is not None and acted.errand.state is State.SUBMITTED and own and is_applicant(acted.errand, by)
    return acted.errand.number if acted and fits else ""


def waiting_for(*, by: Actor) -> tuple[Errand, ...]:
    """What waits for this citizen's own confirmation."""
    rows = visible_to(by).filter(state=State.WAITING).order_by("expires", "id")[:PAGE]
    found = (unseal(row.sealed, row.number) for row in rows)
    return tuple(each for each in found if is_applicant(each, by))


def waiting_count(*, by: Actor) -> int:
    """How many errands that this agent took on wait to be confirmed."""
    return visible_to(by).filter(state=State.WAITING, agent=by.ref).count()


def acted_for(case: str) -> ActedFor | None:
    """Who filled in this case for the applicant; None where nobody did. For pages that have opened the case."""
    row = models.Errand.objects.filter(case=case).first() if case else None
    if row is None:
        return None
    found = unseal(row.sealed, row.number)
    return ActedFor(found.agent_name, orgs.organ(found.station).name, found)


def bearer(number: str) -> Actor:
    """Whoever has shown the confirmation code of an errand: the applicant, as far as this errand goes. NotFound."""
    row = models.Errand.objects.filter(number=number).first()
    if row is None:
        raise NotFound(UNKNOWN)
    held = unseal(row.sealed, row.number)
    if held.state is State.HANDED:  # the code is known to whoever filled it in
        raise NotFound(UNKNOWN)
    mine = Representation(held.applicant, held.applicant_name or "", frozenset(), "本人")
    return Actor(f"bearer:{number}", held.applicant_name or "申请人", ActorKind.CITIZEN, Channel.MOBILE, (), (mine,))


def due_to_be_reminded(on: date) -> tuple[str, ...]:
    """The numbers of the errands whose applicants are to be reminded that they still wait."""
    rules = terms()
    rows = models.Errand.objects.filter(state=State.WAITING, expires__gte=on).order_by("expires", "id")
    return tuple(row.number for row in rows if remind(unseal(row.sealed, row.number), rules, on))


def due_to_lapse(on: date) -> tuple[str, ...]:
    """The numbers of the errands that waited past their last day."""
    rows = models.Errand.objects.filter(state=State.WAITING, expires__lt=on)
    return tuple(rows.order_by("expires", "id").values_list("number", flat=True)[:200])


def replayed(number: str) -> Errand:
    """The errand as its journal tells it; its row must say the same. NotFound for an unknown number."""
    row = models.Errand.objects.filter(number=number).first()
    if row is None:
        raise NotFound(UNKNOWN)
    entries = journal.stream(f"errand:{row.pk}")
    return replay(
        Fact(r.seq, r.occurred_at, r.actor, e.from_body(r.kind, dict(r.body), dict(r.personal))) for r in entries
    )


def _row(number: str, by: Actor) -> models.Errand:
    row = visible_to(by).filter(number=number[:20]).first()
    if row is None:
        raise NotFound(UNKNOWN)
    return row
