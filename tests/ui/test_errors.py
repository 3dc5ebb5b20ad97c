"""Every fault has a page in plain words: what happened, what to do, whom to call; none shows what is inside."""

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.test import Client, RequestFactory

from onedoor.kernel.errors import Conflict, FieldError, Forbidden, Invalid, NotFound, Refused
from onedoor.kernel.law import Article
from onedoor.ui import errors
from onedoor.ui.errors import FAULTS, ErrorPages, fault_page


@pytest.mark.parametrize("status", sorted(FAULTS))
def test_every_fault_says_what_to_do_and_whom_to_call(status: int) -> None:
    response = fault_page(None, status, told="说明")
    html = response.content.decode()
    assert response.status_code == status
    assert response["Cache-Control"] == "no-store"
    assert "您可以" in html
    assert "12345" in html
    assert f"错误 {status}" in html


RAISED = [
    (Refused("late", "已过期限", Article("行政许可法", "42")), 422, "已过期限"),
    (Invalid([FieldError("a", "甲有误"), FieldError("b", "乙有误")]), 422, "乙有误"),
    (Conflict(), 409, "页面已过期"),
    (Forbidden(), 403, "您没有办理这一步的权限"),
    (NotFound(), 404, "没有找到"),
    (OperationalError("password=secret"), 503, "网站正在维护"),
]


@pytest.mark.parametrize(("error", "status", "words"), RAISED, ids=lambda v: type(v).__name__)
def test_what_rules_raise_becomes_a_page(error: Exception, status: int, words: str) -> None:
    request = RequestFactory().get("/case/1/")
    response = ErrorPages(lambda r: HttpResponse()).process_exception(request, error)
    assert response is not None
    assert response.status_code == status
    assert words in response.content.decode()
    assert "secret" not in response.content.decode()


def test_the_article_behind_a_refusal_is_shown() -> None:
    error = Refused("late", "已过期限", Article("行政许可法", "42"))
    response = ErrorPages(lambda r: HttpResponse()).process_exception(RequestFactory().get("/"), error)
    assert response is not None
    assert "《行政许可法》第四十二条" in response.content.decode()


def test_other_errors_and_the_interfaces_of_machines_are_left_alone() -> None:
    pages = ErrorPages(lambda r: HttpResponse())
    assert pages.process_exception(RequestFactory().get("/"), ValueError("x")) is None
    assert pages.process_exception(RequestFactory().get("/api/v1/items"), Conflict()) is None


def test_a_method_that_is_not_allowed_gets_a_page_and_keeps_its_header() -> None:
    pages = ErrorPages(lambda r: HttpResponseNotAllowed(["GET"]))
    response = pages(RequestFactory().post("/"))
    assert (response.status_code, response["Allow"]) == (405, "GET")
    assert "这一页不能这样打开" in response.content.decode()


def test_a_stale_page_is_opened_again_where_it_was_read_or_where_its_form_stood() -> None:
    def page(request: HttpRequest) -> str:
        return fault_page(request, 409).content.decode()

    form = "http://testserver/form/?change"
    assert '<a class="btn" href="/x/">刷新再试' in page(RequestFactory().get("/x/"))
    assert f'<a class="btn" href="{form}">刷新再试' in page(RequestFactory().post("/x/", headers={"Referer": form}))
    for elsewhere in ("", "https://elsewhere.example/form/", "javascript:alert(1)"):
        assert "刷新再试" not in page(RequestFactory().post("/x/", headers={"Referer": elsewhere}))


def test_a_maintenance_page_says_when_to_come_back() -> None:
    assert fault_page(None, 503)["Retry-After"] == "120"


@pytest.mark.parametrize("view", [errors.bad_request, errors.forbidden, errors.not_found])
def test_the_handlers_of_the_framework_answer_in_the_same_way(view: object) -> None:
    response = view(RequestFactory().get("/x/"), ValueError("inside"))  # type: ignore[operator]
    assert "inside" not in response.content.decode()


def test_an_inner_fault_shows_nothing_of_the_request() -> None:
    request: HttpRequest = RequestFactory().get("/secret/")
    response = errors.inner_fault(request)
    assert response.status_code == 500
    assert "/secret/" not in response.content.decode()


def test_an_unknown_address_is_told_plainly() -> None:
    response = Client().get("/no-such-page/")
    assert response.status_code == 404
    assert "没有找到这一页" in response.content.decode()


def test_a_failed_form_check_is_told_plainly() -> None:
    response = errors.csrf_failure(RequestFactory().post("/x/"))
    assert response.status_code == 403
    shown = response.content.decode()
    assert "内容没有提交" in shown
    assert "您不能打开这一页" not in shown
    assert "先复制下来" in shown  # a reload empties the form
