"""Signing in with a name and a password."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests.access.conftest import PASSWORD, Open, sign_in

from onedoor.access.models import SignIn, SignInLock
from onedoor.journal.queries import stream

LOGIN = "/account/login/"


def attempt(client: Client, login: str, password: str = "Wrong-2026") -> str:
    return client.post(LOGIN, {"login": login, "password": password}).content.decode()


def test_a_citizen_signs_in_and_lands_at_home(client: Client, opened: Open) -> None:
    opened("lihua", party="person:1")
    answer = client.post(LOGIN, {"login": "LiHua", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert SignIn.objects.get().succeeded


def test_a_known_and_an_unknown_name_get_the_same_words(client: Client, opened: Open) -> None:
    opened("lihua")
    known, unknown = attempt(client, "lihua"), attempt(client, "nobody")
    assert "用户名或密码不正确" in known
    assert "用户名或密码不正确" in unknown


def test_five_failures_lock_the_name_even_for_the_right_password(client: Client, opened: Open) -> None:
    account = opened("lihua")
    for _ in range(5):
        attempt(client, "lihua")
    assert "尝试次数过多" in attempt(client, "lihua", PASSWORD)
    assert [fact.kind for fact in stream(account.ref)] == ["account_opened", "sign_in_locked"]


def test_an_unknown_name_is_locked_in_the_same_words(client: Client, db: None) -> None:
    for _ in range(5):
        attempt(client, "nobody")
    assert "尝试次数过多" in attempt(client, "nobody")


def test_the_lock_lifts_after_its_minutes(client: Client, opened: Open) -> None:
    opened("lihua")
    for _ in range(5):
        attempt(client, "lihua")
    SignInLock.objects.update(locked_until=timezone.now() - timedelta(seconds=1))
    sign_in(client, "lihua")


def test_a_sign_in_forgets_earlier_failures(client: Client, opened: Open) -> None:
    opened("lihua")
    for _ in range(3):
        for _ in range(4):
            attempt(client, "lihua")
        sign_in(client, "lihua")
        client.logout()


def test_what_people_type_into_the_name_field_is_not_kept(client: Client, db: None) -> None:
    attempt(client, "my-password-by-mistake")
    assert not SignIn.objects.filter(name__contains="mistake").exists()
    assert not SignInLock.objects.filter(name__contains="mistake").exists()


def test_the_session_key_changes_at_sign_in(client: Client, opened: Open) -> None:
    opened("lihua")
    client.get(LOGIN)
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    sign_in(client, "lihua")
    assert client.session.session_key != before


def test_signing_in_without_the_csrf_token_is_refused(opened: Open) -> None:
    opened("lihua")
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(LOGIN, {"login": "lihua", "password": PASSWORD}).status_code == 403


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "http:///evil.example"],
)
def test_next_never_leads_off_the_site(client: Client, opened: Open, target: str) -> None:
    opened("lihua")
    answer = client.post(LOGIN, {"login": "lihua", "password": PASSWORD, "next": target})
    assert answer["Location"] == "/"


def test_next_leads_on_within_the_site(client: Client, opened: Open) -> None:
    opened("lihua")
    answer = client.post(LOGIN, {"login": "lihua", "password": PASSWORD, "next": "/track/"})
    assert answer["Location"] == "/track/"


def test_a_suspended_account_does_not_sign_in(client: Client, opened: Open) -> None:
    account = opened("lihua").row
    account.is_active = False
    account.save()
    answer = client.post(LOGIN, {"login": "lihua", "password": PASSWORD})
    assert answer["Location"] == "/account/inactive/"
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up_by_a_form(client: Client, db: None) -> None:
    answer = client.post("/account/signup/", {"username": "x", "password1": PASSWORD, "password2": PASSWORD})
    assert answer.status_code == 405
    assert "国家网络身份认证" in client.get("/account/signup/").content.decode()


def test_signing_out_needs_a_post(client: Client, opened: Open) -> None:
    opened("lihua")
    sign_in(client, "lihua")
    client.get("/account/logout/")
    assert "_auth_user_id" in client.session
    client.post("/account/logout/")
    assert "_auth_user_id" not in client.session
    assert SignIn.objects.filter(event="sign_out").count() == 1


def test_an_address_that_fails_too_often_must_wait_whatever_the_name(client: Client, db: None) -> None:
    cache.clear()
    answers = [attempt(client, f"name{n}") for n in range(61)]
    assert "用户名或密码不正确" in answers[59]
    assert "尝试次数过多" in answers[60]
