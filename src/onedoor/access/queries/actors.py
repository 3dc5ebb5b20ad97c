"""From an account or a token to the actor that every command asks."""

from __future__ import annotations

from datetime import date, datetime

from allauth.idp.oidc.adapter import get_adapter
from allauth.idp.oidc.models import Token
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from onedoor.access.models import Account, AccountKind
from onedoor.access.queries.mandates import representations
from onedoor.access.rules import (
    APPLICANT_ACTS,
    Administrator,
    ClientTerms,
    MandateKind,
    administrator_grants,
    client_actor,
    without_administration,
)
from onedoor.kernel.actor import ANONYMOUS, Act, Actor, ActorKind, Channel, Grant, Representation
from onedoor.orgs import queries as orgs
from onedoor.registries import queries as registries
from onedoor.registries.rules import EntityStatus


def actor_for(
    account: Account | AnonymousUser, *, channel: Channel, on: date | None = None, second_factor: bool = False
) -> Actor:
    """The actor behind a signed-in account on that day (default: today), in at most two SQL statements.

    Staff hold their posts' grants, and only in a session with a second factor (GB/T 22239-2019 §8.1.4.1 d);
    citizens act for themselves and by valid mandates; an inactive account is nobody.
    """
    if not isinstance(account, Account) or not account.is_active:
        return ANONYMOUS
    day = on or timezone.localdate()
    ref, name = f"account:{account.pk}", account.name or account.username
    if account.kind == AccountKind.STAFF:
        grants = _staff_grants(account, day) if second_factor else ()
        return Actor(ref, name, ActorKind.STAFF, channel, grants)
    return Actor(ref, name, ActorKind.CITIZEN, channel, (), _parties(account, name, day))


def _staff_grants(account: Account, on: date) -> tuple[Grant, ...]:
    if account.administrator:
        return administrator_grants(Administrator(account.administrator))
    if account.staff_id is None:
        return ()
    return without_administration(orgs.grants_of(account.staff_id, on))


def _parties(account: Account, name: str, on: date) -> tuple[Representation, ...]:
    if not account.party:
        return ()
    own = Representation(account.party, name, APPLICANT_ACTS, "本人")
    head = MandateKind.LEGAL_REPRESENTATIVE.label
    companies = tuple(
        Representation(entity.ref, entity.facts.name, APPLICANT_ACTS, head)
        for entity in registries.entities_represented_by(account.party)
        if entity.facts.status is not EntityStatus.CANCELLED
    )
    return (own, *companies, *representations(account.party, on))


def client_actor_for(token: str, *, at: datetime) -> Actor | None:
    """The system behind an access token, or None where it is unknown, expired or its admission ended. One statement."""
    row = (
        Token.objects.filter(hash=get_adapter().hash_token(token), type=Token.Type.ACCESS_TOKEN, expires_at__gt=at)
        .filter(client__system__ended_at__isnull=True, user__isnull=True)
        .values_list(
            "client_id",
            "scopes",
            "client__system__name",
            "client__system__organ",
            "client__system__acts",
            "client__system__areas",
            "client__system__applicants",
        )
        .first()
    )
    if row is None or row[2] is None:
        return None
    client_id, scopes, name, organ, acts, areas, applicants = row
    known = frozenset(Act(act) for act in acts)
    only = None if applicants is None else frozenset(applicants)
    return client_actor(client_id, ClientTerms(name, organ, known, tuple(areas), only), frozenset(scopes.split()))
