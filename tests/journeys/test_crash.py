"""kill -9 in the middle of submissions: what was acknowledged is there, nothing is there twice, nothing old serves."""

from __future__ import annotations

import base64
import http.client
import json
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Condition, Event, Thread
from urllib.parse import urlencode

import psutil
import pytest
from tests.journeys.instances import HOST, Instance

from onedoor.instance.processes import wait_until

CLIENTS = 4
BEFORE = 40  # acknowledged submissions before the blow, and after it where the instance goes on serving
PATIENCE = 120.0
SYSTEM_JSON = {"Host": "localhost", "Content-Type": "application/json"}


@dataclass
class Ledger:
    """What the other system knows: the number of every acknowledged key, and the keys it got no answer for."""

    bodies: list[str]
    token: str
    numbers: dict[str, str] = field(default_factory=dict)
    unanswered: list[str] = field(default_factory=list)
    sent: dict[str, str] = field(default_factory=dict)
    changed: Condition = field(default_factory=Condition)

    def note(self, key: str, number: str | None) -> None:
        with self.changed:
            if number is None:
                self.unanswered.append(key)
            else:
                assert self.numbers.setdefault(key, number) == number
            self.changed.notify_all()

    def wait_for(self, reached: Callable[[], bool]) -> None:
        with self.changed:
            assert self.changed.wait_for(reached, PATIENCE), (len(self.numbers), self.unanswered[:5])


def submit(ledger: Ledger, key: str, wire: http.client.HTTPConnection) -> str | None:
    """The acknowledged number, or None where no acknowledgement came."""
    headers = SYSTEM_JSON | {"Authorization": f"Bearer {ledger.token}", "Idempotency-Key": key}
    try:
        wire.request("POST", "/api/v1/cases", ledger.sent[key].encode(), headers)
        answer = wire.getresponse()
        content = answer.read()
    except (OSError, http.client.HTTPException):
        wire.close()
        return None
    if answer.status >= 500:
        return None
    assert answer.status == 201, content.decode()
    return str(json.loads(content)["number"])


def go_on_submitting(ledger: Ledger, port: int, *, name: str, stop: Event) -> None:
    """One client: a fresh key for every submission; where the service is away it waits a moment and goes on."""
    wire = http.client.HTTPConnection(HOST, port, timeout=20)
    count = 0
    while not stop.is_set():
        key = f"{name}-{count}"
        ledger.sent[key] = ledger.bodies[count % len(ledger.bodies)]
        count += 1
        number = submit(ledger, key, wire)
        ledger.note(key, number)
        if number is None:
            stop.wait(0.2)
    wire.close()


def token_of(port: int, client: dict[str, str]) -> str:
    """OAuth 2 client credentials."""
    basic = base64.b64encode(f"{client['client_id']}:{client['secret']}".encode()).decode()
    wire = http.client.HTTPConnection(HOST, port, timeout=30)
    headers = {"Host": "localhost", "Authorization": f"Basic {basic}"}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    wire.request(
        "POST", "/oauth/token", urlencode({"grant_type": "client_credentials", "scope": client["scope"]}), headers
    )
    answer = json.loads(wire.getresponse().read())
    wire.close()
    return str(answer["access_token"])


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    found = Instance(tmp_path_factory.mktemp("crash") / "data", ("--no-demo",))
    found.start()
    yield found
    found.end()


@pytest.fixture(scope="module")
def ledger(instance: Instance) -> Ledger:
    """One item, one admitted system, 64 persons: what ``onedoor bench`` measures with."""
    world = json.loads(instance.program("onedoor.bench.world"))
    return Ledger(world["bodies"], token_of(instance.port, world))


def gone(processes: list[psutil.Process]) -> bool:
    return not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in processes)


def listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex((HOST, port)) == 0


def kill_the_tree(instance: Instance) -> None:
    instance.kill()


def kill_the_parent(instance: Instance) -> None:
    assert instance.parent is not None
    instance.parent.kill()


def kill_the_worker(instance: Instance) -> None:
    instance.part(" worker").kill()


def kill_postgres(instance: Instance) -> None:
    instance.part("postgres").kill()


def strike(instance: Instance, ledger: Ledger, blow: Callable[[Instance], None], *, ends: bool) -> None:
    """The blow, in the middle of the work of four clients; the instance is started again where the blow ended it."""
    old = [instance.parent, *instance.tree()]
    blow(instance)
    before = len(ledger.numbers)
    if ends:
        refused = len(ledger.unanswered) + CLIENTS
        ledger.wait_for(lambda: len(ledger.unanswered) >= refused)
        assert wait_until(lambda: not listens(instance.port), 5)
        instance.end()
        assert wait_until(lambda: gone(old), 15)
        instance.start()
    ledger.wait_for(lambda: len(ledger.numbers) >= before + BEFORE)
    if ends:
        assert gone(old)


@pytest.mark.parametrize(
    ("blow", "ends"), [(kill_the_worker, False), (kill_postgres, False), (kill_the_parent, True), (kill_the_tree, True)]
)
def test_after_a_kill_every_acknowledged_submission_is_there_once(
    instance: Instance, ledger: Ledger, blow: Callable[[Instance], None], ends: bool
) -> None:
    stop, begin = Event(), len(ledger.numbers)
    clients = [
        Thread(
            target=go_on_submitting,
            args=(ledger, instance.port),
            kwargs={"name": f"{blow.__name__}-{number}", "stop": stop},
        )
        for number in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    try:
        ledger.wait_for(lambda: len(ledger.numbers) >= begin + BEFORE)
        strike(instance, ledger, blow, ends=ends)
    finally:
        stop.set()
        for client in clients:
            client.join()
    assert wait_until(instance.answers, 60)
    lost_nothing_and_doubled_nothing(instance, ledger)
    retried_keys_give_one_case_each(instance, ledger)
    assert wait_until(
        lambda: not instance.ask("SELECT 1 FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"), 90
    )
    assert instance.faults() == []


def stored(instance: Instance) -> dict[str, str]:
    """The number of every key, as the database has it."""
    rows = instance.ask("SELECT s.key, c.number FROM cases_submission s JOIN cases_case c ON c.id = s.id")
    found = {str(key): str(number) for key, number in rows}
    counts = instance.ask(
        "SELECT (SELECT count(*) FROM cases_submission), (SELECT count(*) FROM cases_case),"
        " (SELECT count(DISTINCT number) FROM cases_case),"
        " (SELECT count(*) FROM journal_entry WHERE kind = 'case_submitted'),"
        " (SELECT count(DISTINCT stream) FROM journal_entry WHERE kind = 'case_submitted')"
    )
    assert counts == [(len(rows),) * 5]
    assert len(found) == len(rows)
    return found


def lost_nothing_and_doubled_nothing(instance: Instance, ledger: Ledger) -> None:
    found = stored(instance)
    assert {key: found.get(key) for key in ledger.numbers} == ledger.numbers
    assert set(found) - set(ledger.numbers) <= set(ledger.unanswered)


def retried_keys_give_one_case_each(instance: Instance, ledger: Ledger) -> None:
    """What got no answer is sent again under its key; so are some that got one."""
    wire = http.client.HTTPConnection(HOST, instance.port, timeout=30)
    known = stored(instance)
    again = [*ledger.unanswered, *list(ledger.numbers)[-10:]]
    for key in again:
        number = submit(ledger, key, wire)
        assert number is not None
        assert known.get(key, number) == number
        ledger.note(key, number)
    wire.close()
    ledger.unanswered.clear()
    assert stored(instance) == ledger.numbers
