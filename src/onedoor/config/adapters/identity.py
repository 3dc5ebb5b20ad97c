"""The national identity service (OpenID Connect): who the person is, and nothing of it kept in clear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from onedoor.access import commands
from onedoor.access.rules import NationalIdentity
from onedoor.kernel.errors import Invalid, Refused

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin
    from django.http import HttpRequest

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class IdentityProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """The library's provider, but claims travel beside the stored account, never in it."""

    @property
    def server_url(self) -> str:
        """Only https, or this very machine."""
        url = str(super().server_url)
        parts = urlsplit(url)
        if parts.scheme != "https" and parts.hostname not in LOOPBACK:
            raise ImproperlyConfigured("ONEDOOR_IDENTITY_URL must be https")
        return url

    def sociallogin_from_response(self, request: HttpRequest, response: dict[str, Any]) -> SocialLogin:
        """What allauth stores is the subject alone; the identity number stays in memory."""
        login = super().sociallogin_from_response(request, response)
        login.claims = {**(response.get("id_token") or {}), **(response.get("userinfo") or {})}
        return login

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing personal."""
        return {"sub": self.extract_uid(data)}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing: the registry knows the name."""
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        """None: an address proves no identity here."""
        return []


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Links a sign-in to the person in the registry by the identity number, or refuses in plain words."""

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        """Our provider in place of the library's."""
        found = super().get_provider(request, provider, client_id=client_id)
        return _ours(request, found)

    def list_providers(self, request: HttpRequest) -> list[Any]:
        """Ours here too."""
        return [_ours(request, found) for found in super().list_providers(request)]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Before the session opens: find or register the person, find or open the account."""
        if sociallogin.state.get("process") == "connect":
            raise _refusal(request, gettext("账号不能另行绑定身份。请先退出，再用身份认证登录。"))
        known = f"account:{sociallogin.user.pk}" if sociallogin.is_existing else None
        try:
            identity = _identity(sociallogin)
            ref = commands.identify_citizen(identity, account=known, at=timezone.now())
        except (Refused, Invalid) as refusal:
            raise _refusal(request, str(refusal)) from refusal
        if known is None:
            sociallogin.connect(request, get_user_model().objects.get(pk=ref.partition(":")[2]))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never by a form."""
        return False

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail from here."""


def _ours(request: HttpRequest, found: Any) -> Any:
    return IdentityProvider(request, app=found.app) if isinstance(found, OpenIDConnectProvider) else found


def _identity(sociallogin: SocialLogin) -> NationalIdentity:
    claims, names = sociallogin.claims, settings.IDENTITY_CLAIMS
    level = str(claims.get(names["level"], "0"))
    return NationalIdentity(
        subject=sociallogin.account.uid,
        id_number=str(claims.get(names["id_number"], "")).strip().upper(),
        name=str(claims.get(names["name"], "")).strip(),
        level=int(level) if level.isdecimal() else 0,
    )


def _refusal(request: HttpRequest, message: str) -> ImmediateHttpResponse:
    page = render(request, "socialaccount/authentication_error.html", {"message": message}, status=403)
    return ImmediateHttpResponse(page)
