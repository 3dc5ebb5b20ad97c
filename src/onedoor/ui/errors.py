"""Faults in plain words: what happened, what to do next. One middleware and Django's handlers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DataError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from onedoor.ui.context import page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django_stubs_ext import StrOrPromise

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Fault:
    """One page of error: status, title, what happened, what the reader can do."""

    status: int
    title: StrOrPromise
    told: StrOrPromise
    advice: tuple[StrOrPromise, ...]
    retry: bool = False


FAULTS = {
    400: Fault(
        400,
        gettext_lazy("刚才的内容没有收到完整"),
        gettext_lazy("网络或浏览器可能出了点问题，我们没有看到全部内容。"),
        (gettext_lazy("返回上一页，刷新后再试一次。"),),
    ),
    403: Fault(
        403,
        gettext_lazy("您不能打开这一页"),
        gettext_lazy("这一页只给办这件事的人看，或者页面打开太久、已经过期。"),
        (gettext_lazy("如果您刚才在填表：返回上一页，刷新后再提交。"), gettext_lazy("如果您还没有登录：请先登录。")),
    ),
    404: Fault(
        404,
        gettext_lazy("没有找到这一页"),
        gettext_lazy("网址可能有误，内容可能已经移走，或者它不对您开放。"),
        (gettext_lazy("核对网址或办件编号。"), gettext_lazy("用下面的搜索框查找要办的事。")),
    ),
    405: Fault(
        405,
        gettext_lazy("这一页不能这样打开"),
        gettext_lazy("请点页面上的按钮进入。"),
        (gettext_lazy("返回上一页再试。"),),
    ),
    409: Fault(409, gettext_lazy("页面已过期"), "", (gettext_lazy("刷新页面，看清最新情况后再办。"),), retry=True),
    413: Fault(
        413,
        gettext_lazy("文件太大"),
        gettext_lazy("上传的文件太大，没有收下。"),
        (gettext_lazy("把照片压小，或者分几次上传。"),),
    ),
    422: Fault(422, gettext_lazy("这一步现在不能办"), "", (gettext_lazy("返回上一页，按上面的说明处理后再试。"),)),
    429: Fault(
        429,
        gettext_lazy("请过几分钟再试"),
        gettext_lazy("短时间内试的次数太多。为了安全，先停几分钟。"),
        (gettext_lazy("过几分钟再试一次。"),),
    ),
    500: Fault(
        500,
        gettext_lazy("网站出了问题"),
        gettext_lazy("这是我们的问题，不是您操作错了。您已经保存或提交的内容没有丢失。"),
        (gettext_lazy("过几分钟再试一次。"),),
        retry=True,
    ),
    503: Fault(
        503,
        gettext_lazy("网站正在维护"),
        gettext_lazy("暂时不能办理。您已经保存或提交的内容没有丢失。"),
        (gettext_lazy("过几分钟再试一次。"), gettext_lazy("急事请到政务大厅办理。")),
        retry=True,
    ),
}


STAFF_DOOR = Fault(
    404,
    gettext_lazy("这一页只给工作人员用"),
    gettext_lazy("您现在是以个人或者企业的身份登录的，这里没有要您办的事。"),
    (
        gettext_lazy("要查自己的办件：打开“我的”。"),
        gettext_lazy("要办事、问事：回首页查找。"),
        gettext_lazy("您是工作人员的：先退出，再用工作人员的用户名登录。"),
    ),
)


STALE_FORM = Fault(
    403,
    gettext_lazy("这一页已经过期"),
    gettext_lazy("这一页打开太久了，或者您在别的页面重新登录过。刚才的内容没有提交；以前保存过的都在。"),
    (gettext_lazy("返回上一页：填的长内容先复制下来，刷新以后再提交。"), gettext_lazy("如果您还没有登录：请先登录。")),
)


def staff_door(request: HttpRequest) -> HttpResponse:
    """404 for a citizen at the officers' door, with the way to what is theirs."""
    return fault_page(request, 404, fault=STAFF_DOOR)


def fault_page(
    request: HttpRequest | None,
    status: int,
    *,
    told: str = "",
    reasons: tuple[str, ...] = (),
    article: str = "",
    fault: Fault | None = None,
) -> HttpResponse:
    """The page of one fault; it needs neither database nor session, so that it can always be shown."""
    fault = fault or FAULTS.get(status, FAULTS[500])
    context = page(request) | {
        "fault": fault,
        "told": told or fault.told,
        "reasons": reasons,
        "article": article,
        "again": _read_at(request),
    }
    response = HttpResponse(render_to_string("ui/fault.html", context), status=status)
    response["Cache-Control"] = "no-store"
    if status == 503:
        response["Retry-After"] = "120"
    return response


def _read_at(request: HttpRequest | None) -> str:
    """Where what went wrong can be read anew: its own address, or that of the page whose form was sent."""
    if request is None or request.method == "GET":
        return request.get_full_path() if request else ""
    sent_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(sent_from, {request.get_host()}, require_https=request.is_secure())
    return sent_from if ours else ""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 where there was too much of it."""
    too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return fault_page(request, 413 if too_much else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return fault_page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is too old or came from elsewhere (CSRF_FAILURE_VIEW)."""
    return fault_page(request, 403, fault=STALE_FORM)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return fault_page(request, 404)


def inner_fault(request: HttpRequest) -> HttpResponse:
    """500. ``request`` is left out: whatever it carries may be what failed."""
    return fault_page(None, 500)


UNSTORABLE = gettext_lazy("内容里有不能保存的符号，或者太长。请删去特殊符号、写短一些再提交。这次没有保存任何内容。")
_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (Refused, 422),
    (Invalid, 422),
    (Conflict, 409),
    (Forbidden, 403),
    (NotFound, 404),
)


def _translate(request: HttpRequest, error: Exception) -> HttpResponse | None:
    if isinstance(error, OperationalError):
        log.error("database_unavailable", error=str(error))
        return fault_page(None, 503)
    if isinstance(error, DataError | UnicodeEncodeError):  # null bytes, halves of characters, too long for its column
        return fault_page(request, 400, told=str(UNSTORABLE))
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), None)
    if status is None:
        return None
    if isinstance(error, Invalid):
        return fault_page(request, 422, told=_("有几处需要更正："), reasons=tuple(e.message for e in error.errors))
    article = str(error.article) if isinstance(error, Refused) and error.article else ""
    return fault_page(request, status, told=str(error), article=article)


class ErrorPages:
    """Translate what rules and commands raise into pages; anything else is an inner fault (500)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; a bare 405 of a decorator gets a page too."""
        response = self.get_response(request)
        if response.status_code == 405 and not response.content and not request.path.startswith("/api/"):
            allowed = response["Allow"]
            response = fault_page(request, 405)
            response["Allow"] = allowed
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Called for what a view raised; the API answers for itself."""
        return None if request.path.startswith("/api/") else _translate(request, error)
