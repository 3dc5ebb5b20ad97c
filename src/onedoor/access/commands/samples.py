"""示例 accounts: many at once, with a password and second factors that the demo prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from onedoor.access.commands.accounts import NewAccount, opening, unsaved
from onedoor.access.models import Account
from onedoor.access.queries import policy
from onedoor.access.rules import password_faults
from onedoor.journal.commands import append
from onedoor.journal.rules import Entry
from onedoor.kernel.actor import Actor, ActorKind
from onedoor.kernel.errors import Conflict, FieldError, Forbidden, Invalid
from onedoor.orgs import commands as staffing


@transaction.atomic
def open_sample_accounts(
    accounts: Sequence[NewAccount], *, password: str, secrets: Mapping[str, str], by: Actor, at: datetime
) -> tuple[str, ...]:
    """Open many 示例 accounts with one password, hashed once as hashing is slow on purpose; returns their refs.

    ``secrets``: user name → base32 key of its one-time codes. Demo only: raises Forbidden for any account that is not
    marked 示例, Invalid for a bad password, Conflict where a name or party is taken; then none is opened.
    """
    if by.kind is not ActorKind.SYSTEM or not all(new.sample for new in accounts):
        raise Forbidden("只有示例账号可以共用一个密码、预置动态口令。")
    rules = policy(timezone.localdate(at))
    faults = {fault for new in accounts for fault in password_faults(password, username=new.username, policy=rules)}
    if faults:
        raise Invalid(FieldError("password", fault) for fault in sorted(faults))
    rows = [unsaved(new, at) for new in accounts]
    encoded = make_password(password)
    for row in rows:
        row.password, row.password_changed_at = encoded, at
        row.facts = 2 if row.username in secrets else 1
    try:
        with transaction.atomic():
            Account.objects.bulk_create(rows)
    except IntegrityError as error:
        raise Conflict("用户名已被使用，或此人已有账号，请核对。") from error
    _enrol(rows, secrets)
    append([entry for row, new in zip(rows, accounts, strict=True) for entry in _facts(row, new, by=by, at=at)])
    staff = {row.staff_id: f"account:{row.pk}" for row in rows if row.staff_id is not None}
    staffing.accounts_opened(staff, by=by, at=at)
    return tuple(f"account:{row.pk}" for row in rows)


def _enrol(rows: Sequence[Account], secrets: Mapping[str, str]) -> None:
    sealed = {name: get_adapter().encrypt(secret) for name, secret in secrets.items()}
    Authenticator.objects.bulk_create(
        Authenticator(user=row, type=Authenticator.Type.TOTP, data={"secret": sealed[row.username]})
        for row in rows
        if row.username in sealed
    )


def _facts(row: Account, new: NewAccount, *, by: Actor, at: datetime) -> list[Entry]:
    stream = f"account:{row.pk}"
    body, personal = opening(new)
    opened = Entry(stream=stream, seq=1, kind="account_opened", occurred_at=at, actor=by, body=body, personal=personal)
    enrolled = Entry(
        stream=stream, seq=2, kind="second_factor_enrolled", occurred_at=at, actor=by, body={"type": "totp"}
    )
    return [opened, enrolled][: row.facts]
