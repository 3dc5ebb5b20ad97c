"""One fact about an account: into its journal stream, in order, in the caller's transaction."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from onedoor.access.models import Account
from onedoor.journal.commands import append
from onedoor.journal.rules import Entry, Json
from onedoor.kernel.actor import Actor, Target
from onedoor.kernel.errors import NotFound

NOTHING: Mapping[str, str] = MappingProxyType({})
EVERYWHERE = Target(frozenset(), "")


def locked(ref: str) -> Account:
    """The row behind "account:12", held until the transaction ends. Raises NotFound."""
    kind, _, number = ref.partition(":")
    if kind != "account" or not number.isdecimal():
        raise NotFound("没有这个账号。")
    row = Account.objects.select_for_update(of=("self",)).filter(pk=int(number)).first()
    if row is None:
        raise NotFound("没有这个账号。")
    return row


def record(
    row: Account,
    kind: str,
    *,
    by: Actor,
    at: datetime,
    body: Mapping[str, Json] = NOTHING,
    personal: Mapping[str, str] = NOTHING,
) -> None:
    """Append the fact and store the row; ``row`` is new or locked."""
    row.facts += 1
    row.save()
    entry = Entry(
        stream=f"account:{row.pk}",
        seq=row.facts,
        kind=kind,
        occurred_at=at,
        actor=by,
        body=body,
        personal=personal,
    )
    append([entry])
