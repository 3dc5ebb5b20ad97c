"""Whatever is sent: the right status, a clear Chinese sentence, nothing half-written, never 500."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone
from tests.cases.world import World, register
from tests.security.roles import Door, machine
from tests.vault.uploads import EICAR, bomb, lying_bomb, png

pytestmark = pytest.mark.django_db
API = "/api/v1"
LONG = "很" * 10_000
SURROGATE = "\ud800"
COUNTED = ("journal_entry", "cases_case", "cases_task", "cases_submission", "cases_draft", "procrastinate_jobs")
KEPT = ("vault_file", "vault_blob", "access_mandate", "notices_notice")


def rows() -> dict[str, int]:
    """How many rows each table holds that an attack might half-write."""
    with connection.cursor() as cursor:
        found = {}
        for table in (*COUNTED, *KEPT):
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
    return found


def told(answer: HttpResponseBase) -> str:
    """The text of an answer."""
    return answer.content.decode()  # type: ignore[attr-defined]


def is_chinese(text: str) -> bool:
    """Whether somebody took the trouble to say it in Chinese."""
    return sum("\u4e00" <= char <= "\u9fff" for char in text) >= 8


@pytest.fixture
def system(world: World) -> Client:
    client = machine(timezone.now())
    client.raise_request_exception = False
    return client


@pytest.fixture
def payload(world: World) -> dict[str, object]:
    plain = world.application()
    return {
        "item": plain.item,
        "applicant": register("张三"),
        "answers": dict(plain.answers),
        "situations": dict(plain.situations),
    }


def submit(client: Client, body: object, key: str = "k1") -> HttpResponseBase:
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(f"{API}/cases", text, content_type="application/json", headers={"Idempotency-Key": key})


def changed(payload: dict[str, object], **answers: object) -> dict[str, object]:
    return payload | {"answers": dict(payload["answers"]) | answers}  # type: ignore[call-overload]


Body = Callable[[dict[str, object]], object]
BODIES: dict[str, tuple[Body, int]] = {
    "empty": (lambda p: "", 422),
    "no object": (lambda p: "[]", 422),
    "null": (lambda p: "null", 422),
    "deep": (lambda p: "[" * 100_000, 400),
    "deep and closed": (lambda p: '{"item":' + "[" * 50_000 + "]" * 50_000 + "}", 400),
    "huge integer": (lambda p: '{"item": ' + "9" * 10_000 + "}", 400),
    "not unicode": (lambda p: b'{"item": "\xff\xfe"}', 400),
    "oversized": (lambda p: json.dumps(p | {"item": "x" * 3_000_000}), 413),
    "mistyped": (lambda p: p | {"answers": "yes"}, 422),
    "nested answer": (lambda p: changed(p, entity_name={"a": {"b": 1}}), 422),
    "huge number": (lambda p: changed(p, entity_name=10**4000), 422),
    "long answer": (lambda p: changed(p, entity_name=LONG), 422),
    "long area": (lambda p: changed(p, premises_area=LONG), 422),
    "null byte in an answer": (lambda p: changed(p, entity_name="店\0铺"), 422),
    "surrogate in an answer": (lambda p: changed(p, entity_name=SURROGATE), 422),
    "surrogate in an unknown answer": (lambda p: changed(p, nobody_asked=SURROGATE), 422),
    "surrogate as a key": (lambda p: changed(p, **{SURROGATE: "x"}), 422),
    "surrogate as a situation": (lambda p: p | {"situations": {"business": SURROGATE}}, 422),
    "null byte as a situation": (lambda p: p | {"situations": {"business": "\0"}}, 422),
    "null byte as an item": (lambda p: p | {"item": "\0"}, 404),
    "surrogate as an item": (lambda p: p | {"item": SURROGATE}, 404),
    "null byte as an applicant": (lambda p: p | {"applicant": "person:\0"}, 404),
    "surrogate as an applicant": (lambda p: p | {"applicant": SURROGATE}, 422),
    "huge applicant": (lambda p: p | {"applicant": "person:" + "9" * 30}, 404),
    "null byte as a file": (lambda p: p | {"materials": {"layout": ["\0"]}}, 404),
    "unknown file": (lambda p: p | {"materials": {"layout": ["no-such-file"]}}, 404),
    "wrong check digit": (lambda p: changed(p, id_number="530524198001010018"), 422),
    "negative number": (lambda p: changed(p, contact_mobile="-1"), 422),
}


def test_a_bad_submission_is_a_problem_in_chinese_and_nothing_is_kept(
    system: Client, payload: dict[str, object]
) -> None:
    before, wrong = rows(), []
    for name, (make, status) in BODIES.items():
        answer = submit(system, make(payload))
        problem = answer["Content-Type"] == "application/problem+json"
        if answer.status_code != status or not problem or not is_chinese(json.loads(told(answer))["detail"]):
            wrong.append((name, answer.status_code, told(answer)[:80]))
    assert wrong == []
    assert rows() == before


def test_a_bad_key_is_refused(system: Client, payload: dict[str, object]) -> None:
    before = rows()
    assert [submit(system, payload, key=key).status_code for key in ("", "x" * 101, "a\tb")] == [422, 422, 422]
    assert rows() == before


HUGE = "9" * 40
QUERIES = ("limit=-1", f"limit={HUGE}", "offset=-5", f"offset={HUGE}", "q=%00", f"q={'x' * 5000}", "organ=%00")
ODD_PATHS = (
    *("cases/%00", f"cases/{HUGE * 50}", "cases/%ED%A0%80", "items/%00", "items/..%2f..%2fetc", "nowhere"),
    *("journal/entries?cursor=%00", f"journal/entries?cursor={HUGE * 10}", "journal/entries?limit=-1"),
)


def test_odd_addresses_of_the_interface_are_answered(system: Client) -> None:
    assert {system.get(f"{API}/items?{query}").status_code for query in QUERIES} == {200}
    wrong = []
    for path in ODD_PATHS:
        answer = system.get(f"{API}/{path}")
        if answer.status_code not in (403, 404, 422) or not is_chinese(told(answer)):
            wrong.append((path, answer.status_code, told(answer)[:80]))
    assert wrong == []


UPLOADS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty": ("空.pdf", lambda: b""),
    "EICAR": ("图.pdf", lambda: b"%PDF-1.7\n" + EICAR),
    "zip bomb": ("图.ofd", bomb),
    "lying zip bomb": ("图.ofd", lying_bomb),
    "script": ("图.html", lambda: b"<html><script>alert(1)</script></html>"),
    "svg": ("图.svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    "renamed": ("图.pdf", png),
}


def test_a_bad_upload_is_refused_and_nothing_is_kept(system: Client) -> None:
    before, wrong = rows(), []
    for name, (file_name, content) in UPLOADS.items():
        answer = system.post(f"{API}/files", {"file": SimpleUploadedFile(file_name, content())})
        if answer.status_code != 422 or not is_chinese(json.loads(told(answer))["detail"]):
            wrong.append((name, answer.status_code, told(answer)[:80]))
    assert wrong == []
    assert rows() == before


NAMES = (
    *("../../etc/passwd.png", "..\\..\\boot.png", "a\0b.png", "\u202egnp.exe.png", f"{'x' * 500}.png"),
    *("a\r\nSet-Cookie: x=1.png", '"><script>.png'),
)


def test_a_name_is_never_a_path_nor_a_header(system: Client) -> None:
    for name in NAMES:
        answer = system.post(f"{API}/files", {"file": SimpleUploadedFile(name, png(5, 5))})
        assert answer.status_code in (201, 422), (name, told(answer))
        kept = answer.json().get("name", "")
        assert not set(kept) & set('/\\\0\r\n<>"\u202e')
        assert len(kept) <= 120


ACTS = ("refuse", "step", "decide", "start_special", "extend", "deliver", "send_back", "supplement", "accept")
FIELDS = (
    *("version", "note", "fault.application", "reason", "outcome", "step", "opinion", "verdict", "where_to_turn"),
    *("article", "ground", "notified_end", "officers", "receiver", "approver", "method", "result", "reasons"),
)
TEXTS = ("\0", LONG, "9" * 400, "2026-02-30", "\u0660")


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_a_posted_act_with_odd_text_is_never_a_fault_of_ours(door: Door, text: str) -> None:
    before, wrong = rows(), []
    for act, role in zip(ACTS, ("clerk", *("reviewer",), *("leader",) * 5, "clerk", "clerk"), strict=True):
        client = door.browsers[role]
        client.raise_request_exception = False
        posted = dict.fromkeys(FIELDS, text) | {"ask.application": "1"}
        answer = client.post(f"/desk/cases/{door.number}/do/{act}/", posted | {"version": "999"})
        if answer.status_code not in (400, 403, 409, 422) or not is_chinese(told(answer)):
            wrong.append((act, answer.status_code))
    assert wrong == []
    assert rows() == before


PAGES = (
    *("/search/?q=%00", f"/search/?q={HUGE * 50}", "/items/?page=-1", f"/items/?page={HUGE}", "/items/%00/"),
    *("/items/?event=%00", "/verify/%00/", "/verify/?token=%00", "/track/%00/", f"/track/?number={HUGE * 50}"),
    *("/desk/?q=%00", "/desk/search/?q=%25%5F%00", "/desk/cases/%00/", "/desk/cases/%00/papers/receipt/"),
    *(
        "/track/%00/papers/receipt/",
        "/view/elder/?next=%0d%0aSet-Cookie:x",
        "/ask/?q=%00",
        "/mine/messages/?before=%00",
    ),
    *("/apply/%00/", f"/mine/messages/?before={HUGE}", "/items/%ED%A0%80/"),
)


@pytest.mark.ignore_template_errors
def test_odd_addresses_of_pages_are_answered(door: Door) -> None:
    wrong = []
    for role in ("visitor", "owner", "clerk"):
        client = door.browsers[role]
        client.raise_request_exception = False
        wrong += [(role, page, status) for page in PAGES if (status := client.get(page).status_code) >= 500]
    assert wrong == []


def test_too_large_a_form_is_413_and_a_false_host_400(door: Door) -> None:
    client = door.browsers["clerk"]
    answer = client.post(f"/desk/cases/{door.number}/do/accept/", {"note": "x" * 3_000_000})
    assert answer.status_code == 413
    assert "太大" in told(answer)
    answer = client.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert (
        "script-src" in answer["Content-Security-Policy"] or "default-src 'self'" in answer["Content-Security-Policy"]
    )
    assert answer["X-Frame-Options"] == "DENY"
