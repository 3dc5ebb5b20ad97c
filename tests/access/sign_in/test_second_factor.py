"""Staff and the second factor: no way around it."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from tests.access.conftest import PASSWORD, SECRET, Open, code, sign_in

from onedoor.access.models import SignIn
from onedoor.access.rules import totp
from onedoor.config.sessions import WEAK_STAFF_MAY_OPEN, actor_of

ENROL = "/account/2fa/totp/activate/"
VERIFY = "/account/2fa/authenticate/"
SENSITIVE = (
    "/",
    "/desk/",
    "/account/2fa/",
    "/account/2fa/recovery-codes/",
    "/account/password/change/",
    "/account/sessions/",
)


def test_staff_without_a_second_factor_may_only_enrol_one(client: Client, opened: Open) -> None:
    opened("clerk", kind="staff", staff_id=1)
    sign_in(client, "clerk")
    for path in (*SENSITIVE, "/no/such/page/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, ENROL), path
    assert client.get(ENROL).status_code == 200
    assert client.get("/account/2fa/webauthn/add/").status_code == 200


def test_what_weak_staff_may_open_are_addresses_that_exist(db: None) -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert set(WEAK_STAFF_MAY_OPEN) <= names


def test_posting_is_no_way_around_either(client: Client, opened: Open) -> None:
    account = opened("clerk", kind="staff", staff_id=1)
    sign_in(client, "clerk")
    body = {"oldpassword": PASSWORD, "password1": "Another-2026", "password2": "Another-2026"}
    assert client.post("/account/password/change/", body)["Location"] == ENROL
    assert account.row.check_password(PASSWORD)


def test_a_half_loaded_page_is_sent_whole_to_enrolment(client: Client, opened: Open) -> None:
    opened("clerk", kind="staff", staff_id=1)
    sign_in(client, "clerk")
    assert client.get("/desk/", headers={"HX-Request": "true"})["HX-Redirect"] == ENROL


def test_after_enrolment_the_new_factor_must_be_shown_once(client: Client, opened: Open) -> None:
    opened("clerk", kind="staff", administrator="system")
    sign_in(client, "clerk")
    client.get(ENROL)
    secret = client.session["mfa.totp.secret"]
    answer = client.post(ENROL, {"code": totp(secret, at=datetime.now(UTC))})
    assert answer.status_code == 302, answer.content.decode()
    assert client.get("/account/2fa/")["Location"].startswith("/account/2fa/reauthenticate/")
    client.post("/account/2fa/reauthenticate/", {"code": totp(secret, at=datetime.now(UTC))})
    assert client.get("/account/2fa/").status_code == 200


def test_the_password_alone_opens_no_session(client: Client, opened: Open) -> None:
    opened("clerk", kind="staff", staff_id=1, second_factor=True)
    sign_in(client, "clerk")
    assert "_auth_user_id" not in client.session
    for path in ("/account/2fa/", "/account/sessions/", ENROL):
        assert client.get(path)["Location"].startswith("/account/login/"), path


def test_with_the_code_staff_are_in(client: Client, opened: Open) -> None:
    opened("boss", kind="staff", administrator="security", second_factor=True)
    sign_in(client, "boss", second_factor=True)
    page = client.get("/account/2fa/")
    assert page.status_code == 200
    assert [grant.post for grant in actor_of(page.wsgi_request).grants] == ["安全管理员"]


def test_without_the_second_factor_the_actor_has_no_grant(client: Client, opened: Open) -> None:
    opened("boss", kind="staff", administrator="security")
    sign_in(client, "boss")
    assert actor_of(client.get(ENROL).wsgi_request).grants == ()


def test_a_code_works_once(client: Client, opened: Open) -> None:
    opened("boss", kind="staff", administrator="security", second_factor=True)
    now = code()
    client.post("/account/login/", {"login": "boss", "password": PASSWORD})
    assert client.post(VERIFY, {"code": now}).status_code == 302
    thief = Client()
    thief.post("/account/login/", {"login": "boss", "password": PASSWORD})
    assert "已经用过" in thief.post(VERIFY, {"code": now}).content.decode()


def test_five_wrong_codes_lock_codes(client: Client, opened: Open) -> None:
    opened("boss", kind="staff", administrator="security", second_factor=True)
    client.post("/account/login/", {"login": "boss", "password": PASSWORD})
    for _ in range(5):
        client.post(VERIFY, {"code": "000000"})
    assert "尝试次数过多" in client.post(VERIFY, {"code": code()}).content.decode()
    assert SignIn.objects.filter(event="code", succeeded=False).count() == 5


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example"])
def test_next_through_the_second_step_stays_on_the_site(client: Client, opened: Open, target: str) -> None:
    opened("boss", kind="staff", administrator="security", second_factor=True)
    client.post("/account/login/", {"login": "boss", "password": PASSWORD, "next": target})
    assert client.post(VERIFY, {"code": code()})["Location"] == "/desk/"


def test_the_secret_rests_encrypted(opened: Open) -> None:
    opened("boss", kind="staff", administrator="security", second_factor=True)
    assert SECRET not in str(Authenticator.objects.get().data)


def test_staff_cannot_drop_their_last_second_factor(client: Client, opened: Open) -> None:
    opened("boss", kind="staff", administrator="security", second_factor=True)
    sign_in(client, "boss", second_factor=True)
    client.post("/account/2fa/totp/deactivate/", {})
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_a_citizen_may_have_a_second_factor_and_drop_it(client: Client, opened: Open) -> None:
    opened("lihua", party="person:1", second_factor=True)
    sign_in(client, "lihua", second_factor=True)
    client.post("/account/2fa/totp/deactivate/", {})
    assert not Authenticator.objects.exists()


def test_a_passkey_must_verify_the_person_and_belongs_to_this_host(client: Client, opened: Open) -> None:
    opened("clerk", kind="staff", staff_id=1)
    sign_in(client, "clerk")
    page = client.get("/account/2fa/webauthn/add/", headers={"host": "localhost:8000"})
    options = page.context["js_data"]["creation_options"]["publicKey"]
    assert options["rp"]["id"] == "localhost"
    login = Client().get("/account/2fa/webauthn/login/", headers={"X-Requested-With": "XMLHttpRequest"})
    assert login.json()["request_options"]["publicKey"]["userVerification"] == "required"


def test_a_session_that_rested_too_long_ends(client: Client, opened: Open) -> None:
    opened("boss", kind="staff", administrator="security", second_factor=True)
    sign_in(client, "boss", second_factor=True)
    client.get("/account/2fa/")
    session = client.session
    session["seen_at"] = int((timezone.now() - timedelta(minutes=31)).timestamp())
    session.save()
    answer = client.get("/account/2fa/")
    assert answer["Location"].startswith("/account/login/?next=")
    assert "_auth_user_id" not in client.session
    assert "自动退出" in client.get(answer["Location"]).content.decode()


def test_a_citizens_session_may_rest_longer(client: Client, opened: Open) -> None:
    opened("lihua", party="person:1")
    sign_in(client, "lihua")
    client.get("/account/2fa/")
    session = client.session
    session["seen_at"] = int((timezone.now() - timedelta(minutes=31)).timestamp())
    session.save()
    assert client.get("/account/2fa/").status_code == 200


def test_one_may_end_ones_other_sessions(client: Client, opened: Open) -> None:
    opened("lihua", party="person:1")
    other = Client()
    sign_in(client, "lihua")
    sign_in(other, "lihua")
    assert client.get("/account/sessions/").context["session_count"] == 2
    client.post("/account/sessions/")
    assert other.get("/account/sessions/")["Location"].startswith("/account/login/")
    assert client.get("/account/sessions/").status_code == 200


def test_a_new_password_ends_all_other_sessions(client: Client, opened: Open) -> None:
    account = opened("lihua", party="person:1")
    other = Client()
    sign_in(client, "lihua")
    sign_in(other, "lihua")
    body = {"oldpassword": PASSWORD, "password1": "Another-2026", "password2": "Another-2026"}
    answer = client.post("/account/password/change/", body)
    assert answer.status_code == 302, answer.content.decode()
    assert account.row.check_password("Another-2026")
    assert client.get("/account/sessions/").status_code == 200
    assert other.get("/account/sessions/")["Location"].startswith("/account/login/")


@pytest.mark.parametrize(
    ("password", "words"), [("short", "至少 8 位"), (PASSWORD, "最近 5 次"), ("Password1", "常见")]
)
def test_a_bad_new_password_is_told_why(client: Client, opened: Open, password: str, words: str) -> None:
    opened("lihua", party="person:1")
    sign_in(client, "lihua")
    body = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert words in client.post("/account/password/change/", body).content.decode()
