"""Accounts: opened, invited, identified, suspended, restored."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import check_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from onedoor.access.commands.facts import EVERYWHERE, locked, record
from onedoor.access.models import Account, AccountKind, FormerPassword
from onedoor.access.queries import policy
from onedoor.access.rules import (
    Administrator,
    NationalIdentity,
    check_appointment,
    check_identity,
    check_username,
    password_faults,
    require,
)
from onedoor.instance.calling import command
from onedoor.kernel.actor import Act, Actor, ActorKind, system
from onedoor.kernel.errors import Conflict, FieldError, Forbidden, Invalid, Refused
from onedoor.orgs import commands as staffing
from onedoor.orgs import queries as orgs
from onedoor.registries.commands import enter_person
from onedoor.registries.rules import PersonFacts, Source


@dataclass(frozen=True, slots=True)
class InvitedAccount:
    """A new account without a password; its holder sets one on the enrolment link."""

    ref: str
    username: str


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What an account starts with. Exactly one of party, staff_id and administrator may be set."""

    username: str
    name: str
    kind: str = "citizen"
    party: str = ""
    phone: str = ""
    real_name_level: int = 0
    staff_id: int | None = None
    administrator: Administrator | None = None
    sample: bool = False


@transaction.atomic
def open_account(new: NewAccount, *, by: Actor, at: datetime, password: str | None = None) -> str:
    """Open an account; returns "account:12". For the platform itself (demo, import).

    Raises Forbidden for anyone else, Invalid for a bad password, Conflict for a taken name or party.
    """
    if by.kind is not ActorKind.SYSTEM:
        raise Forbidden
    return f"account:{_create(new, by=by, at=at, password=password).pk}"


def _create(new: NewAccount, *, by: Actor, at: datetime, password: str | None = None) -> Account:
    row = unsaved(new, at)
    if password is None:
        row.set_unusable_password()
    else:
        _check_password(row, password, timezone.localdate(at))
        row.set_password(password)
        row.password_changed_at = at
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Conflict("用户名已被使用，或此人已有账号，请核对。") from error
    body, personal = opening(new)
    record(row, "account_opened", by=by, at=at, body=body, personal=personal)
    if row.staff_id is not None:
        staffing.accounts_opened({row.staff_id: f"account:{row.pk}"}, by=by, at=at)
    return row


def opening(new: NewAccount) -> tuple[dict[str, str], dict[str, str]]:
    """Body and personal values of the fact that an account was opened."""
    personal = {"name": new.name, "username": new.username.strip().lower()} if new.kind == "citizen" else {}
    return {"kind": new.kind, "party": new.party, "administrator": new.administrator or ""}, personal


def unsaved(new: NewAccount, at: datetime) -> Account:
    """The row of a new account, without password."""
    return Account(
        username=new.username.strip().lower(),
        name=new.name,
        kind=new.kind,
        party=new.party,
        phone=new.phone,
        real_name_level=new.real_name_level,
        staff_id=new.staff_id,
        administrator=new.administrator,
        sample=new.sample,
        created_at=at,
    )


@transaction.atomic(durable=True)
def invite_staff(staff_id: int, *, username: str, by: Actor, at: datetime) -> InvitedAccount:
    """An account for a member of staff, without password: the link does the rest.

    By the system administrator. Raises Forbidden, NotFound, Invalid, Conflict (name taken, or this person has an
    account).
    """
    require(by, Act.MANAGE_SYSTEM, EVERYWHERE)
    if faults := check_username(username):
        raise Invalid(faults)
    new = NewAccount(username=username, name=orgs.staff(staff_id).name, kind=AccountKind.STAFF, staff_id=staff_id)
    row = _create(new, by=by, at=at)
    return InvitedAccount(f"account:{row.pk}", row.username)


@transaction.atomic(durable=True)
def appoint_administrators(
    names: Mapping[Administrator, str], *, by: Actor, at: datetime
) -> tuple[InvitedAccount, ...]:
    """The three administrators of a real instance, once, three different people (GB/T 22239-2019 §8.1.5).

    By the platform's own command line. Raises Refused where there are administrators already, or names repeat.
    """
    if by.kind is not ActorKind.SYSTEM:
        raise Forbidden
    if Account.objects.filter(administrator__isnull=False).exists():
        raise Refused("administrator.appointed", f"三员已经任命过了；增补请用 {command()} admin appoint 命令。")
    if set(names) != set(Administrator) or len({name.lower() for name in names.values()}) != len(Administrator):
        raise Refused("administrator.separate", "请为系统、安全、审计三个管理员各指定一个不同的用户名。")
    return tuple(_appoint(role, username, by=by, at=at) for role, username in names.items())


@transaction.atomic(durable=True)
def appoint_administrator(role: Administrator, username: str, *, by: Actor, at: datetime) -> InvitedAccount:
    """One more administrator of a role, when a holder leaves; the one who leaves is suspended apart.

    By the platform's own command line. Raises Forbidden, Refused where the name belongs to another role or to a
    case handler, Conflict where it is taken.
    """
    if by.kind is not ActorKind.SYSTEM:
        raise Forbidden
    row = Account.objects.filter(username=username.strip().lower()).first()
    if row is not None:
        holds = Administrator(row.administrator) if row.administrator else None
        check_appointment(role, holds=holds, handles_cases=row.staff_id is not None)
    return _appoint(role, username, by=by, at=at)


def _appoint(role: Administrator, username: str, *, by: Actor, at: datetime) -> InvitedAccount:
    new = NewAccount(username=username, name=role.label, kind=AccountKind.STAFF, administrator=role)
    row = _create(new, by=by, at=at)
    return InvitedAccount(f"account:{row.pk}", row.username)


@transaction.atomic
def identify_citizen(identity: NationalIdentity, *, account: str | None, at: datetime) -> str:
    """A person came from the national identity service: find or register the person, find or open the account.

    ``account`` is the account of an earlier sign-in with the same subject. Returns "account:12".
    Raises Refused for incomplete claims or where that account belongs to another person, Invalid for an odd name.
    """
    check_identity(identity)
    by = system("identity")
    facts = PersonFacts(name=identity.name, source=Source.SHARED)
    party = enter_person(identity.id_number, facts=facts, by=by, at=at)
    row = Account.objects.select_for_update(of=("self",)).filter(party=party).first()
    if account is not None and (row is None or account != f"account:{row.pk}"):
        raise Refused("identity.mismatch", "这个身份认证账号绑定的是另一个人，不能登录。请到大厅窗口核实。")
    if row is None:
        username = f"g{secrets.token_hex(8)}"
        new = NewAccount(username, identity.name, party=party, real_name_level=identity.level)
        row = _create(new, by=by, at=at)
    elif row.real_name_level != identity.level or row.name != identity.name:
        row.real_name_level, row.name = identity.level, identity.name
        body = {"level": identity.level}
        record(row, "citizen_identified", by=by, at=at, body=body, personal={"name": identity.name})
    return f"account:{row.pk}"


@transaction.atomic
def change_password(ref: str, password: str, *, by: Actor, at: datetime) -> None:
    """A new password of one's own, or set on the enrolment link. All other sessions end with it.

    Raises Invalid with every fault, Forbidden for someone else's account.
    """
    if by.ref != ref and by.kind is not ActorKind.SYSTEM:
        raise Forbidden
    row = locked(ref)
    _check_password(row, password, timezone.localdate(at))
    if row.has_usable_password():
        FormerPassword.objects.create(account=row, password=row.password, replaced_at=at)
    row.set_password(password)
    row.password_changed_at = at
    record(row, "password_changed", by=by, at=at)


def _check_password(row: Account, password: str, on: date) -> None:
    faults = check_new_password(row, password, on)
    if faults:
        raise Invalid(FieldError("password", fault) for fault in faults)


def check_new_password(row: Account | None, password: str, on: date) -> tuple[str, ...]:
    """Every fault of a new password, its history included (the last N are not used again)."""
    rules = policy(on)
    faults = password_faults(password, username=row.username if row else "", policy=rules)
    if faults or row is None or row.pk is None:
        return faults
    former = FormerPassword.objects.filter(account=row).order_by("-replaced_at").values_list("password", flat=True)
    hashes = [row.password, *former[: max(rules.password_history - 1, 0)]]
    if any(check_password(password, known) for known in hashes):
        return (f"不能使用最近 {rules.password_history} 次用过的密码。",)
    return ()


@transaction.atomic(durable=True)
def suspend_account(ref: str, *, by: Actor, at: datetime, reason: str) -> None:
    """Nobody signs in with it any more (停用多余账号, GB/T 22239-2019 §8.1.4.2). By the security administrator."""
    _switch(ref, False, "account_suspended", by=by, at=at, reason=reason)


@transaction.atomic(durable=True)
def restore_account(ref: str, *, by: Actor, at: datetime, reason: str) -> None:
    """Open again what was suspended. By the security administrator. Raises Forbidden, Invalid, Conflict."""
    _switch(ref, True, "account_restored", by=by, at=at, reason=reason)


def _switch(ref: str, active: bool, kind: str, *, by: Actor, at: datetime, reason: str) -> None:
    require(by, Act.MANAGE_SECURITY, EVERYWHERE)
    if by.ref == ref:
        raise Refused("account.own", "不能停用或启用自己的账号，请另一位安全管理员办理。")
    if not reason.strip():
        raise Invalid([FieldError("reason", "请写明理由。")])
    row = locked(ref)
    if row.is_active is active:
        raise Conflict("账号已经是这个状态，请刷新页面。")
    row.is_active = active
    record(row, kind, by=by, at=at, body={"reason": reason})
