"""One log line a request; small pages; no writes on a full disk."""

import json

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from psycopg.errors import DiskFull
from structlog.testing import capture_logs

from onedoor.config import middleware
from onedoor.config.middleware import DiskGuard, RequestLog, SmallPages

MAKE = RequestFactory()
MORE_THAN_ANY_DISK = 2**60


def served(request: HttpRequest) -> HttpResponse:
    return HttpResponse("served")


@override_settings(LEAST_FREE_BYTES=MORE_THAN_ANY_DISK)
def test_on_a_full_disk_a_page_is_read_and_a_form_refused_in_plain_words() -> None:
    guard = DiskGuard(served)
    assert guard(MAKE.get("/")).content == b"served"
    refused = guard(MAKE.post("/"))
    assert (refused.status_code, refused["Retry-After"]) == (503, "120")
    assert "存储空间不足" in refused.content.decode()
    assert "没有保存" in refused.content.decode()


@override_settings(LEAST_FREE_BYTES=MORE_THAN_ANY_DISK)
def test_on_a_full_disk_a_system_gets_a_problem_it_can_read() -> None:
    refused = DiskGuard(served)(MAKE.post("/api/v1/cases"))
    assert refused["Content-Type"] == "application/problem+json"
    assert json.loads(refused.content)["status"] == 503


@override_settings(LEAST_FREE_BYTES=MORE_THAN_ANY_DISK)
def test_the_whole_chain_refuses_before_it_touches_the_database() -> None:
    assert Client().post("/account/login/", {"login": "a", "password": "b"}).status_code == 503


@override_settings(LEAST_FREE_BYTES=0)
def test_with_room_a_form_passes() -> None:
    assert DiskGuard(served)(MAKE.post("/")).content == b"served"


def test_room_is_looked_at_again_after_a_second_so_that_service_resumes(monkeypatch: pytest.MonkeyPatch) -> None:
    now, free = [100.0], [0]
    monkeypatch.setattr(middleware.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(middleware, "free_bytes", lambda: free[0])
    guard = DiskGuard(served)
    assert guard(MAKE.post("/")).status_code == 503
    free[0] = MORE_THAN_ANY_DISK
    now[0] += 0.5
    assert guard(MAKE.post("/")).status_code == 503
    now[0] += 0.6
    assert guard(MAKE.post("/")).status_code == 200


def test_what_the_database_says_of_a_full_disk_is_translated_and_nothing_else_is() -> None:
    guard = DiskGuard(served)
    full, other = RuntimeError(), RuntimeError()
    full.__cause__, other.__cause__ = DiskFull(), ValueError()
    answer = guard.process_exception(MAKE.post("/"), full)
    assert answer is not None
    assert answer.status_code == 503
    assert guard.process_exception(MAKE.post("/"), other) is None


def test_the_log_names_the_route_and_never_the_address() -> None:
    with capture_logs() as lines:
        RequestLog(served)(MAKE.get("/person/530524199001011234?name=张三"))
    (line,) = lines
    assert (line["event"], line["method"], line["status"], line["route"]) == ("request", "GET", 200, None)
    assert "530524" not in str(line)


@override_settings(LARGEST_FORM=1000, LARGEST_BODIES={"/api/v1/": 1000})
def test_a_body_larger_than_its_address_takes_is_refused_before_it_is_read() -> None:
    guard = DiskGuard(served)
    refused = guard(MAKE.post("/track/", CONTENT_LENGTH="1001"))
    assert refused.status_code == 413
    assert "太大" in refused.content.decode()
    assert json.loads(guard(MAKE.post("/api/v1/cases", CONTENT_LENGTH="1001")).content)["status"] == 413
    assert guard(MAKE.get("/", CONTENT_LENGTH="x")).status_code == 200


@pytest.mark.parametrize(("kind", "packed"), [("text/html; charset=utf-8", "gzip"), ("application/pdf", None)])
def test_a_page_travels_compressed_and_a_file_as_it_is(kind: str, packed: str | None) -> None:
    layer = SmallPages(lambda _: HttpResponse("一扇门 " * 200, content_type=kind))
    assert layer(MAKE.get("/", headers={"Accept-Encoding": "gzip"})).get("Content-Encoding") == packed
    assert layer(MAKE.get("/")).get("Content-Encoding") is None
