"""Mandates: granted and revoked, each a fact in its own stream."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from onedoor.access.models import Mandate
from onedoor.access.queries.mandates import visible_to
from onedoor.access.rules import MandateKind, MandateTerms, check_granter, check_revoker, check_terms
from onedoor.journal.commands import append
from onedoor.journal.rules import Entry
from onedoor.kernel.actor import Act, Actor, ActorKind, Target
from onedoor.kernel.errors import Conflict, NotFound
from onedoor.registries import queries as registries
from onedoor.registries.rules import Reading


@transaction.atomic
def grant_mandate(terms: MandateTerms, *, by: Actor, at: datetime, place: Target | None = None) -> str:
    """One party lets another act for it (民法典 §§161–165); returns "mandate:7".

    Online by the principal or the legal representative; on paper at the counter by a clerk of ``place``.
    Raises Invalid with every fault, Forbidden, NotFound for an unknown party.
    """
    check_granter(terms, by=by, place=place)
    principal, agent = registries.party(terms.principal), registries.party(terms.agent)
    born = _born(terms, by=by, at=at, place=place)
    check_terms(terms, on=timezone.localdate(at), principal_born=born)
    row = Mandate.objects.create(
        kind=terms.kind.value,
        principal=terms.principal,
        principal_name=principal.name,
        agent=terms.agent,
        agent_name=agent.name,
        acts=sorted(act.value for act in terms.acts),
        items=None if terms.items is None else sorted(terms.items),
        valid_from=terms.valid_from,
        valid_to=terms.valid_to,
        evidence=terms.evidence,
        granted_by=by.ref,
        channel=by.channel.value,
        granted_at=at,
    )
    _record(row, 1, "mandate_granted", by=by, at=at)
    return f"mandate:{row.pk}"


def _born(terms: MandateTerms, *, by: Actor, at: datetime, place: Target | None) -> date | None:
    if terms.kind is not MandateKind.GUARDIAN:
        return None
    reading = Reading("登记监护代理：核对被监护人年龄", at, target=place)
    return registries.person(terms.principal, by=by, reading=reading).facts.birth_date


@transaction.atomic
def revoke_mandate(ref: str, *, by: Actor, at: datetime, place: Target | None = None) -> None:
    """End a mandate from now on (民法典 §173); what was done under it stands.

    Raises NotFound (also for strangers), Forbidden, Conflict where it has ended.
    """
    seen = Mandate.objects.all()
    if by.kind is not ActorKind.SYSTEM and (place is None or not by.may(Act.RECEIVE, place)):
        seen = visible_to(by)
    number = ref.partition(":")[2]
    row = seen.select_for_update().filter(pk=int(number)).first() if number.isdecimal() else None
    if row is None:
        raise NotFound("没有找到这份委托。")
    check_revoker(row.principal, row.agent, by=by, place=place)
    if row.revoked_at:
        raise Conflict("这份委托已经解除，请刷新页面。")
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    _record(row, 2, "mandate_revoked", by=by, at=at)


def _record(row: Mandate, seq: int, kind: str, *, by: Actor, at: datetime) -> None:
    body = {
        "kind": row.kind,
        "principal": row.principal,
        "agent": row.agent,
        "acts": list(row.acts),
        "items": row.items,
        "from": row.valid_from.isoformat(),
        "to": row.valid_to.isoformat() if row.valid_to else None,
        "evidence": row.evidence,
    }
    append([Entry(stream=f"mandate:{row.pk}", seq=seq, kind=kind, occurred_at=at, actor=by, body=body)])
