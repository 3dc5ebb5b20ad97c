"""Second factors: secrets sealed at rest, codes guarded like passwords, staff never without one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from onedoor.access import commands
from onedoor.config.adapters.accounts import INCORRECT_CODE, AccountAdapter, begin_attempt, client_address
from onedoor.journal.queries import personal_key
from onedoor.kernel import sm

if TYPE_CHECKING:
    from django.http import HttpRequest

PLACE = b"access.second_factor"
CODE_SECONDS = 90  # a code is accepted one period early or late, and all that time once only (RFC 6238 §5.2)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """What allauth.mfa asks."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": INCORRECT_CODE,
        "cannot_delete_authenticator": "工作人员须保留至少一种第二因素，请先登记另一种。",
    }

    def get_totp_issuer(self) -> str:
        """The name an authenticator app shows."""
        return str(settings.SITE["name"])

    def encrypt(self, text: str) -> str:
        """SM4-GCM under a key derived from the instance's personal key."""
        return sm.sm4_encrypt(_key(), text.encode(), associated=PLACE).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """The inverse; SmError where key or a bit differ."""
        return sm.sm4_decrypt(_key(), bytes.fromhex(encrypted_text), associated=PLACE).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff keep at least one real second factor; recovery codes alone are none."""
        if authenticator.user.kind != "staff":
            return True
        others = Authenticator.objects.filter(user=authenticator.user, type__in=["totp", "webauthn"])
        return bool(others.exclude(pk=authenticator.pk).exists())

    def _get_site_name(self) -> str:
        return str(settings.SITE["name"])


def _key() -> bytes:
    return sm.sm3_hmac(personal_key(), PLACE)[: sm.SM4_KEY_BYTES]


class _Guarded:
    """Guesses of a code are counted like guesses of a password, on a name of their own."""

    user: Any

    def clean_code(self) -> str:
        name = f"code:{self.user.pk}"
        begin_attempt(name)
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError:
            ref = f"account:{self.user.pk}"
            at, address = timezone.now(), client_address()
            commands.record_failure(name, at=at, address=address, event="code", account=ref)
            raise
        if not cache.add(f"access.code:{self.user.pk}:{code.strip()}", 1, timeout=CODE_SECONDS):
            raise AccountAdapter().validation_error("incorrect_code")
        commands.forgive_attempt(name)
        return code


class CodeForm(_Guarded, AuthenticateForm):  # type: ignore[misc]
    """The code after the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("动态口令（6 位）")


class CodeAgainForm(_Guarded, ReauthenticateForm):  # type: ignore[misc]
    """The code before something sensitive."""


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this very session was opened, or confirmed, with a second factor."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)
