"""What holds at every address there is, those of libraries included: forged posts, large bodies, guarded answers."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client
from django.urls import get_resolver
from tests.repo.test_routes import address, patterns, undone
from tests.security.roles import Door

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
MACHINES = ("/api/", "/oauth/")  # these bring their own credentials and never a session
TOKEN = "a" * 32  # anybody can bring a cookie of their own making
PERSONAL = ("/apply/draft/", "/track/5", "/mine/", "/desk/", "/agency/DB", "/ask/ZX")  # not kept on a hall computer
INSIDE = ("owner", "window", "clerk")


class Unread(BytesIO):
    """A body that nobody may read."""

    def read(self, *_: object) -> bytes:  # type: ignore[override]
        raise AssertionError


def addresses(door: Door) -> Iterator[str]:
    """One real address for each pattern."""
    yield from (address(pattern, door) for pattern in patterns(get_resolver()))


def heavy(client: Client, where: str, size: int) -> int:
    """What a post of so many bytes meets; reading any of it fails the test."""
    client.cookies["csrf"] = TOKEN
    client.handler.enforce_csrf_checks = True
    sent = {"CONTENT_LENGTH": str(size), "wsgi.input": Unread()}
    return client.generic("POST", where, content_type="multipart/form-data; boundary=x", **sent).status_code


def test_a_large_body_is_read_at_no_address_from_whoever_did_not_come_in(door: Door) -> None:
    wrong = []
    for where in addresses(door):
        client = Client()
        client.cookies["session"] = "x" * 32
        status = heavy(client, where, settings.LARGEST_BODY)
        if status not in (401, 403, 404, 405, 413):
            wrong.append((where, status))
    assert wrong == []


def test_a_body_larger_than_its_address_takes_is_read_from_nobody(door: Door) -> None:
    assert heavy(door.browsers["clerk"], f"/desk/cases/{door.number}/do/accept/", settings.LARGEST_BODY + 1) == 413
    assert heavy(door.browsers["owner"], "/mine/mandates/new/", settings.LARGEST_FORM + 1) == 413


@pytest.mark.parametrize("role", INSIDE)
def test_no_post_from_another_site_does_anything(door: Door, role: str) -> None:
    wrong = []
    client = door.browsers[role]
    client.handler.enforce_csrf_checks = True
    for where in addresses(door):
        if where.startswith(MACHINES):
            continue
        with undone(client) as browser:
            status = browser.post(where, headers={"Origin": "https://evil.example"}).status_code
        if status not in (403, 404):
            wrong.append((where, status))
    assert wrong == []


def test_a_session_opens_no_interface_of_machines(door: Door) -> None:
    for where in ("/api/v1/cases", "/api/v1/files"):
        assert door.browsers["clerk"].post(where, {}, content_type="application/json").status_code == 401


@pytest.mark.parametrize("role", ["visitor", *INSIDE])
def test_every_answer_is_guarded(door: Door, role: str) -> None:
    wrong = []
    for where in addresses(door):
        with undone(door.browsers[role]) as browser:
            answer = browser.get(where)
        wrong += [(where, answer.status_code, lack) for lack in lacking(answer)]
        held = answer.headers.get("Cache-Control", "")
        if answer.status_code == 200 and where.startswith(PERSONAL) and "no-store" not in held:
            wrong.append((where, 200, f"kept: {held}"))
    assert wrong == []


def lacking(answer: HttpResponseBase) -> Iterator[str]:
    """What an answer lacks of its guard: no sniffing, no frames, no foreign script, no cookie in reach of one."""
    if answer.headers.get("X-Content-Type-Options") != "nosniff":
        yield "nosniff"
    if answer.headers.get("X-Frame-Options") != "DENY":
        yield "frames"
    policy = answer.headers.get("Content-Security-Policy", "")
    kind = answer.headers.get("Content-Type", "")
    if kind.startswith("text/html") and ("default-src 'self'" not in policy or "unsafe" in policy):
        yield "policy"
    for name, cookie in answer.cookies.items():
        if not (cookie["httponly"] and cookie["samesite"] == "Lax"):
            yield f"cookie {name}"
