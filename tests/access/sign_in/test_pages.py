"""Every page of sign-in draws, in Chinese, with our own frame."""

import pytest
from django.test import Client
from django.utils import timezone
from tests.access.conftest import Open, sign_in

from onedoor.access.commands import issue_enrolment_link
from onedoor.access.models import Account
from onedoor.journal.queries import stream
from onedoor.kernel.actor import system

SIGNED_OUT = (
    "login/",
    "inactive/",
    "signup/",
    "password/reset/",
    "password/reset/key/done/",
    "identity/cancelled/",
    "identity/error/",
)
SIGNED_IN = (
    "logout/",
    "password/change/",
    "2fa/",
    "2fa/totp/activate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
    "sessions/",
    "reauthenticate/",
)
CODES = ("2fa/recovery-codes/", "2fa/recovery-codes/generate/", "2fa/totp/deactivate/", "2fa/reauthenticate/")


def text(client: Client, path: str) -> str:
    answer = client.get(f"/account/{path}")
    assert answer.status_code == (401 if path == "identity/error/" else 200), path
    page = answer.content.decode()
    assert page.count("<h1") == 1
    assert "testserver" not in page.partition("<body")[0]
    assert "style=" not in page
    return page


@pytest.mark.parametrize("path", SIGNED_OUT)
def test_for_visitors(client: Client, db: None, path: str) -> None:
    assert "</html>" in text(client, path)


@pytest.mark.parametrize("path", SIGNED_IN)
def test_for_citizens(client: Client, opened: Open, path: str) -> None:
    opened("lihua", party="person:1")
    sign_in(client, "lihua")
    assert "</html>" in text(client, path)


@pytest.mark.parametrize("path", CODES)
def test_for_those_with_a_second_factor(client: Client, opened: Open, path: str) -> None:
    opened("lihua", party="person:1", second_factor=True)
    sign_in(client, "lihua", second_factor=True)
    client.post("/account/2fa/recovery-codes/generate/", {})
    assert "</html>" in text(client, path)


def test_the_second_step(client: Client, opened: Open) -> None:
    opened("lihua", party="person:1", second_factor=True)
    sign_in(client, "lihua")
    assert "第二步验证" in text(client, "2fa/authenticate/")


def link_of(opened: Open) -> tuple[str, str]:
    account = opened("clerk", password=None, kind="staff", staff_id=1)
    return account.ref, issue_enrolment_link(account.ref, by=system("cli"), at=timezone.now())


def test_an_enrolment_link_sets_a_password_once(client: Client, opened: Open) -> None:
    ref, link = link_of(opened)
    form = client.get(link, follow=True)
    assert "设置密码" in form.content.decode()
    where = form.redirect_chain[-1][0]
    answer = client.post(where, {"password1": "Another-2026", "password2": "Another-2026"})
    assert answer["Location"] == "/account/password/reset/key/done/"
    assert Account.objects.get().check_password("Another-2026")
    assert [fact.kind for fact in stream(ref)][1:] == ["enrolment_link_issued", "password_changed"]
    assert "链接已失效" in Client().get(link, follow=True).content.decode()


def test_an_enrolment_link_keeps_to_the_password_rules(client: Client, opened: Open) -> None:
    where = client.get(link_of(opened)[1], follow=True).redirect_chain[-1][0]
    assert "至少 8 位" in client.post(where, {"password1": "ab", "password2": "ab"}).content.decode()


@pytest.mark.parametrize(
    "path", ["email/", "confirm-email/", "3rdparty/", "login/code/", "social/signup/", "phone/change/"]
)
def test_what_we_do_not_use_has_no_address(client: Client, db: None, path: str) -> None:
    assert client.get(f"/account/{path}").status_code == 404


def test_a_link_of_an_account_that_was_suspended_meanwhile_sets_nothing(client: Client, opened: Open) -> None:
    where = client.get(link_of(opened)[1], follow=True).redirect_chain[-1][0]
    Account.objects.update(is_active=False)
    answer = client.post(where, {"password1": "Another-2026", "password2": "Another-2026"})
    assert answer.status_code in (302, 403)
    assert not Account.objects.get().has_usable_password()
