"""The ``onedoor`` command: Django's management entry point with an instance behind it.

``--data DIR`` (or ``ONEDOOR_DATA``) says which instance. A command that needs the database uses the running
instance's, and otherwise starts it for itself and stops it afterwards. ``DATABASE_URL`` overrides both.
Exit codes: 0 done, 1 refused or failed (in Chinese on standard error), 2 wrong arguments.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from onedoor.config import up
from onedoor.instance.calling import command
from onedoor.instance.home import Home, InstanceError
from onedoor.instance.postgres import Postgres, PostgresError
from onedoor.kernel.errors import OneDoorError

WITHOUT_DATABASE = frozenset(
    [
        "help",
        "version",
        "check",
        "collectstatic",
        "makemigrations",
        "law",
        "codes",
        "bench",
        "simulate",
        "makemessages",
        "compilemessages",
    ]
)
AS_OWNER = frozenset({"migrate", "grants", "flush", "dbshell"})
BUSY_SECONDS = 30.0


def main() -> None:
    """Run one command."""
    sys.exit(run(sys.argv[1:]))


def run(argv: list[str]) -> int:
    """Run one command line; the exit code."""
    if argv[:1] == ["up"]:
        return up.main(argv[1:])
    data, argv = split_data(argv)
    os.environ["ONEDOOR_DATA"] = str(Path(data).resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onedoor.config.settings")
    try:
        with database(Path(data), argv):
            return _execute(argv)
    except (InstanceError, OneDoorError) as error:
        sys.stderr.write(f"{error}\n")
        return 1


def split_data(argv: list[str]) -> tuple[str, list[str]]:
    """Take ``--data DIR`` out of a command line."""
    rest, found = [], os.environ.get("ONEDOOR_DATA", "data")
    words = iter(argv)
    for word in words:
        if word == "--data":
            found = next(words, "")
        elif word.startswith("--data="):
            found = word.removeprefix("--data=")
        else:
            rest.append(word)
    if not found:
        raise InstanceError("--data 后面要写文件夹。")
    return found, rest


def needs_database(argv: list[str]) -> bool:
    """Whether this command line reads or writes the instance."""
    name = argv[0] if argv else "help"
    if name.startswith("-") or "--help" in argv or "-h" in argv or name in WITHOUT_DATABASE:
        return False
    if name == "verify":
        return not any(word.startswith("--from") for word in argv)
    return argv[:2] != ["items", "lint"]


@contextlib.contextmanager
def database(folder: Path, argv: list[str]) -> Iterator[None]:
    """A database for this command: given, running, or our own until the command ends."""
    os.environ["ONEDOOR_AS_OWNER"] = "1" if argv[:1] and argv[0] in AS_OWNER else "0"
    if os.environ.get("DATABASE_URL") or not needs_database(argv):
        yield
        return
    server = Postgres(folder)
    if not server.data.exists():
        raise InstanceError(f"{server.folder} 里还没有实例。请先运行 {command()} up --data {folder}")
    ours = _start_unless_running(server)
    try:
        os.environ.update(up.addresses(server))
        yield
    finally:
        if ours:
            _let_go()
            server.stop()


def _start_unless_running(server: Postgres) -> bool:
    """Whether the server is ours to stop. While another command or a starting instance holds the folder, wait."""
    deadline = time.monotonic() + BUSY_SECONDS
    while Home(server.folder).running() is None:
        try:
            server.start()
        except PostgresError:
            raise
        except InstanceError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return True
    return False


def _let_go() -> None:
    from django.apps import apps

    if apps.ready:
        from django.db import connection

        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]


def _execute(argv: list[str]) -> int:
    import django
    from django.core.management import ManagementUtility, get_commands

    django.setup()
    name = argv[0] if argv else "help"
    if not name.startswith("-") and name not in {"help", "version", *get_commands()}:
        sys.stderr.write(f"没有「{name}」这个命令。运行 {command()} help 查看全部命令。\n")
        return 2
    try:
        ManagementUtility(["onedoor", *argv]).execute()
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else int(error.code is not None)
    return 0


if __name__ == "__main__":
    main()
