"""Staff and their accounts, for those who manage people, accounts or security, or audit them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator

from onedoor.access.models import Account, SignInLock
from onedoor.access.queries.accounts import find
from onedoor.access.rules import Administrator, Standing, code_name, lock_name, standing
from onedoor.areas.rules import prefix_of
from onedoor.journal import queries as journal
from onedoor.journal.rules import Recorded
from onedoor.kernel.actor import Act, Actor, Target
from onedoor.kernel.errors import NotFound
from onedoor.orgs import queries as orgs
from onedoor.orgs.rules import Organ, Staff

EVERYWHERE = Target(frozenset(), "")
OVER_ALL = (Act.MANAGE_SYSTEM, Act.MANAGE_SECURITY, Act.AUDIT)
SECOND_FACTORS = ("totp", "webauthn")


@dataclass(frozen=True, slots=True)
class ManagedAccount:
    """An account as those see it who manage it: nothing with which anybody could sign in."""

    ref: str
    username: str
    name: str
    administrator: Administrator | None
    standing: Standing
    factors: frozenset[str]
    locked_until: datetime | None
    last_login: datetime | None

    @property
    def number(self) -> int:
        """The number in ``ref``."""
        return int(self.ref.partition(":")[2])


@dataclass(frozen=True, slots=True)
class Officer:
    """A member of staff with their account, None where none was opened."""

    staff: Staff
    account: ManagedAccount | None


def sees_all(by: Actor) -> bool:
    """Whether this actor manages or audits the accounts of every organ, the administrators' among them."""
    return any(by.may(act, EVERYWHERE) for act in OVER_ALL)


def manages(by: Actor, organ: Organ) -> bool:
    """Whether this actor has 机构人员管理 over an organ: enrols its people and gives its posts."""
    return by.may(Act.MANAGE_ORGS, Target(frozenset({organ.code}), prefix_of(organ.area)))


def officers(*, by: Actor, at: datetime) -> tuple[Officer, ...]:
    """The staff of the organs whose people this actor manages or audits, those who left included, by job number."""
    seen = {organ.code for organ in orgs.organs() if sees_all(by) or manages(by, organ)}
    return _with_accounts([one for one in orgs.staff_of() if one.organ in seen] if seen else [], at)


def officer(staff_id: int, *, by: Actor, at: datetime) -> Officer:
    """One of them. NotFound also where this actor may not see them."""
    found = orgs.staff(staff_id)
    if not sees_all(by) and not manages(by, orgs.organ(found.organ)):
        raise NotFound("没有这名工作人员。请核对编号。")
    return _with_accounts([found], at)[0]


def administrators(*, by: Actor, at: datetime) -> tuple[ManagedAccount, ...]:
    """三员 with all who ever were one of them; nobody for those who manage one organ's people alone."""
    if not sees_all(by):
        return ()
    return tuple(_managed(Account.objects.filter(administrator__isnull=False).order_by("administrator", "pk"), at))


def administrator(ref: str, *, by: Actor, at: datetime) -> ManagedAccount:
    """One of 三员. NotFound also where this actor may not see them."""
    found = next((one for one in administrators(by=by, at=at) if one.ref == ref), None)
    if found is None:
        raise NotFound("没有这个管理员账号。")
    return found


def history(ref: str, *, by: Actor) -> tuple[Recorded, ...]:
    """What was done to an account, oldest first. NotFound also where this actor may not see it."""
    row = find(ref)
    organ = orgs.organ(orgs.staff(row.staff_id).organ) if row.staff_id else None
    if not sees_all(by) and not (organ and manages(by, organ)):
        raise NotFound("没有这个账号。")
    return journal.stream(ref)


def names_of(refs: Iterable[str]) -> dict[str, str]:
    """The names of those who act under these accounts."""
    numbers = {ref.partition(":")[2] for ref in refs if ref.startswith("account:")}
    rows = Account.objects.filter(pk__in=[number for number in numbers if number.isdecimal()])
    return {f"account:{row.pk}": row.name or row.username for row in rows}


def _with_accounts(staff: Collection[Staff], at: datetime) -> tuple[Officer, ...]:
    rows = Account.objects.filter(staff_id__in=[one.id for one in staff])
    held = {row.staff_id: account for row, account in zip(rows, _managed(rows, at), strict=True)}
    return tuple(Officer(one, held.get(one.id)) for one in staff)


def _managed(rows: Iterable[Account], at: datetime) -> tuple[ManagedAccount, ...]:
    """In three statements, however many they are."""
    factors: dict[int, set[str]] = defaultdict(set)
    enrolled = Authenticator.objects.filter(user__in=[row.pk for row in rows], type__in=SECOND_FACTORS)
    for pk, kind in enrolled.values_list("user_id", "type"):
        factors[pk].add(kind)
    locks = dict(SignInLock.objects.filter(locked_until__gt=at).values_list("name", "locked_until"))
    return tuple(_account(row, frozenset(factors[row.pk]), locks) for row in rows)


def _account(row: Account, factors: frozenset[str], locks: Mapping[str, datetime | None]) -> ManagedAccount:
    until = locks.get(lock_name(row.username)) or locks.get(lock_name(code_name(row.pk)))
    password = row.has_usable_password()
    return ManagedAccount(
        ref=f"account:{row.pk}",
        username=row.username,
        name=row.name,
        administrator=Administrator(row.administrator) if row.administrator else None,
        standing=standing(active=row.is_active, password=password, factors=factors, locked=until is not None),
        factors=factors,
        locked_until=until,
        last_login=row.last_login,
    )
