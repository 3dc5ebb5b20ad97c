"""``onedoor worker``: jobs and loops. The process tree runs one."""

import contextlib
import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from onedoor.config import wiring
from onedoor.config.loops import Loops
from onedoor.instance import garbage

NICENESS = 5  # a person who waits for an answer goes before a message that may wait
POLL_SECONDS = 0.4
HEARTBEAT_SECONDS = 5.0
STALLED_SECONDS = 15.0


class Command(BaseCommand):
    help = "处理后台任务：发通知、封存日志、到期提醒"
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own shape

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--concurrency", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        step_back()
        garbage.spare()
        loops = Loops(wiring.LOOPS)
        loops.start()
        try:
            with app.replace_connector(app.connector.get_worker_connector()) as own:  # type: ignore[attr-defined]
                own.run_worker(
                    concurrency=options["concurrency"],
                    fetch_job_polling_interval=POLL_SECONDS,
                    listen_notify=False,  # woken by every single job it could not do many at once
                    update_heartbeat_interval=HEARTBEAT_SECONDS,
                    stalled_worker_timeout=STALLED_SECONDS,
                    shutdown_graceful_timeout=5,
                    delete_jobs="successful",
                )
        finally:
            loops.stop()


def step_back() -> None:
    """Take less of a busy processor than web and database do.

    Linux may weigh sessions against each other (autogroup) instead of processes: there the session must step back.
    """
    os.nice(NICENESS)
    with contextlib.suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(NICENESS))
