"""The citizen's pages: whatever is typed or uploaded, a clear Chinese sentence, and nothing half-written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.portal.conftest import County
from tests.security.test_bad_input import LONG, UPLOADS, is_chinese, rows, told

from onedoor.cases import commands, queries

pytestmark = pytest.mark.django_db
OVERSIZED = b"%PDF-1.7\n" + b"0" * (50 * 1024 * 1024 + 1)
NAMES = ("../../etc/passwd.png", "a\0b.png", "a\r\nSet-Cookie: x=1.png", f"{'x' * 500}.png", "\u202egnp.exe.png")
VERSIONS = ("", "x", "-1", "999", "9" * 30, "1\0", "\u0661")
ANSWERS: dict[str, dict[str, object]] = {
    "empty": {"entity_name": ""},
    "ten thousand characters": {"entity_name": LONG},
    "null byte": {"entity_name": "店\0铺"},
    "a number that is none": {"place_size": "一百"},
    "a huge number": {"place_size": "9" * 400},
    "a negative number": {"staff_count": "-5"},
    "infinity": {"place_size": "inf"},
    "a wrong check digit": {"manager_id": "530524198001010018"},
    "a birth date in the future": {"manager_id": "530524209901010016"},
    "a short telephone number": {"contact_mobile": "123"},
    "letters of another width": {"contact_mobile": "１３８００００００００x"},
}


def unchanged_by(county: County, send: Callable[[], object]) -> tuple[int, str]:
    """What is answered, when nothing may be written."""
    before = rows()
    answer = send()
    assert rows() == before
    return answer.status_code, told(answer)  # type: ignore[attr-defined, arg-type]


def pages_of(county: County, draft: str) -> dict[str, str]:
    """Question → the address of its page, for the questions that apply; every page is answered on the way."""
    found, client = {}, county.citizen.client
    answer = client.get(draft)
    while "/page/" in answer["Location"]:
        address = answer["Location"]
        found |= dict.fromkeys((q.key for q in client.get(address).context["questions"]), address)
        answer = client.post(address, county.sent(county.citizen, address))
    return found


def test_a_bad_answer_is_told_at_its_field_and_the_draft_stays(county: County) -> None:
    draft = county.begin(county.citizen)
    pages, client, wrong = pages_of(county, draft), county.citizen.client, []
    name = draft.split("/")[3]
    for told_as, change in ANSWERS.items():
        (key,) = change
        sent = county.sent(county.citizen, pages[key]) | change
        held = queries.draft(name, by=county.citizen.actor)
        status, page = unchanged_by(county, partial(client.post, pages[key], sent))
        if status != 422 or f'href="#f-{key}"' not in page:
            wrong.append((told_as, status))
        assert queries.draft(name, by=county.citizen.actor) == held
    assert wrong == []


def test_a_page_posted_on_another_version_is_refused(county: County) -> None:
    draft = county.begin(county.citizen)
    pages, client = pages_of(county, draft), county.citizen.client
    name = draft.split("/")[3]
    held = queries.draft(name, by=county.citizen.actor)
    sent = county.sent(county.citizen, pages["entity_name"]) | {"entity_name": "改了的名字"}
    for version in VERSIONS:
        status, page = unchanged_by(
            county,
            partial(client.post, pages["entity_name"], sent | {"version": version}),
        )
        assert status == 409, version
        assert "刷新" in page
    assert queries.draft(name, by=county.citizen.actor) == held


def uploads() -> dict[str, SimpleUploadedFile]:
    found = {name: SimpleUploadedFile(title, make()) for name, (title, make) in UPLOADS.items()}
    return found | {"oversized": SimpleUploadedFile("图.pdf", OVERSIZED)}


def test_a_bad_upload_is_told_and_nothing_is_kept(county: County) -> None:
    draft = county.begin(county.citizen)
    county.fill(county.citizen, draft)
    client, address, wrong = county.citizen.client, f"{draft}materials/layout/", []
    version = client.get(address).context["filling"].draft.version
    for name, upload in uploads().items():
        status, page = unchanged_by(
            county,
            partial(client.post, address, {"version": version, "upload": "1", "layout": upload}),
        )
        if status != 422 or 'href="#f-layout"' not in page or not is_chinese(page):
            wrong.append((name, status))
    assert wrong == []


def test_an_upload_on_a_stale_page_leaves_no_file_in_the_draft(county: County) -> None:
    draft = county.begin(county.citizen)
    county.fill(county.citizen, draft)
    name = draft.split("/")[3]
    for version in VERSIONS:
        sent = {"version": version, "upload": "1", "layout": SimpleUploadedFile("图.pdf", b"%PDF-1.7\n%%EOF\n")}
        status, page = unchanged_by(
            county, lambda sent=sent: county.citizen.client.post(f"{draft}materials/layout/", sent)
        )
        assert status == 409, version
        assert "刷新" in page
    assert not any(queries.draft(name, by=county.citizen.actor).content.files.values())


def test_handing_in_twice_makes_one_case(county: County) -> None:
    draft = county.begin(county.citizen)
    county.fill(county.citizen, draft)
    county.upload(county.citizen, draft)
    client = county.citizen.client
    first = client.post(f"{draft}check/")
    before = rows()
    again = client.post(f"{draft}check/")
    assert (first.status_code, again.status_code) == (302, 302)
    assert first["Location"] == again["Location"]
    for page in ("page/subject/", "materials/layout/", "check/"):
        assert client.post(draft + page, {"entity_name": "改了的名字", "version": 1})["Location"] == first["Location"]
    assert rows() == before
    assert queries.count(by=county.citizen.actor) == 1


@pytest.fixture
def asked(county: County) -> str:
    """The address of a supplement of one material and the form."""
    number = county.submit()
    faults = {"layout": "看不清", "form": "名称写错"}
    commands.request_supplement(number, by=county.clerk, at=timezone.now(), materials=faults)
    return f"/track/{number}/supplement/"


def supplement(client: Client, address: str) -> dict[str, object]:
    """What the page of a supplement sends."""
    context = client.get(address).context
    sent: dict[str, object] = {"version": context["case"].version}
    for _, questions in context["correction"].pages:
        for question in questions:
            value = context["correction"].values.get(question.key, "")
            sent[question.key] = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
    return sent


def test_a_bad_supplement_is_told_and_nothing_is_kept(county: County, asked: str) -> None:
    client, wrong = county.citizen.client, []
    sent = supplement(client, asked)
    for name, upload in uploads().items():
        status, page = unchanged_by(
            county,
            partial(client.post, asked, sent | {"upload": "1", "layout": upload}),
        )
        if status != 422 or not is_chinese(page):
            wrong.append((name, status))
    assert (
        client.post(asked, sent | {"upload": "1", "layout": SimpleUploadedFile("图.pdf", b"%PDF-1.7\n")}).status_code
        == 200
    )
    for name, change in ANSWERS.items():
        (key,) = change
        if key not in sent:
            continue
        status, page = unchanged_by(county, partial(client.post, asked, sent | change))
        if status != 422 or f'href="#f-{key}"' not in page:
            wrong.append((name, status))
    for version in VERSIONS:
        status, page = unchanged_by(county, partial(client.post, asked, sent | {"version": version}))
        if status != 409 or "刷新" not in page:
            wrong.append((version, status))
    assert wrong == []
    assert client.post(asked, sent).status_code == 302
    before = rows()
    assert client.post(asked, sent).status_code == 302
    assert rows() == before


def test_a_name_of_an_upload_is_never_a_path(county: County) -> None:
    draft = county.begin(county.citizen)
    county.fill(county.citizen, draft)
    client, address = county.citizen.client, f"{draft}materials/layout/"
    for name in NAMES:
        version = client.get(address).context["filling"].draft.version
        upload = SimpleUploadedFile(name, b"\x89PNG\r\n\x1a\n")
        answer = client.post(address, {"version": version, "upload": "1", "layout": upload})
        assert answer.status_code in (302, 422), name
    for row in client.get(address).context["files"]:
        assert not set(row.name) & set('/\\\0\r\n<>"\u202e')


@pytest.mark.parametrize("field", ["number", "password"])
@pytest.mark.parametrize("text", ["", "\0", LONG, "' OR 1=1 --", "\u202e1", "９" * 21])
def test_odd_numbers_and_passwords_are_told_and_cost_nothing_else(county: County, field: str, text: str) -> None:
    sent = {"number": "530524202603020000011", "password": "00000000", field: text}
    status, page = unchanged_by(county, lambda: Client().post("/track/", sent))
    assert status == 422
    assert "错误" in page
