"""Accounts as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator

from onedoor.access.models import Account
from onedoor.access.rules import Administrator
from onedoor.kernel.actor import Act, Actor, Target
from onedoor.kernel.errors import Forbidden, NotFound


@dataclass(frozen=True, slots=True)
class AccountView:
    """One account, for those who manage accounts. ``ref`` is "account:12"."""

    ref: str
    username: str
    name: str
    kind: str
    party: str
    real_name_level: int
    staff_id: int | None
    administrator: Administrator | None
    active: bool
    sample: bool
    last_login: datetime | None


def account(ref: str, *, by: Actor) -> AccountView:
    """One account: one's own, or any for the system and security administrators. Raises NotFound, also if not yours."""
    if ref != by.ref and not _manages(by):
        raise NotFound
    return view(find(ref))


def account_named(username: str, *, by: Actor) -> AccountView:
    """The account of that user name, for the system and security administrators. Raises Forbidden, NotFound."""
    if not _manages(by):
        raise Forbidden
    found = Account.objects.filter(username=username.strip().lower()).first()
    if found is None:
        raise NotFound("没有这个用户名的账号。")
    return view(found)


def _manages(by: Actor) -> bool:
    return any(by.may(act, Target(frozenset(), "")) for act in (Act.MANAGE_SECURITY, Act.MANAGE_SYSTEM))


def find(ref: str) -> Account:
    """The row behind "account:12". Inside the context only. Raises NotFound."""
    kind, _, number = ref.partition(":")
    found = Account.objects.filter(pk=int(number)).first() if kind == "account" and number.isdecimal() else None
    if found is None:
        raise NotFound("没有这个账号。")
    return found


def view(row: Account) -> AccountView:
    """A row as a value."""
    return AccountView(
        ref=f"account:{row.pk}",
        username=row.username,
        name=row.name,
        kind=row.kind,
        party=row.party,
        real_name_level=row.real_name_level,
        staff_id=row.staff_id,
        administrator=Administrator(row.administrator) if row.administrator else None,
        active=row.is_active,
        sample=row.sample,
        last_login=row.last_login,
    )


def second_factors(ref: str) -> frozenset[str]:
    """Which second factors are enrolled: "totp", "webauthn" (recovery codes alone are none)."""
    types = Authenticator.objects.filter(user_id=ref.partition(":")[2], type__in=["totp", "webauthn"])
    return frozenset(types.values_list("type", flat=True))
