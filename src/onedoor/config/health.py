"""The health page: what an operator must know before somebody else finds out.

``/health.json`` tells anyone only whether the instance serves; ``/health`` tells system administrators why not.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from onedoor.config.middleware import free_bytes
from onedoor.instance.home import PERSONAL_KEY_BYTES, Home, keys_missing
from onedoor.kernel.actor import Act, Actor

STALE = timedelta(seconds=30)
LATE = timedelta(minutes=5)
CLOCKS_MAY_DIFFER = timedelta(seconds=2)
LONGEST_SEAL_LAG_SECONDS = 60
TIME_ERROR = 5  # adjtimex(2): the clock is not synchronised
TIMEX_BYTES = 256
KEYS = {"django.key": None, "personal.key": PERSONAL_KEY_BYTES}


class Level(StrEnum):
    """How bad it is."""

    GOOD = "正常"
    NOTE = "提示"
    WARNING = "注意"
    BAD = "故障"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the page: what was looked at, how it is, and what to do."""

    name: str
    level: Level
    text: str


Check = Callable[[datetime], Finding]
CHECKS: list[Check] = []  # a context that can fail adds its own in ``wiring.connect``


def findings(now: datetime) -> Iterator[Finding]:
    """Every check; where the database does not answer, that is the finding."""
    for check in (disk, clock, keys, database, jobs, worker, *CHECKS):
        try:
            yield check(now)
        except Error as error:
            yield Finding("数据库", Level.BAD, f"数据库没有应答：{type(error).__name__}")


def disk(now: datetime) -> Finding:
    """Room on the instance's disk; below the threshold writes are refused."""
    free, least = free_bytes(), settings.LEAST_FREE_BYTES
    text = f"剩余 {free / 2**30:.1f} GB；低于 {least / 2**30:.2f} GB 时停止接收提交"
    level = Level.BAD if free < least else Level.WARNING if free < 4 * least else Level.GOOD
    return Finding("磁盘", level, text)


def clock(now: datetime) -> Finding:
    """Statutory clocks need a right clock: ours against the database's, and whether anything keeps it right."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs = cursor.fetchone()[0]
    apart = abs(theirs - timezone.now())
    if apart > CLOCKS_MAY_DIFFER:
        return Finding("时钟", Level.BAD, f"本机与数据库的时间相差 {apart.total_seconds():.0f} 秒，请校时")
    if not is_synchronised():
        return Finding("时钟", Level.WARNING, "本机时间没有与时间服务器同步，法定期限可能算错，请启用 NTP 校时")
    return Finding("时钟", Level.GOOD, "与数据库一致，已与时间服务器同步")


def is_synchronised() -> bool:
    """What the kernel says about the clock (adjtimex). Where it cannot be asked, nothing is claimed against it."""
    ask = getattr(ctypes.CDLL(None), "adjtimex", None)
    return ask is None or ask(ctypes.create_string_buffer(TIMEX_BYTES)) != TIME_ERROR


def keys(now: datetime) -> Finding:
    """The instance's secrets."""
    missing = keys_missing(Home(Path(settings.DATA)).keys, KEYS)
    if missing:
        return Finding("密钥", Level.BAD, f"缺少或损坏：{'、'.join(missing)}。请从备份恢复，不要重新生成")
    return Finding("密钥", Level.GOOD, "齐全")


def database(now: datetime) -> Finding:
    """Which database, and whether the application may change the journal (it must not)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, has_table_privilege(current_user, 'journal_entry', 'UPDATE')")
        role, may_change = cursor.fetchone()
    if may_change:
        return Finding(
            "数据库", Level.WARNING, f"只有一个数据库角色（{role}），它能改日志表。正式运行请分设所有者与应用角色"
        )
    running = Home(Path(settings.DATA)).running()
    if running is not None and running.database:
        return Finding("数据库", Level.NOTE, "使用内置数据库。正式运行请设置 DATABASE_URL 并做好备份")
    return Finding("数据库", Level.GOOD, "使用外部数据库，所有者与应用角色分设")


def jobs(now: datetime) -> Finding:
    """Background work that failed for good, or that should have begun long ago."""
    failed = ProcrastinateJob.objects.filter(status="failed").count()
    waiting = ProcrastinateJob.objects.filter(status="todo", scheduled_at__lt=now - LATE).count()
    stalled = ProcrastinateJob.objects.filter(status="doing", worker__last_heartbeat__lt=now - STALE).count()
    if failed or waiting or stalled:
        return Finding(
            "后台任务", Level.WARNING, f"失败 {failed} 件，停滞 {stalled} 件，超过五分钟没有开始 {waiting} 件"
        )
    return Finding("后台任务", Level.GOOD, "没有停滞")


def worker(now: datetime) -> Finding:
    """Whether a worker lives."""
    if ProcrastinateWorker.objects.filter(last_heartbeat__gte=now - STALE).exists():
        return Finding("后台进程", Level.GOOD, "正在运行")
    return Finding("后台进程", Level.BAD, "没有运行：通知不会发出，日志不会封存，到期不会提醒")


def seal_lag(seconds: Callable[[], float | None]) -> Check:
    """A check of the journal's sealer from a query that tells its lag (None = nothing waits)."""

    def check(now: datetime) -> Finding:
        lag = seconds() or 0.0
        if lag > LONGEST_SEAL_LAG_SECONDS:
            return Finding("日志封存", Level.BAD, f"最早一条未封存的记录已等待 {lag:.0f} 秒。请查看后台进程和长事务")
        return Finding("日志封存", Level.GOOD, f"滞后 {lag:.0f} 秒")

    return check


@never_cache
@require_GET
def health_json(request: HttpRequest) -> JsonResponse:
    """For anyone, e.g. a load balancer: 200 where a request can be served, 503 where not. Nothing more."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return JsonResponse({"status": "unavailable"}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return JsonResponse({"status": "ok"})


@never_cache
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """The page, for whoever manages the system; for all others it does not exist."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.has(Act.MANAGE_SYSTEM):
        raise Http404
    return render(request, "config/health.html", {"findings": tuple(findings(timezone.now())), "actor": actor})
