"""What the access tests share: quick password hashes, ready accounts, a browser that has signed in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from onedoor.access import commands
from onedoor.access.models import Account
from onedoor.access.rules import Administrator, totp
from onedoor.kernel.actor import system

PASSWORD = "Changning-2026"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
DEMO = system("demo")


@pytest.fixture(autouse=True)
def quick_hashes(settings: LazySettings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@dataclass(frozen=True)
class Opened:
    ref: str
    username: str

    @property
    def row(self) -> Account:
        return Account.objects.get(pk=self.ref.partition(":")[2])


Open = Callable[..., Opened]


@pytest.fixture
def opened(db: None) -> Open:
    """Open a sample account: ``opened("lihua", party="person:1")``; ``second_factor=True`` enrols SECRET."""

    def make(username: str, *, second_factor: bool = False, password: str | None = PASSWORD, **facts: object) -> Opened:
        new = commands.NewAccount(username=username, name=username, sample=True, **facts)  # type: ignore[arg-type]
        at = timezone.now()
        ref = commands.open_account(new, by=DEMO, at=at, password=password)
        if second_factor:
            commands.enrol_authenticator(ref, SECRET, by=DEMO, at=at)
        return Opened(ref, username)

    return make


@pytest.fixture
def administrator(opened: Open) -> Callable[[Administrator], Opened]:
    return lambda role: opened(role.value, kind="staff", administrator=role, second_factor=True)


def code() -> str:
    """The code that an authenticator app shows now; each may be used once, so forget the used ones."""
    cache.clear()
    return totp(SECRET, at=datetime.now(UTC))


def sign_in(client: Client, username: str, *, second_factor: bool = False) -> None:
    """Sign in as a browser does."""
    answer = client.post("/account/login/", {"login": username, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    if second_factor:
        answer = client.post("/account/2fa/authenticate/", {"code": code()})
        assert answer.status_code == 302, answer.content.decode()
