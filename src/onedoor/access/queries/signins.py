"""The audit of sign-ins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from onedoor.access.models import SignIn
from onedoor.access.rules import require
from onedoor.kernel.actor import Act, Actor


@dataclass(frozen=True, slots=True)
class SignInView:
    """One event: who, when, what, whether it succeeded, from where (GB/T 22239-2019 §8.1.4.3)."""

    at: datetime
    account: str | None
    name: str
    event: str
    succeeded: bool
    address: str | None


def sign_ins(*, by: Actor, since: datetime, limit: int = 500) -> tuple[SignInView, ...]:
    """The newest events since then: all of them for the audit administrator, one's own for anyone else."""
    rows = SignIn.objects.filter(at__gte=since).order_by("-at", "-pk")
    if by.ref.startswith("account:") and not by.has(Act.AUDIT):
        rows = rows.filter(account_id=by.ref.partition(":")[2])
    else:
        require(by, Act.AUDIT)
    return tuple(
        SignInView(
            row.at,
            f"account:{row.account_id}" if row.account_id else None,
            row.name,
            row.event,
            row.succeeded,
            row.address,
        )
        for row in rows[:limit]
    )
