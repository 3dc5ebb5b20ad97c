"""Forms that show no version, files that nobody signed in for, bodies larger than a page may take."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pytest_django import Settings
from tests.security.roles import Door
from tests.security.test_bad_input import ACTS, is_chinese, rows, told

from onedoor.access.queries.policy import SHIPPED
from onedoor.cases import commands
from onedoor.cases.rules.values import State
from onedoor.portal.track import verify
from onedoor.vault import commands as vault
from onedoor.vault.rules import Binding

pytestmark = pytest.mark.django_db
VERSIONS = ("", "x", "-1", "1.5", "9" * 12, "\u0661", "\0")


def test_no_act_is_done_without_the_version_that_was_seen(door: Door) -> None:
    before, wrong = rows(), []
    fields = {"outcome": "not_required", "reason": "不需要", "note": "x"}
    fields |= {"ask.application": "1", "fault.application": "x"}
    fields |= {"verdict": "passed", "step": "review", "opinion": "x", "ground": "hearing", "notified_end": "2099-01-01"}
    fields |= {"approver": "organ_head", "method": "in_person", "receiver": "x", "reasons": "x", "article": "x"}
    for act in (*ACTS, "end_special"):
        for version in VERSIONS:
            answer = door.browsers["clerk"].post(f"/desk/cases/{door.number}/do/{act}/", fields | {"version": version})
            if answer.status_code not in (403, 409, 422) or not is_chinese(told(answer)):
                wrong.append((act, version, answer.status_code))
        answer = door.browsers["clerk"].post(f"/desk/cases/{door.number}/do/{act}/", fields)
        if answer.status_code not in (403, 409, 422):
            wrong.append((act, None, answer.status_code))
    assert wrong == []
    assert rows() == before


def test_a_form_without_a_version_says_to_refresh(door: Door) -> None:
    answer = door.browsers["clerk"].post(f"/desk/cases/{door.number}/do/accept/")
    assert answer.status_code == 409
    assert "请刷新办件页" in told(answer)
    assert commands.accept(door.number, by=door.world.clerk, at=timezone.now()).state is State.ACCEPTED


def test_a_stale_page_changes_nothing_whatever_else_it_says(door: Door) -> None:
    clerk, address = door.browsers["clerk"], f"/desk/cases/{door.number}/do/"
    seen = clerk.get(f"/desk/cases/{door.number}/").context["case"].version
    assert clerk.post(f"{address}accept/", {"version": seen}).status_code == 302
    before = rows()
    fields = {"version": seen, "outcome": "not_required", "reason": "改了的内容", "where_to_turn": ""}
    for act in ("accept", "refuse"):
        answer = clerk.post(f"{address}{act}/", fields)
        assert answer.status_code == 409, act
        assert "这件在您填写时变了" in told(answer)
    assert rows() == before


def test_a_supplement_at_the_window_without_a_version_is_refused(door: Door) -> None:
    faults = {door.material: "看不清"}
    commands.request_supplement(door.number, by=door.world.clerk, at=timezone.now(), materials=faults)
    before = rows()
    for version in VERSIONS:
        sent = {"version": version, f"paper.{door.material}": "copy"}
        answer = door.browsers["window"].post(f"/desk/window/supplement/{door.number}/", sent)
        assert answer.status_code in (409, 422), version
        assert is_chinese(told(answer))
    assert rows() == before


@pytest.fixture
def issued(door: Door, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """The file of the licence, of which the verify page knows size and digest."""
    content = b"%PDF-1.7\n%issued\n%%EOF\n"
    held = vault.store(content, name="证.pdf", by=door.world.citizen, at=timezone.now(), to=Binding("licence:1", ""))
    monkeypatch.setattr(verify, "_issued", lambda licence: held)
    return content


def test_a_file_of_another_size_is_not_even_read(door: Door, issued: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    address, client = f"/verify/{door.token}/", door.browsers["visitor"]
    assert client.post(address, {"file": SimpleUploadedFile("证.pdf", issued)}).context["compared"] is True
    altered = issued.replace(b"issued", b"forged")
    assert client.post(address, {"file": SimpleUploadedFile("证.pdf", altered)}).context["compared"] is False
    monkeypatch.setattr(verify.sm, "sm3", lambda content: pytest.fail("read"))
    assert client.post(address, {"file": SimpleUploadedFile("证.pdf", issued + b"\n")}).context["compared"] is False


def test_comparisons_are_limited_by_address(door: Door, issued: bytes, tmp_path: object, settings: Settings) -> None:
    settings.DATA = tmp_path
    text = SHIPPED.read_text().replace("compare_tries_of_address = 200", "compare_tries_of_address = 2")
    (tmp_path / "signin.toml").write_text(text)  # type: ignore[operator]
    address, client = f"/verify/{door.token}/", door.browsers["visitor"]
    for status in (200, 200, 422):
        answer = client.post(address, {"file": SimpleUploadedFile("证.pdf", issued)})
        assert answer.status_code == status
    assert "核对文件的次数过多" in told(answer)
    assert client.get(address).status_code == 200


def test_a_body_too_large_for_the_verify_page_is_refused_before_it_is_read(door: Door) -> None:
    class Unread(BytesIO):
        def read(self, *_: object) -> bytes:  # type: ignore[override]
            raise AssertionError

    answer = door.browsers["visitor"].generic(
        "POST", f"/verify/{door.token}/", content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(settings.LARGEST_BODIES["/verify/"] + 1), **{"wsgi.input": Unread()},
    )  # fmt: skip
    assert answer.status_code == 413
    assert "太大" in told(answer)
