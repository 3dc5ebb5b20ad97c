"""The load generator, a program of its own: ``python -m onedoor.bench.load`` reads a job (JSON) and prints what came.

It must cost little, as it shares the machine with what it measures: plain sockets that are kept open, requests made
ready beforehand except for the key.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

WAIT_SECONDS = 30.0
HEAD_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Job:
    """What to send: every body again and again in turn, over ``clients`` connections, for so many seconds."""

    host: str
    port: int
    path: str
    token: str
    bodies: tuple[str, ...]
    clients: int
    seconds: float
    run: str  # makes the keys of this job different from those of any other
    most: int = 10**9  # requests a client


@dataclass(slots=True)
class Outcome:
    """What came of it. Milliseconds of each request that was answered as wanted; the others by what they were."""

    milliseconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0
    processor_seconds: float = 0.0


def main() -> None:
    """One job from standard input."""
    given = json.loads(sys.stdin.read())
    job = Job(**{**given, "bodies": tuple(given["bodies"])})
    sys.stdout.write(json.dumps(asdict(run(job))))


def run(job: Job) -> Outcome:
    """Every client in a thread of its own."""
    return in_parallel(
        job.clients, job.seconds, lambda number, until, outcome: _client(job, number, until=until, outcome=outcome)
    )


def in_parallel(clients: int, seconds: float, client: Callable[[int, float, Outcome], None]) -> Outcome:
    """Run ``client(number, until, outcome)`` so many times at once; all outcomes together."""
    began, cost = time.perf_counter(), time.process_time()
    parts = [Outcome() for _ in range(clients)]
    until = began + seconds
    threads = [threading.Thread(target=client, args=(number, until, part)) for number, part in enumerate(parts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Outcome(
        sorted(value for part in parts for value in part.milliseconds),
        [text for part in parts for text in part.errors],
        time.perf_counter() - began,
        time.process_time() - cost,
    )


def heads(job: Job, bodies: Sequence[bytes]) -> list[bytes]:
    """The request heads up to the key."""
    return [
        (
            f"POST {job.path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {job.token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nIdempotency-Key: "
        ).encode()
        for body in bodies
    ]


def _client(job: Job, number: int, *, until: float, outcome: Outcome) -> None:
    bodies = [text.encode() for text in job.bodies]
    ready = heads(job, bodies)
    with socket.create_connection((job.host, job.port), timeout=WAIT_SECONDS) as wire:
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for sent in range(job.most):
            began = time.perf_counter()
            if began >= until:
                return
            which = (sent * job.clients + number) % len(bodies)
            wire.sendall(ready[which] + f"{job.run}-{number}-{sent}".encode() + HEAD_END + bodies[which])
            status, body = answer(wire)
            if status == 201:
                outcome.milliseconds.append((time.perf_counter() - began) * 1000)
            else:
                outcome.errors.append(f"{status} {body[:200].decode(errors='replace')}")


def answer(wire: socket.socket) -> tuple[int, bytes]:
    """Status and body of one answer with a Content-Length. ConnectionError where the line ends before that."""
    got = b""
    while HEAD_END not in got:
        got += _more(wire)
    head, _, body = got.partition(HEAD_END)
    fields = _fields(head)
    length = int(fields.get(b"content-length", b"0"))
    while len(body) < length:
        body += _more(wire)
    return int(head[9:12]), body


def _more(wire: socket.socket) -> bytes:
    part = wire.recv(65536)
    if not part:
        raise ConnectionError("the server closed the connection")
    return part


def _fields(head: bytes) -> Mapping[bytes, bytes]:
    lines: list[Any] = [line.partition(b":") for line in head.split(b"\r\n")[1:]]
    return {name.strip().lower(): value.strip() for name, _, value in lines}


if __name__ == "__main__":
    main()
