"""The nightly sweep takes what is over and leaves what holds."""

from datetime import timedelta

import pytest
from allauth.idp.oidc.models import Token
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from tests.access.conftest import Open, sign_in

from onedoor.access.jobs import sweep
from onedoor.access.models import SignIn, SignInLock


def test_what_is_over_goes_and_what_holds_stays(client: Client, opened: Open) -> None:
    opened("lihua", party="person:1")
    opened("wang", party="person:2")
    sign_in(client, "lihua")
    other = Client()
    sign_in(other, "wang")
    now = timezone.now()
    Session.objects.filter(session_key=other.session.session_key).update(expire_date=now - timedelta(seconds=1))
    for name, until in (("over", -1), ("holds", 1)):
        SignInLock.objects.create(name=name, failures=5, first_at=now, locked_until=now + timedelta(minutes=until))
        Token.objects.create(type="at", hash=name, expires_at=now + timedelta(minutes=until))
    SignInLock.objects.create(name="stale", failures=1, first_at=now - timedelta(minutes=31))
    sweep(int(now.timestamp()) + 1)
    assert [row.session_key for row in UserSession.objects.all()] == [client.session.session_key]
    assert [row.name for row in SignInLock.objects.all()] == ["holds"]
    assert [row.hash for row in Token.objects.all()] == ["holds"]
    assert SignIn.objects.count() == 2


@pytest.mark.django_db
def test_sweeping_twice_is_harmless() -> None:
    sweep(int(timezone.now().timestamp()))
    sweep(int(timezone.now().timestamp()))
