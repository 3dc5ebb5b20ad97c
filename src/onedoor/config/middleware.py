"""Thin layers around every request: one log line, small pages, no writes on a full disk, who acts."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.gzip import GZipMiddleware
from psycopg.errors import DiskFull

from onedoor.config.sessions import ActorMiddleware, SessionGuardMiddleware, is_page
from onedoor.ui.errors import fault_page

__all__ = ["ActorMiddleware", "DiskGuard", "RequestLog", "SessionGuardMiddleware", "SmallPages", "free_bytes"]

log = structlog.get_logger("onedoor.request")
Next = Callable[[HttpRequest], HttpResponseBase]
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
DISK_LOOK_SECONDS = 1.0
TOO_MUCH = "一次发来的内容太大，没有保存。请压缩图片，或者分几次上传。"
DISK_FULL = "存储空间不足，系统暂时只能查看，不能提交。您填的内容没有保存，请稍后再试，或到政务大厅办理。"


class RequestLog:
    """One line a request: the route's pattern, never the address itself, which may carry a name or a number."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Measure and write down."""
        began = time.perf_counter()
        response = self.get_response(request)
        log.info(
            "request",
            method=request.method,
            route=request.resolver_match.route if request.resolver_match else None,
            status=response.status_code,
            ms=round((time.perf_counter() - began) * 1000, 1),
        )
        return response


class SmallPages(GZipMiddleware):
    """Compress pages for browsers that take it; files from the vault and what a machine asked for go as they are.

    Django adds a random length to each page, so that nothing secret can be guessed from its size.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress HTML, nothing else."""
        if not response.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)


class DiskGuard:
    """Refuse writes (503) while the disk is nearly full, so that what was begun can still end.

    The database needs room for its log to commit or even to stop cleanly; therefore the refusal comes early, by
    threshold (``LEAST_FREE_BYTES``). The database's own complaint is translated likewise. A body larger than its
    address takes is refused before it is read (413), and so is one with files from whoever has no session.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self._looked = -DISK_LOOK_SECONDS
        self._full = False

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass reads on; pass writes on where there is room."""
        if _length(request) > _most(request.path):
            return _refuse(request, 413, title="内容过大", told=TOO_MUCH)
        if request.method not in SAFE and self._is_full():
            return _no_room(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Called before anything reads the body: files are taken from whoever came in, or opened a case here."""
        large = _length(request) > settings.LARGEST_FORM and _most(request.path) == settings.LARGEST_BODY
        if large and is_page(request) and not request.session.keys():
            return _refuse(request, 413, title="内容过大", told=TOO_MUCH)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Called for what a view raised."""
        return _no_room(request) if isinstance(error.__cause__, DiskFull) else None

    def _is_full(self) -> bool:
        now = time.monotonic()
        if now - self._looked >= DISK_LOOK_SECONDS:
            self._looked, self._full = now, free_bytes() < settings.LEAST_FREE_BYTES
        return self._full


def free_bytes() -> int:
    """Room on the instance's disk for an ordinary user, in bytes."""
    folder = Path(settings.DATA)
    while not folder.exists():
        folder = folder.parent
    status = os.statvfs(folder)
    return status.f_bavail * status.f_frsize


def _no_room(request: HttpRequest) -> HttpResponse:
    log.error("disk_full")
    refusal = _refuse(request, 503, title="存储空间不足", told=DISK_FULL)
    refusal["Retry-After"] = "120"
    return refusal


def _refuse(request: HttpRequest, status: int, *, title: str, told: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        problem = {"type": "about:blank", "title": title, "status": status, "detail": told}
        return JsonResponse(problem, status=status, content_type="application/problem+json")
    return fault_page(request, status, told=told)


def _most(path: str) -> int:
    """Bytes that a request may bring here: little where no file belongs."""
    more = (most for place, most in settings.LARGEST_BODIES.items() if path.startswith(place))
    return next(more, settings.LARGEST_FORM)


def _length(request: HttpRequest) -> int:
    """What the request says of its size, before any of it is read."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() else 0
