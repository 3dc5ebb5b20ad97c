"""Bring an instance up to date before it serves: one process, first as the owner, then as the application."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path

import django
import structlog
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection

from onedoor.config import steps
from onedoor.config.fingerprint import of_files
from onedoor.config.settings import DATABASE_URL, database_login
from onedoor.kernel.errors import OneDoorError

log = structlog.get_logger(__name__)


def main() -> int:
    """Run every step; 0 where all are done."""
    django.setup()
    try:
        run(steps.AS_OWNER)
        become_application()
        run(steps.AS_APPLICATION)
        if settings.DEMO:
            run(steps.DEMO)
    except OneDoorError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    collect_static()
    return 0


def run(commands: Iterable[tuple[str, ...]]) -> None:
    """Run commands in order; the time of each goes to the log."""
    for command in commands:
        began = time.monotonic()
        call_command(*command)
        log.info("step", command=" ".join(command), seconds=round(time.monotonic() - began, 3))


def become_application() -> None:
    """From here on with the application's rights only, so that a missing grant shows at the first start."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    connection.settings_dict.update(database_login(DATABASE_URL))


def collect_static() -> None:
    """Collect, hash and compress the static files, where any has changed since the last time."""
    stamp = Path(settings.STATIC_ROOT) / "collected"
    found = of_files(Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([]))
    if stamp.exists() and stamp.read_text() == found:
        return
    call_command("collectstatic", "--no-input", "--clear", "--verbosity=0")
    stamp.write_text(found)


if __name__ == "__main__":
    sys.exit(main())
