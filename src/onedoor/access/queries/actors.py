"""From an account or a token to the actor that every command asks."""

from __future__ import annotations

from datetime import date, datetime

from allauth.idp.oidc.adapter import get_adapter
from allauth.idp.oidc.models import Token
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone

from onedoor.access.models import Account, AccountKind, ClientSystem
from onedoor.access.queries.accounts import find
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


def actor_of(ref: str, *, channel: Channel, on: date) -> Actor:
    """The actor behind "account:12" as if signed in with both factors: for the platform's own use (示例). NotFound."""
    return actor_for(find(ref), channel=channel, on=on, second_factor=True)


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


_CLIENT_OF = f"""
SELECT system.client_id, token.scopes, system.name, system.organ, system.acts, system.areas, system.applicants
FROM {Token._meta.db_table} token JOIN {ClientSystem._meta.db_table} system USING (client_id)
WHERE token.hash = %s AND token.type = %s AND token.expires_at > %s AND token.user_id IS NULL
  AND system.ended_at IS NULL
"""  # noqa: S608 - no value of a request stands in it


def client_actor_for(token: str, *, at: datetime) -> Actor | None:
    """The system behind an access token, or None where it is unknown, expired or its admission ended. One statement.

    In plain SQL: it runs before every request of another system, and building it anew would cost more than running it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CLIENT_OF, [get_adapter().hash_token(token), Token.Type.ACCESS_TOKEN.value, at])
        row = cursor.fetchone()
    if row is None:
        return None
    client_id, scopes, name, organ, acts, areas, applicants = row
    known = frozenset(Act(act) for act in acts)
    only = None if applicants is None else frozenset(applicants)
    return client_actor(client_id, ClientTerms(name, organ, known, tuple(areas), only), frozenset(scopes.split()))
