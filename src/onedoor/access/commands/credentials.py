"""Second factors, sessions, locks: what the security administrator and the holder may do to them."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from allauth.idp.oidc.models import Token
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from onedoor.access.commands.facts import EVERYWHERE, locked, record
from onedoor.access.models import Account, AccountKind, SignInLock
from onedoor.access.queries import policy
from onedoor.access.rules import code_name, lock_name, require
from onedoor.kernel.actor import Act, Actor, ActorKind
from onedoor.kernel.errors import Forbidden, NotFound, Refused


@transaction.atomic
def enrol_authenticator(ref: str, secret: str, *, by: Actor, at: datetime) -> None:
    """Give a sample account an authenticator app with a known secret.

    Demo only: raises Forbidden for any account that is not marked 示例.
    """
    row = locked(ref)
    if by.kind is not ActorKind.SYSTEM or not row.sample:
        raise Forbidden("只有示例账号可以预置动态口令。")
    data = {"secret": get_adapter().encrypt(secret)}
    Authenticator.objects.update_or_create(user=row, type=Authenticator.Type.TOTP, defaults={"data": data})
    record(row, "second_factor_enrolled", by=by, at=at, body={"type": "totp"})


@transaction.atomic
def issue_enrolment_link(ref: str, *, by: Actor, at: datetime) -> str:
    """The path of a one-time link on which the holder sets a password; it dies with its first use or within a day.

    By the system administrator for staff, by the platform's command line for administrators; the issue is a fact.
    Raises Forbidden, NotFound, Refused where the account has a password: nobody takes over what is in use.
    """
    row = locked(ref)
    if by.kind is not ActorKind.SYSTEM:
        require(by, Act.MANAGE_SYSTEM, EVERYWHERE)
        if row.kind != AccountKind.STAFF or row.administrator:
            raise Forbidden("管理员的登记链接只能由运维人员在服务器上签发。")
    if row.has_usable_password():
        raise Refused("account.in_use", "此账号已设置密码。确需重新登记的，先请安全管理员重置凭据。")
    record(row, "enrolment_link_issued", by=by, at=at)
    key = f"{user_pk_to_url_str(row)}-{app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(row)}"
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    return path.replace("UID-KEY", key)


@transaction.atomic(durable=True)
def reset_credentials(ref: str, *, by: Actor, at: datetime) -> None:
    """Take away password, second factors and sessions; the holder enrols anew on a fresh link.

    By the security administrator, who has seen the person, and never one's own: another one does that. Raises
    Forbidden, NotFound, Refused.
    """
    require(by, Act.MANAGE_SECURITY, EVERYWHERE)
    if by.ref == ref:
        raise Refused("account.own", "不能重置自己的凭据，请另一位安全管理员办理。")
    row = locked(ref)
    row.set_unusable_password()
    Authenticator.objects.filter(user=row).delete()
    _end(row)
    record(row, "credentials_reset", by=by, at=at)


@transaction.atomic(durable=True)
def end_sessions(ref: str, *, by: Actor, at: datetime) -> int:
    """Sign an account out everywhere: one's own, or any by the security administrator. Returns how many ended."""
    if by.ref != ref:
        require(by, Act.MANAGE_SECURITY, EVERYWHERE)
    row = locked(ref)
    ended = _end(row)
    record(row, "sessions_ended", by=by, at=at, body={"sessions": ended})
    return ended


def _end(row: Account) -> int:
    sessions = list(UserSession.objects.filter(user=row))
    for session in sessions:
        session.end()
    return len(sessions)


@transaction.atomic(durable=True)
def unlock(username: str, *, by: Actor, at: datetime) -> None:
    """Lift the lock on a name before its time. By the security administrator. Raises Forbidden, NotFound."""
    require(by, Act.MANAGE_SECURITY, EVERYWHERE)
    account = Account.objects.select_for_update().filter(username=username.strip().lower()).first()
    if account is None:
        raise NotFound("没有这个用户名的账号。")
    SignInLock.objects.filter(name__in=[lock_name(username), lock_name(code_name(account.pk))]).delete()
    record(account, "sign_in_unlocked", by=by, at=at)


@transaction.atomic(durable=True)
def sweep(*, at: datetime) -> None:
    """Remove what nobody can use any more: expired sessions, tokens, and attempts older than any lock.

    The audit of sign-ins stays (网络安全法 §21(三): logs at least six months; here for good).
    """
    Session.objects.filter(expire_date__lte=at).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    Token.objects.filter(expires_at__lte=at).delete()
    old = at - timedelta(minutes=policy(timezone.localdate(at)).lock_minutes)
    SignInLock.objects.filter(Q(locked_until__lte=at) | Q(locked_until=None, first_at__lte=old)).delete()
