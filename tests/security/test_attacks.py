"""What attackers try on pages: foreign scripts, frames, forged posts, redirects, names that probe."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from tests.access.conftest import PASSWORD
from tests.cases.world import AT
from tests.security.roles import BY, Door
from tests.vault.uploads import png

from onedoor.access import commands as access
from onedoor.access.commands import NewAccount
from onedoor.cases import commands
from onedoor.items import queries as items
from onedoor.vault import commands as vault

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
PAGES = ("/", "/search/?q=x", "/items/", "/ask/", "/track/", "/account/login/", "/no-such-page", "/desk/", "/mine/")
ELSEWHERE = ("//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example", "///evil.example")


def test_every_page_forbids_foreign_scripts_and_frames(door: Door) -> None:
    for role in ("visitor", "owner", "clerk"):
        for page in PAGES:
            answer = door.browsers[role].get(page)
            if not answer["Content-Type"].startswith("text/html"):
                continue
            policy = answer["Content-Security-Policy"]
            assert "default-src 'self'" in policy
            assert "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy
            assert answer["X-Frame-Options"] == "DENY"
            assert answer["X-Content-Type-Options"] == "nosniff" or answer.status_code == 302


def test_stored_text_is_shown_as_text(door: Door) -> None:
    application = door.world.application(name=SCRIPT)
    number = commands.submit(application, by=door.world.citizen, at=timezone.now(), key="xss").number
    fields = {f"ask.{door.material}": "1", f"fault.{door.material}": SCRIPT, "note": SCRIPT, "version": "1"}
    asked = door.browsers["clerk"].post(f"/desk/cases/{number}/do/supplement/", fields)
    assert asked.status_code == 302, asked.content.decode()
    for role, page in (
        ("clerk", f"/desk/cases/{number}/"),
        ("owner", f"/track/{number}/"),
        ("owner", f"/track/{number}/supplement/"),
    ):
        for tab in ("", "?tab=story", "?tab=papers"):
            text = door.browsers[role].get(page + tab).content.decode()
            assert "alert(1)" not in text or "&lt;script&gt;" in text
            assert "<script>alert" not in text
            assert "<img src=x" not in text


@pytest.mark.parametrize("to", ELSEWHERE)
def test_no_redirect_leads_elsewhere(door: Door, to: str) -> None:
    answer = door.browsers["visitor"].get("/view/elder/", {"next": to})
    assert answer["Location"] == "/"
    answer = door.browsers["owner"].get("/account/login/", {"next": to})
    assert urlsplit(answer.headers.get("Location", "/")).netloc == ""
    assert not answer.headers.get("Location", "/").startswith(("//", "/\\", "javascript"))


@pytest.mark.parametrize("to", ELSEWHERE)
def test_signing_in_and_out_leads_nowhere_else(door: Door, to: str) -> None:
    at, client = timezone.now(), Client()
    new = NewAccount("somebody", "某人", kind="citizen", sample=True)
    access.open_account(new, by=BY, at=at, password=PASSWORD)
    answer = client.post("/account/login/", {"login": "somebody", "password": PASSWORD, "next": to})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.post("/account/logout/", {"next": to})["Location"] == "/"


def test_a_file_with_two_faces_is_served_as_what_it_was_stored_as_and_may_do_nothing(door: Door) -> None:
    at, page = timezone.now(), b"<html><script>alert(1)</script></html>"
    two_faced = vault.store(png() + page, name="图.html.png", by=door.world.citizen, at=at).id
    held = door.world.application(materials={door.material: (two_faced,)})
    number = commands.submit(held, by=door.world.citizen, at=at, key="polyglot").number
    for role, address in (
        ("owner", f"/track/{number}/files/{two_faced}/"),
        ("clerk", f"/desk/cases/{number}/files/{door.material}/{two_faced}/"),
    ):
        answer = door.browsers[role].get(address)
        assert answer.status_code == 200
        assert answer["Content-Type"] in {"image/png", "application/octet-stream"}
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert "script-src" not in answer["Content-Security-Policy"]
        assert "default-src 'none'" in answer["Content-Security-Policy"]
    drawn = door.browsers["clerk"].get(f"/desk/cases/{number}/look/{door.material}/{two_faced}/1.png")
    assert page not in drawn.content


def test_a_post_without_its_token_does_nothing(door: Door) -> None:
    client = door.browsers["clerk"]
    client.handler.enforce_csrf_checks = True
    answer = client.post(f"/desk/cases/{door.number}/do/accept/", {"version": "1"})
    assert answer.status_code == 403
    assert "已经过期" in answer.content.decode()


def test_cookies_are_out_of_reach_of_scripts(door: Door) -> None:
    client = Client()
    client.get("/account/login/")
    client.get("/view/elder/")
    assert {"csrf", "view"} <= set(client.cookies)
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


def test_a_name_that_exists_and_one_that_does_not_are_told_alike(door: Door) -> None:
    told = []
    for name in ("owner", "nobody-of-this-name"):
        answer = Client().post("/account/login/", {"login": name, "password": "Wrong-password-1"})
        told.append(answer.content.decode().count("用户名或密码不正确"))
    assert told[0] == told[1] >= 1


@pytest.mark.parametrize("role", ["stranger", "outsider", "township", "visitor"])
def test_what_belongs_to_another_does_not_exist(door: Door, role: str) -> None:
    client = door.browsers[role]
    for path in (
        f"/track/{door.number}/",
        f"/track/{door.number}/files/{door.file}/",
        f"/track/{door.number}/papers/receipt/",
        f"/track/{door.number}/withdraw/",
    ):
        assert client.get(path).status_code == 404


def test_a_file_does_not_open_through_another_case(door: Door) -> None:
    other = commands.submit(door.world.application(), by=door.world.citizen, at=AT, key="other").number
    assert door.browsers["owner"].get(f"/track/{other}/files/{door.file}/").status_code == 404
    assert door.browsers["clerk"].get(f"/desk/cases/{other}/files/{door.material}/{door.file}/").status_code == 404
    assert door.browsers["owner"].get(f"/track/{door.number}/files/{door.loose}/").status_code == 404


def test_wildcards_of_sql_are_ordinary_characters(door: Door) -> None:
    client = door.browsers["clerk"]
    for text in ("%", "_", "53%", "5_0524"):
        assert door.number not in client.get("/desk/search/", {"q": text}).content.decode()


def test_no_pattern_of_a_form_can_be_made_to_run_for_ever(door: Door) -> None:
    """A repetition inside a repetition is what makes matching exponential; no pattern of the catalogue has a group."""
    for summary in items.catalogue():
        for question in items.published(summary.code).form.questions:
            assert "(" not in question.pattern
