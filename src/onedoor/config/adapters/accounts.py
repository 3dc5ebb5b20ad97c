"""Sign-in with a name and a password: allauth asks here, the rules of access answer."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from onedoor.access import commands, queries
from onedoor.cases import commands as cases
from onedoor.kernel.actor import Channel
from onedoor.kernel.errors import Refused

if TYPE_CHECKING:
    from django.http import HttpRequest

    from onedoor.access.models import Account

STAFF_HOME = "/desk/"
OF_SIGN_IN = ("_", "account", "mfa", "socialaccount")  # how what sign-in itself keeps in a session is named
INCORRECT_CODE = "验证码不正确或已经用过，请等待下一个验证码后重新输入。"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Lock-out, audit, password rules. One message for a wrong name and a wrong password."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "用户名或密码不正确，请核对后重新输入。",
        "incorrect_password": "密码不正确，请重新输入。",
        "incorrect_code": INCORRECT_CODE,
        "too_many_login_attempts": "尝试次数过多，请稍后再试。",
        "enter_current_password": "当前密码不正确，请重新输入。",
        "rate_limited": "操作太频繁，请稍后再试。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody declares an identity: citizens come from the national identity service or the window."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt before the password is looked at."""
        begin_attempt(credentials.get("username", ""))
        super().pre_authenticate(request, **credentials)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """A right password takes its own attempt back (not earlier failures)."""
        user: Account | None = super().authenticate(request, **credentials)
        if user:
            commands.forgive_attempt(credentials.get("username", ""))
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note it, and lock the name after the last allowed attempt."""
        name = credentials.get("username", "")
        commands.record_failure(name, at=timezone.now(), address=self.get_client_ip(request))

    def login(self, request: HttpRequest, user: Account) -> None:
        """In: nothing that was opened in this browser before stays open, Django rotates the key; note the event."""
        for name in tuple(request.session.keys()):
            if not name.startswith(OF_SIGN_IN):
                del request.session[name]
        super().login(request, user)
        commands.record_sign_in(f"account:{user.pk}", at=timezone.now(), address=self.get_client_ip(request))

    def logout(self, request: HttpRequest) -> None:
        """Out: no case stays open; note the event."""
        ref = f"account:{request.user.pk}" if request.user.is_authenticated else ""
        super().logout(request)
        if ref:
            cases.leave(ref)
            commands.record_sign_out(ref, at=timezone.now(), address=self.get_client_ip(request))

    def set_password(self, user: Account, password: str) -> None:
        """A changed password is a fact of the account."""
        by = queries.actor_for(user, channel=Channel.WEB)
        commands.change_password(f"account:{user.pk}", password, by=by, at=timezone.now())
        user.refresh_from_db()

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within minutes of a full sign-in: a newcomer enrols a second factor without typing all again."""
        records = get_authentication_records(self.request, self.request.user)
        if records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff to the desk, citizens home."""
        return STAFF_HOME if getattr(request.user, "kind", "") == "staff" else "/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the page of sign-in safety."""
        return str(reverse("mfa_index"))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No mail from here: messages to people go through notices."""


def begin_attempt(name: str) -> None:
    """Count an attempt; a locked name becomes an error of the form."""
    try:
        commands.begin_attempt(name, at=timezone.now())
    except Refused as refusal:
        raise ValidationError(refusal.message, code=refusal.code) from refusal


def client_address() -> str | None:
    """The address of the request that is being answered."""
    address: str | None = AccountAdapter().get_client_ip(context.request)
    return address


class PasswordPolicy:
    """The county's password rules as a Django validator: every fault at once, the history included."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """Raise ValidationError with every fault."""
        faults = commands.check_new_password(user, password, timezone.localdate())
        if faults:
            raise ValidationError(list(faults), code="password")

    def get_help_text(self) -> str:
        """The rules in force today, in one sentence."""
        rules = queries.policy(timezone.localdate())
        parts = (
            f"密码至少 {rules.password_length} 位",
            f"含大写字母、小写字母、数字、符号中的至少 {rules.password_classes} 种",
            f"不含用户名，不与最近 {rules.password_history} 次用过的相同。",
        )
        return "，".join(parts)
