"""Every address of sign-in, chosen one by one: what the library offers and we do not use has no address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.idp.oidc import views as oauth
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as openid
from allauth.usersessions import views as usersessions
from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.generic import TemplateView


def page(view: Callable[..., Any]) -> Callable[..., Any]:
    """The library calls the host name ``site``; our pages have a ``site`` of their own."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **kwargs)
        if getattr(response, "context_data", None):
            response.context_data.pop("site", None)  # type: ignore[attr-defined]
        return response

    return shown


closed = TemplateView.as_view(template_name="account/closed.html")

urlpatterns = [
    path("login/", page(account.login), name="account_login"),
    path("logout/", page(account.logout), name="account_logout"),
    path("inactive/", page(account.account_inactive), name="account_inactive"),
    path("reauthenticate/", page(account.reauthenticate), name="account_reauthenticate"),
    path("signup/", closed, name="account_signup"),
    path("password/change/", page(account.password_change), name="account_change_password"),
    path("password/set/", closed, name="account_set_password"),
    path("password/reset/", closed, name="account_reset_password"),
    path(
        "password/reset/key/done/",
        page(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        page(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("2fa/", page(mfa.index), name="mfa_index"),
    path("2fa/authenticate/", page(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", page(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", page(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", page(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", page(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        page(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("2fa/webauthn/", page(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", page(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("2fa/webauthn/login/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path(
        "2fa/webauthn/reauthenticate/",
        page(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("2fa/webauthn/keys/<int:pk>/remove/", page(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/edit/", page(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path("identity/cancelled/", page(social.login_cancelled), name="socialaccount_login_cancelled"),
    path("identity/error/", page(social.login_error), name="socialaccount_login_error"),
    path("oidc/<slug:provider_id>/login/", openid.login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", openid.callback, name="openid_connect_callback"),
    path("sessions/", page(usersessions.list_usersessions), name="usersessions_list"),
]

token_urlpatterns = [
    path("token", oauth.token, name="oauth_token"),
    path("revoke", oauth.revoke, name="oauth_revoke"),
]
