"""``bench submit``: complete submissions over HTTP, with worker and sealer running, beside the same bare inserts."""

from __future__ import annotations

import base64
import http.client
import json
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import psycopg

from onedoor.bench import load, statements
from onedoor.bench.figures import Figure, percentile
from onedoor.bench.server import Server, running
from onedoor.instance.postgres import OWNER

CLIENTS = (1, 4)
WARM_UP_SECONDS = 3.0
PROBES = 20
PATH = "/api/v1/cases"
MARK = "cases_submission"


def measure(*, seconds: float) -> list[Figure]:
    """The whole benchmark, in an instance of its own. RuntimeError where durability is off."""
    with running(workers=2) as server:
        world = json.loads(server.program("onedoor.bench.world"))
        token = _token(server, world)
        _refuse_unsafe(server)
        common = {"host": server.host, "port": server.port, "path": PATH, "token": token, "bodies": world["bodies"]}
        _submit(server, {**common, "clients": 4, "seconds": WARM_UP_SECONDS, "run": "warm"})
        figures = _statements(server, common)
        for clients in CLIENTS:
            figures += _round(server, common, clients=clients, seconds=seconds)
        return [*figures, Figure("backlog of jobs at the end", _backlog(server), "jobs")]


def _round(server: Server, common: dict[str, Any], *, clients: int, seconds: float) -> list[Figure]:
    name = f"{clients} client{'s' * (clients > 1)}"
    say(f"提交：{name}，{seconds:g} 秒")
    before = server.processor_seconds()
    got = _submit(server, {**common, "clients": clients, "seconds": seconds, "run": f"run{clients}"})
    after = server.processor_seconds()
    say(f"对照：{name}，{seconds:g} 秒")
    bare_job = {
        "dsn": server.dsn(),
        "owner": server.dsn(OWNER),
        "clients": clients,
        "seconds": seconds,
        "run": f"bare{clients}",
    }
    bare = load.Outcome(**json.loads(server.program("onedoor.bench.bare", given=json.dumps(bare_job))))
    for text, times in Counter(got.errors).most_common(3):
        say(f"错误 {times} 次：{text}")
    made = max(1, len(got.milliseconds))
    spent = {part: after[part] - before[part] for part in after} | {"generator": got.processor_seconds}
    return [
        Figure(f"submissions a second, {name}", *_rate(got), _rate(bare)[0]),
        Figure(f"errors, {name}", len(got.errors), "errors"),
        *(Figure(f"p{share}, {name}", _ms(got, share), "ms", _ms(bare, share)) for share in (50, 95)),
        *(Figure(f"processor, {part}, {name}", round(cost * 1000 / made, 2), "ms") for part, cost in spent.items()),
        Figure(f"load average, {name}", round(os.getloadavg()[0], 2), "processes"),
    ]


def _rate(outcome: load.Outcome) -> tuple[float, str]:
    return round(len(outcome.milliseconds) / outcome.seconds, 1), "1/s"


def _ms(outcome: load.Outcome, share: int) -> float:
    return round(percentile(outcome.milliseconds, share / 100), 2)


def _submit(server: Server, job: dict[str, Any]) -> load.Outcome:
    return load.Outcome(**json.loads(server.program("onedoor.bench.load", given=json.dumps(job))))


def _token(server: Server, world: dict[str, Any]) -> str:
    """OAuth 2 client credentials."""
    basic = base64.b64encode(f"{world['client_id']}:{world['secret']}".encode()).decode()
    wire = http.client.HTTPConnection(server.host, server.port, timeout=30)
    asked = urlencode({"grant_type": "client_credentials", "scope": world["scope"]})
    headers = {"Authorization": f"Basic {basic}", "Content-Type": "application/x-www-form-urlencoded"}
    wire.request("POST", "/oauth/token", asked, headers | {"Host": "localhost"})
    answer = json.loads(wire.getresponse().read())
    wire.close()
    return str(answer["access_token"])


def _statements(server: Server, common: dict[str, Any]) -> list[Figure]:
    """Statements inside the act, counted from the server's log over a few submissions of one client."""
    with _logged(server):
        begin = server.postgres_log.stat().st_size
        got = _submit(server, {**common, "clients": 1, "seconds": 60.0, "run": "probe", "most": PROBES})
        time.sleep(0.2)
    with server.postgres_log.open(errors="replace") as log:
        log.seek(begin)
        found = statements.acts(log.read(), mark=MARK)
    if got.errors or len(found) < PROBES:
        raise RuntimeError(f"the log shows {len(found)} of {PROBES} submissions; errors: {got.errors[:1]}")
    counts = [len(act) for act in found]
    usual = next(act for act in found if len(act) == statistics.mode(counts))
    for number, text in enumerate(statements.brief(usual), 1):
        say(f"  {number}. {text}")
    return [
        Figure("statements inside the act", len(usual), "statements"),
        Figure("statements inside the act, at most", max(counts), "statements"),
    ]


@contextmanager
def _logged(server: Server) -> Iterator[None]:
    """Let the server log every statement; then as before."""
    settings = {"log_statement": "all", "log_line_prefix": statements.PREFIX}
    with psycopg.connect(server.dsn(OWNER), autocommit=True) as owner:
        for name, value in settings.items():
            owner.execute(f"ALTER SYSTEM SET {name} = '{value}'")
        owner.execute("SELECT pg_reload_conf()")
        time.sleep(0.5)
        try:
            yield
        finally:
            for name in settings:
                owner.execute(f"ALTER SYSTEM RESET {name}")
            owner.execute("SELECT pg_reload_conf()")


def _refuse_unsafe(server: Server) -> None:
    with psycopg.connect(server.dsn()) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
            if row is None or row[0] != "on":
                raise RuntimeError(f"{name} is not on: such figures would mean nothing")


def _backlog(server: Server) -> int:
    with psycopg.connect(server.dsn()) as connection:
        row = connection.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'").fetchone()
    return int(row[0]) if row else 0


def say(text: str) -> None:
    """To the operator, not to the script."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
