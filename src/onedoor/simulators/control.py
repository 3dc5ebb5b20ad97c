"""What every simulator shares: it says what it is, records what it took, and fails when told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Final

LONGEST_BODY: Final = 1 << 20


@dataclass(slots=True)
class Record:
    """The memory of one simulator: messages taken, and how many of the next ones fail with which code (-1 = all)."""

    what: str
    messages: list[dict[str, Any]] = field(default_factory=list)
    failing: int = 0
    code: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def fail(self, *, times: int, code: int) -> None:
        """Let the next ``times`` messages fail with this code."""
        with self._lock:
            self.failing, self.code = times, code

    def refusal(self) -> int:
        """The code with which the message at hand fails, 0 where it is to be taken."""
        with self._lock:
            if self.failing == 0:
                return 0
            self.failing -= self.failing > 0
            return self.code

    def take(self, message: Mapping[str, Any]) -> str:
        """Record a message; the same key twice is recorded once. Returns its number."""
        with self._lock:
            for number, held in enumerate(self.messages, start=1):
                if held["key"] and held["key"] == message["key"]:
                    return f"SIM-{number}"
            self.messages.append(dict(message))
            return f"SIM-{len(self.messages)}"

    def forget(self) -> None:
        """Empty the record and fail no more."""
        with self._lock:
            self.messages.clear()
            self.failing = 0

    def told(self) -> dict[str, Any]:
        """What the simulator is and how it stands."""
        with self._lock:
            return {"simulator": self.what, "real": False, "messages": len(self.messages), "failing": self.failing}


class Desk(BaseHTTPRequestHandler):
    """``GET /`` what this is · ``GET /messages`` · ``POST /fail {"times", "code"}`` · ``DELETE /messages``."""

    record: ClassVar[Record]
    protocol_version = "HTTP/1.1"
    default_code: ClassVar[int] = 503

    def do_GET(self) -> None:
        """Tell."""
        if self.path == "/":
            self.answer(HTTPStatus.OK, self.record.told())
        elif self.path == "/messages":
            self.answer(HTTPStatus.OK, {"messages": list(self.record.messages)})
        else:
            self.answer(HTTPStatus.NOT_FOUND, {"error": "not found"})

    def do_DELETE(self) -> None:
        """Forget."""
        self.record.forget()
        self.answer(HTTPStatus.OK, self.record.told())

    def do_POST(self) -> None:
        """Be told to fail."""
        body = self.body()
        if self.path != "/fail" or body is None:
            self.answer(HTTPStatus.NOT_FOUND, {"error": "not found"})
            return
        self.record.fail(times=int(body.get("times", 1)), code=int(body.get("code", self.default_code)))
        self.answer(HTTPStatus.OK, self.record.told())

    def body(self) -> dict[str, Any] | None:
        """The JSON object that was sent, None where it is none."""
        raw = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), LONGEST_BODY))
        try:
            found = json.loads(raw or b"{}")
        except ValueError:
            return None
        return found if isinstance(found, dict) else None

    def answer(self, status: int, body: Mapping[str, Any]) -> None:
        """Answer with JSON."""
        raw = json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the terminal quiet."""


def serve(desk: type[Desk], record: Record, port: int) -> ThreadingHTTPServer:
    """A server on the loopback (port 0 = any free one) for this desk and record; the caller runs it."""
    bound = type(desk.__name__, (desk,), {"record": record})
    return ThreadingHTTPServer(("127.0.0.1", port), bound)
