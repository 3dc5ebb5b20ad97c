"""Attempts to sign in: counted before the password is looked at, audited after."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from onedoor.access.commands.facts import locked, record
from onedoor.access.models import Account, SignIn, SignInLock
from onedoor.access.queries import policy
from onedoor.access.rules import Attempts, Policy, charge, fail, forgive, lock_name
from onedoor.kernel.actor import system


@transaction.atomic
def begin_attempt(name: str, *, at: datetime) -> None:
    """Count one attempt on this name. Raises Refused ``signin.locked`` where the policy's tries are used up."""
    row, attempts = _lock(name)
    _store(row, charge(attempts, at=at, policy=_policy(at)))


@transaction.atomic
def record_failure(
    name: str, *, at: datetime, address: str | None, event: str = "password", account: str | None = None
) -> None:
    """The counted attempt failed: lock the name after the last allowed one, and tell the account's journal.

    ``account`` is the account of a code; without it the account of that user name, if there is one.
    """
    row, before = _lock(name)
    after = fail(before, at=at, policy=_policy(at))
    _store(row, after)
    row_ref = account or _ref_of(name)
    found = locked(row_ref) if row_ref else None
    SignIn.objects.create(
        at=at, account=found, name=found.username if found else "", event=event, succeeded=False, address=address
    )
    if found and after.locked_until and not before.locked_until:
        body = {"until": after.locked_until.isoformat(), "event": event}
        record(found, "sign_in_locked", by=system("signin"), at=at, body=body)


def _ref_of(name: str) -> str | None:
    number = Account.objects.filter(username=name.strip().lower()).values_list("pk", flat=True).first()
    return None if number is None else f"account:{number}"


@transaction.atomic
def forgive_attempt(name: str) -> None:
    """The counted attempt succeeded: take it back, but none of the failures before it."""
    row, attempts = _lock(name)
    _store(row, forgive(attempts))


@transaction.atomic
def record_sign_in(ref: str, *, at: datetime, address: str | None, event: str = "sign_in") -> None:
    """The account is in: forget the failures on its name, note the event."""
    account = locked(ref)
    SignInLock.objects.filter(name=lock_name(account.username)).delete()
    SignIn.objects.create(at=at, account=account, name=account.username, event=event, succeeded=True, address=address)


@transaction.atomic
def record_sign_out(ref: str, *, at: datetime, address: str | None, event: str = "sign_out") -> None:
    """The account is out: by itself, by rest (``idle``) or by an administrator."""
    account = locked(ref)
    SignIn.objects.create(at=at, account=account, name=account.username, event=event, succeeded=True, address=address)


def _policy(at: datetime) -> Policy:
    return policy(timezone.localdate(at))


def _lock(name: str) -> tuple[SignInLock, Attempts]:
    key = lock_name(name)
    SignInLock.objects.bulk_create([SignInLock(name=key, failures=0)], ignore_conflicts=True)
    row = SignInLock.objects.select_for_update().get(name=key)
    return row, Attempts(row.failures, row.first_at, row.locked_until)


def _store(row: SignInLock, attempts: Attempts) -> None:
    row.failures, row.first_at, row.locked_until = attempts.failures, attempts.first_at, attempts.locked_until
    row.save()
