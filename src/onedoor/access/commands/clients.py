"""Other systems: admitted with an id and a secret, ended with all their tokens."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from allauth.idp.oidc.models import Client, Token
from django.db import IntegrityError, transaction

from onedoor.access.commands.facts import EVERYWHERE
from onedoor.access.models import ClientSystem
from onedoor.access.rules import ClientTerms, check_client, require
from onedoor.journal.commands import append
from onedoor.journal.rules import Entry, Json
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.errors import Conflict, NotFound


@dataclass(frozen=True, slots=True)
class ClientCredentials:
    """What the other system signs in with. The secret is shown once and stored hashed only."""

    client_id: str
    secret: str = field(repr=False)


@transaction.atomic
def admit_client(terms: ClientTerms, *, by: Actor, at: datetime) -> ClientCredentials:
    """Admit a system to the interfaces (OAuth 2 client credentials). By the system administrator.

    Raises Forbidden, Invalid with every fault, Conflict for a name in use.
    """
    require(by, Act.MANAGE_SYSTEM, EVERYWHERE)
    check_client(terms)
    secret = secrets.token_urlsafe(32)
    client = Client(name=terms.name, type=Client.Type.CONFIDENTIAL, response_types="", redirect_uris="")
    client.set_grant_types([Client.GrantType.CLIENT_CREDENTIALS])
    client.set_scopes(sorted(act.value for act in terms.acts))
    client.set_secret(secret)
    client.save()
    try:
        with transaction.atomic():
            row = ClientSystem.objects.create(
                client=client,
                name=terms.name,
                organ=terms.organ,
                acts=sorted(act.value for act in terms.acts),
                areas=list(terms.areas),
                applicants=None if terms.applicants is None else sorted(terms.applicants),
                admitted_at=at,
                facts=1,
            )
    except IntegrityError as error:
        raise Conflict("已有同名的系统接入，请换一个名称。") from error
    body = {"name": row.name, "organ": row.organ, "acts": row.acts, "areas": row.areas, "applicants": row.applicants}
    _record(row, "client_admitted", body, by=by, at=at)
    return ClientCredentials(client.pk, secret)


@transaction.atomic
def end_client(client_id: str, *, by: Actor, at: datetime) -> None:
    """End an admission: its tokens die at once. By the system administrator. Raises Forbidden, NotFound, Conflict."""
    require(by, Act.MANAGE_SYSTEM, EVERYWHERE)
    row = ClientSystem.objects.select_for_update(of=("self",)).filter(client_id=client_id).first()
    if row is None:
        raise NotFound("没有这个系统。")
    if row.ended_at:
        raise Conflict("这个系统的接入已经终止。")
    row.ended_at, row.facts = at, row.facts + 1
    row.save(update_fields=["ended_at", "facts"])
    Client.objects.filter(pk=client_id).update(grant_types="")
    Token.objects.filter(client_id=client_id).delete()
    _record(row, "client_ended", {}, by=by, at=at)


def _record(row: ClientSystem, kind: str, body: Mapping[str, Json], *, by: Actor, at: datetime) -> None:
    append([Entry(stream=f"client:{row.client_id}", seq=row.facts, kind=kind, occurred_at=at, actor=by, body=body)])
