"""The load generator: every request has its own key, and every answer that is not 201 is counted as an error."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from onedoor.bench import load


class Desk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    keys: list[str]
    bodies: list[bytes]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.keys.append(self.headers["Idempotency-Key"])
        self.bodies.append(body)
        refused = b"bad" in body
        answer = b"no" if refused else b'{"number": "1"}'
        self.send_response(422 if refused else 201)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def desk() -> Iterator[tuple[type[Desk], load.Job]]:
    taken = type("Taken", (Desk,), {"keys": [], "bodies": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), taken)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield (
        taken,
        load.Job(
            host="127.0.0.1",
            port=server.server_address[1],
            path="/api/v1/cases",
            token="t",
            bodies=('{"n": "一"}', '{"n": "二"}'),
            clients=2,
            seconds=20.0,
            run="r",
            most=3,
        ),
    )
    server.shutdown()
    thread.join()
    server.server_close()


def test_every_request_has_a_key_of_its_own_and_all_bodies_have_their_turn(desk: tuple[type[Desk], load.Job]) -> None:
    taken, job = desk
    outcome = load.run(job)
    assert (len(outcome.milliseconds), outcome.errors) == (6, [])
    assert len(set(taken.keys)) == 6
    assert {body.decode() for body in taken.bodies} == set(job.bodies)


def test_whatever_is_not_201_is_an_error_and_has_no_time(desk: tuple[type[Desk], load.Job]) -> None:
    _, job = desk
    outcome = load.run(replace(job, bodies=("bad",), clients=1))
    assert outcome.milliseconds == []
    assert outcome.errors == ["422 no"] * 3
