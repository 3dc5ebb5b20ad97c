"""``onedoor up``: the whole instance behind one command."""

from __future__ import annotations

import argparse
import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from onedoor.config import fingerprint
from onedoor.demo import accounts
from onedoor.instance import lifeline, tree
from onedoor.instance.calling import command
from onedoor.instance.home import Home, InstanceError, Running, lock
from onedoor.instance.postgres import OWNER, Postgres

DEFAULT_THREADS = 4
LOOPBACK = "127.0.0.1"
LEFT_OVER_SECONDS = 3.0


class Parser(argparse.ArgumentParser):
    """Says in Chinese what is wrong."""

    def error(self, message: str) -> NoReturn:
        """Exit 2."""
        self.exit(2, f"参数有误：{message}\n{self.format_usage()}")


def options(argv: Sequence[str]) -> argparse.Namespace:
    """The command line of ``up``."""
    parser = Parser(prog=f"{command()} up", description="启动整个实例：数据库、网页、后台任务")
    parser.add_argument("--host", default=LOOPBACK, help="监听地址，默认只在本机")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--data", default=os.environ.get("ONEDOOR_DATA", "data"), help="实例的文件夹")
    parser.add_argument("--no-demo", action="store_true", help="正式实例：不装示例数据")
    parser.add_argument("--workers", type=int, default=2, help="网页进程数")
    parser.add_argument("--threads", type=int, default=DEFAULT_THREADS, help="每个网页进程的线程数（= 数据库连接数）")
    parser.add_argument("--trusted-proxy", action="append", default=[], help="可信的反向代理（地址或网段），可多次")
    parser.add_argument("--allowed-host", action="append", default=[], help="允许的域名，可多次")
    parser.add_argument("--https", action="store_true", help="用户经 https 访问：安全 Cookie 与 HSTS")
    found = parser.parse_args(argv)
    for name in ("workers", "threads"):
        if getattr(found, name) < 1:
            parser.error(f"--{name} 至少为 1")
    found.host = {"localhost": LOOPBACK}.get(found.host, found.host)
    return found


def main(argv: Sequence[str]) -> int:
    """Serve until SIGTERM. 0 = stopped as asked, 1 = could not start, 2 = wrong arguments."""
    chosen = options(argv)
    signal.signal(signal.SIGTERM, _leave)
    try:
        return _up(chosen)
    except InstanceError as error:
        say(str(error))
        return 1


def _leave(_number: int, _frame: object) -> NoReturn:
    raise SystemExit(0)


def say(text: str) -> None:
    """To the operator."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _up(chosen: argparse.Namespace) -> int:
    home = Home(Path(chosen.data).resolve())
    database = None if os.environ.get("DATABASE_URL") else Postgres(home.folder)
    held = lock(home.folder) if database is None else None
    if database is not None:
        database.start()
    try:  # from here on the folder is ours, and so is the note in it
        home.create()
        left_over = LEFT_OVER_SECONDS if home.note.exists() else 0.0
        with tree.reserve(chosen.host, chosen.port, wait=left_over) as port:
            chosen.port = port.getsockname()[1]
            return _serve(chosen, home, database)
    finally:
        home.note.unlink(missing_ok=True)
        if database is not None:
            database.stop()
        if held is not None:
            os.close(held)


def _serve(chosen: argparse.Namespace, home: Home, database: Postgres | None) -> int:
    environment = {**_environment(chosen, home), **(addresses(database) if database else {})}
    gate = home.folder / "prepared"
    gate.unlink(missing_ok=True)
    programs = _programs(chosen, home, {**environment, "ONEDOOR_GATE": str(gate)})
    try:
        programs[0].start()  # it loads while the database is prepared, and serves when the gate opens
        _prepare_once(environment, database)
    except BaseException:
        programs[0].stop()
        raise
    gate.touch()
    home.announce(Running(os.getpid(), chosen.host, chosen.port, database is not None))
    return tree.Tree(
        database=database,
        programs=programs,
        ready=lambda: answers(chosen.host, chosen.port),
        on_ready=lambda: _announce(chosen, home),
        say=say,
    ).run()


def addresses(database: Postgres) -> dict[str, str]:
    """The two ways into the embedded database, as the settings read them."""
    return {"DATABASE_URL": str(database.dsn()), "OWNER_DATABASE_URL": str(database.dsn(OWNER))}


def _environment(chosen: argparse.Namespace, home: Home) -> dict[str, str]:
    hosts = [*chosen.allowed_host, "localhost", LOOPBACK, "[::1]"]
    found = {
        "DJANGO_SETTINGS_MODULE": "onedoor.config.settings",
        "ONEDOOR_DATA": str(home.folder),
        "ONEDOOR_DEMO": "1" if _is_demo(home, wanted=not chosen.no_demo) else "0",
        "ONEDOOR_POOL": str(chosen.threads),
        "ONEDOOR_ALLOWED_HOSTS": ",".join(hosts),
    }
    if chosen.trusted_proxy:
        found["ONEDOOR_TRUSTED_PROXIES"] = ",".join(chosen.trusted_proxy)
    if chosen.https:
        found["ONEDOOR_HTTPS"] = "1"
    return found


def _is_demo(home: Home, *, wanted: bool) -> bool:
    """Decided at the first start, for good: sample data never enters a real instance, nor does it ever leave one."""
    note = home.folder / "instance.json"
    if not note.exists():
        note.write_text(json.dumps({"demo": wanted}))
    demo = bool(json.loads(note.read_text())["demo"])
    if demo and not wanted:
        raise InstanceError(f"{home.folder} 是示例实例，里面有示例数据，不能当作正式实例。请用 --data 换一个文件夹。")
    if wanted and not demo:
        say("这是正式实例，不装示例数据。")
    return demo


def _prepare_once(environment: Mapping[str, str], database: Postgres | None) -> None:
    """Prepare, unless this code has prepared this cluster before. A database of somebody else's always."""
    stamp = database.data / "onedoor-prepared" if database else None
    wanted = fingerprint.of_code(demo=environment["ONEDOOR_DEMO"] == "1")
    if stamp is not None and stamp.exists() and stamp.read_text() == wanted:
        return
    _prepare(environment)
    if stamp is not None:
        stamp.write_text(wanted)


def _prepare(environment: Mapping[str, str]) -> None:
    argv = lifeline.command([sys.executable, "-m", "onedoor.config.prepare"], on_death=signal.SIGKILL)
    environment = {**os.environ, **environment, "ONEDOOR_AS_OWNER": "1", "ONEDOOR_PROCESS": "prepare"}
    with subprocess.Popen(argv, env=environment, stdin=subprocess.DEVNULL) as process:
        try:
            code = process.wait()
        except BaseException:
            process.kill()
            raise
    if code:
        raise InstanceError("没有启动成功：数据库或初始数据没有准备好，原因见上面几行。")


def _programs(chosen: argparse.Namespace, home: Home, environment: Mapping[str, str]) -> list[tree.Program]:
    serve = ["-m", "onedoor.config.web", "--host", chosen.host, "--port", str(chosen.port)]
    serve += ["--threads", str(chosen.threads)]
    serve += ["--workers", str(chosen.workers)]
    lines = {"web": serve, "worker": ["-m", "onedoor.config.cli", "worker"]}
    return [
        tree.Program(name, [sys.executable, *line], log=home.logs / f"{name}.out", environment=environment)
        for name, line in lines.items()
    ]


def answers(host: str, port: int) -> bool:
    """Whether the application answers on its port."""
    address = {"0.0.0.0": LOOPBACK, "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    connection = http.client.HTTPConnection(address, port, timeout=2)
    try:
        connection.request("GET", "/health.json", headers={"Host": "localhost"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _announce(chosen: argparse.Namespace, home: Home) -> None:
    name = chosen.host if chosen.host not in {LOOPBACK, "0.0.0.0", "::"} else "localhost"  # noqa: S104 - as above
    name = f"[{name}]" if ":" in name else name
    sys.stdout.write(f"ready http://{name}:{chosen.port}\n")
    sys.stdout.flush()
    listed = home.folder / accounts.FILE
    if listed.exists():
        own = command()
        say(accounts.table(accounts.load(listed), at=datetime.now(UTC), command=own, data=chosen.data))
        say(f"  从这里开始：http://{name}:{chosen.port}/tour/（导览，可以试的十件事）")
