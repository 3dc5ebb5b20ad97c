"""Errors as problem+json (RFC 9457): a stable code, a Chinese sentence, the article, every faulty field."""

from __future__ import annotations

import json

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as BadRequest

from onedoor.kernel.errors import Conflict, Forbidden, Invalid, NotFound, OneDoorError, Refused

STATUS = {Invalid: 422, Refused: 422, Conflict: 409, Forbidden: 403, NotFound: 404}
TITLES = {
    400: "请求格式不对",
    401: "没有登录或令牌失效",
    403: "没有权限",
    404: "没有找到",
    409: "内容有冲突",
    413: "内容过大",
    422: "内容不符合要求",
}


def problem(status: int, detail: str, **more: object) -> HttpResponse:
    """One problem as a response."""
    body = {"type": "about:blank", "title": TITLES.get(status, "出错了"), "status": status, "detail": detail, **more}
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type="application/problem+json")


def translate(error: OneDoorError) -> HttpResponse:
    """An error of a rule or command in the words of HTTP."""
    status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
    if isinstance(error, Invalid):
        return problem(status, str(error), errors=[{"field": e.field, "message": e.message} for e in error.errors])
    if isinstance(error, Refused):
        return problem(status, error.message, code=error.code, article=str(error.article or ""))
    return problem(status, str(error))


def register(api: NinjaAPI) -> None:
    """Attach the translations to an API."""

    @api.exception_handler(OneDoorError)
    def domain(request: HttpRequest, error: OneDoorError) -> HttpResponse:
        return translate(error)

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        answer = problem(401, "请用客户端凭证换取访问令牌，放在 Authorization: Bearer 头里。令牌过期后重新换取。")
        answer["WWW-Authenticate"] = "Bearer"
        return answer

    @api.exception_handler(BadRequest)
    def malformed(request: HttpRequest, error: BadRequest) -> HttpResponse:
        faults = [{"field": ".".join(map(str, e["loc"][1:])), "message": str(e["msg"])} for e in error.errors]
        return problem(422, "请求的字段不对，请对照接口说明逐项核对。", errors=faults)

    @api.exception_handler(RequestDataTooBig)
    @api.exception_handler(TooManyFieldsSent)
    @api.exception_handler(TooManyFilesSent)
    def too_much(request: HttpRequest, error: Exception) -> HttpResponse:
        return problem(413, "请求的内容太大。请减少内容；文件请用上传接口逐个发送。")

    @api.exception_handler(DataError)
    @api.exception_handler(UnicodeEncodeError)
    def unstorable(request: HttpRequest, error: Exception) -> HttpResponse:
        return problem(422, "内容里有系统不能保存的字符，或者太长。请删去特殊字符、缩短后再提交；没有保存任何内容。")

    @api.exception_handler(HttpError)
    def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, "请求的内容读不出来。请发送有效的 JSON。")
