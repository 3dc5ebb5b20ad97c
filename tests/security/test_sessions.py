"""Sessions: a new one at every rise of rights, closed after rest; addresses on paper come from the settings alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests.access.conftest import PASSWORD, SECRET
from tests.cases.world import World
from tests.security.roles import Door

from onedoor.access import commands as access
from onedoor.access.commands import NewAccount
from onedoor.access.queries import policy
from onedoor.access.rules import totp
from onedoor.cases import commands
from onedoor.cases.rules.application import Receipt
from onedoor.demo import tour
from onedoor.items import queries as items
from onedoor.kernel.actor import system
from onedoor.portal.track.opening import OPENED, RESTED

pytestmark = pytest.mark.django_db
BY = system("tests")


@pytest.fixture
def receipt(world: World) -> Receipt:
    return commands.submit(world.application(), by=world.citizen, at=timezone.now(), key="a")


@pytest.fixture
def staff(db: None) -> Iterator[str]:
    cache.clear()
    at = timezone.now()
    new = NewAccount("boss", "boss", kind="staff", sample=True)
    ref = access.open_account(new, by=BY, at=at, password=PASSWORD)
    access.enrol_authenticator(ref, SECRET, by=BY, at=at)
    yield ref
    cache.clear()


def opening(receipt: Receipt, client: Client) -> None:
    answer = client.post("/track/", {"number": receipt.number, "password": receipt.password})
    assert answer.status_code == 302


def session_of(client: Client) -> str | None:
    held = client.cookies.get("session")
    return held.value if held else None


def rest(client: Client, number: str, minutes: int) -> None:
    session = client.session
    session[OPENED] = {number: int((timezone.now() - timedelta(minutes=minutes)).timestamp())}
    session.save()


def test_a_planted_session_is_left_at_every_rise_of_rights(staff: str, receipt: Receipt) -> None:
    client = Client()
    client.session.save()
    ids = [session_of(client)]
    opening(receipt, client)
    ids.append(session_of(client))
    client.post("/account/login/", {"login": "boss", "password": PASSWORD})
    client.post("/account/2fa/authenticate/", {"code": totp(SECRET, at=timezone.now())})
    assert "_auth_user_id" in client.session
    ids.append(session_of(client))
    client.post("/account/logout/")
    ids.append(session_of(client))
    assert len(set(ids)) == len(ids)
    for old in (ids[0], ids[1], ids[2]):
        thief = Client()
        thief.cookies["session"] = old or ""
        assert "_auth_user_id" not in thief.session
        assert thief.get(f"/track/{receipt.number}/").status_code == 404


def test_signing_in_closes_what_was_opened_by_password(staff: str, receipt: Receipt) -> None:
    client = Client()
    opening(receipt, client)
    client.post("/account/login/", {"login": "boss", "password": PASSWORD})
    assert receipt.number in client.session[OPENED]  # not yet in: only half of the sign-in is done
    client.post("/account/2fa/authenticate/", {"code": totp(SECRET, at=timezone.now())})
    assert "_auth_user_id" in client.session
    assert OPENED not in client.session


def test_a_case_opened_by_password_closes_after_rest(receipt: Receipt) -> None:
    minutes = policy(timezone.localdate()).query_idle_minutes
    client, address = Client(), f"/track/{receipt.number}/"
    opening(receipt, client)
    rest(client, receipt.number, minutes - 1)
    assert client.get(address).status_code == 200
    rest(client, receipt.number, minutes)
    for path in (address, f"{address}papers/receipt/", f"{address}withdraw/"):
        rest(client, receipt.number, minutes)
        answer = client.get(path)
        assert answer.status_code == 404
        assert str(RESTED) in answer.content.decode()
    assert receipt.number not in client.session[OPENED]
    assert client.get(address).status_code == 404


def test_looking_keeps_it_open(receipt: Receipt) -> None:
    client = Client()
    opening(receipt, client)
    rest(client, receipt.number, 10)
    client.get(f"/track/{receipt.number}/")
    assert client.session[OPENED][receipt.number] >= int(timezone.now().timestamp()) - 60


@pytest.mark.parametrize("held", [["x"], "x", 7, None])
def test_what_else_a_session_may_hold_opens_nothing(receipt: Receipt, held: object) -> None:
    client = Client()
    session = client.session
    session[OPENED] = held
    session.save()
    assert client.get(f"/track/{receipt.number}/").status_code == 404


@pytest.mark.ignore_template_errors
def test_no_page_names_the_host_that_a_request_claims(door: Door, settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://onedoor.example"
    code = items.catalogue()[0].code
    pages = ("/", f"/items/{code}/", f"/items/{code}/form/", f"/track/{door.number}/", "/verify/", "/account/login/")
    for headers in ({"Host": "evil.example"}, {"X-Forwarded-Host": "evil.example"}, {"Forwarded": "host=evil.example"}):
        for page in pages:
            answer = door.browsers["owner"].get(page, headers=headers)
            assert "evil.example" not in answer.content.decode(), page
            assert "evil.example" not in answer.headers.get("Location", "")


def test_the_code_on_a_guide_leads_to_the_site_whatever_host_was_asked_for(door: Door, settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://onedoor.example"
    code = items.catalogue()[0].code
    answer = door.browsers["visitor"].get(f"/items/{code}/", headers={"Host": "evil.example"})
    assert answer.context["address"] == f"https://onedoor.example/items/{code}/"


@pytest.mark.parametrize("header", tour.FORWARDED)
def test_the_tour_keeps_its_secrets_behind_any_proxy(header: str) -> None:
    assert tour._on_this_machine({"REMOTE_ADDR": "127.0.0.1"})
    assert not tour._on_this_machine({"REMOTE_ADDR": "127.0.0.1", header: "203.0.113.9"})
    assert not tour._on_this_machine({"REMOTE_ADDR": "203.0.113.9"})
    assert {"HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP"} <= set(tour.FORWARDED)
