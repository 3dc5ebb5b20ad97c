"""What the adapters of message providers put on the wire; the simulators answer them elsewhere."""

import http.server
import json
import threading
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest

from onedoor.config.adapters.messages import HttpSms, SmtpMail
from onedoor.notices.ports import TryLater, Undeliverable


class Handler(http.server.BaseHTTPRequestHandler):
    seen: ClassVar[list[dict[str, Any]]] = []
    status: ClassVar[int] = 200

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.seen.append({"body": body, "headers": dict(self.headers), "path": self.path})
        self.send_response(type(self).status)
        self.end_headers()
        self.wfile.write(b'{"id": 7}')

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def url() -> Iterator[str]:
    Handler.seen.clear()
    Handler.status = 200
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1/send"
    server.shutdown()
    server.server_close()


def test_an_sms_carries_token_and_idempotency_key(url: str) -> None:
    assert HttpSms(url, token="secret").send(phone="13800000000", text="您好", key="onedoor-1") == "7"
    (call,) = Handler.seen
    assert call["path"] == "/v1/send"
    assert call["body"] == {"phone": "13800000000", "text": "您好"}
    assert call["headers"]["Authorization"] == "Bearer secret"
    assert call["headers"]["Idempotency-Key"] == "onedoor-1"


@pytest.mark.parametrize(("status", "kind"), [(302, TryLater), (500, TryLater), (422, Undeliverable)])
def test_every_status_but_success_is_an_error_of_its_kind(url: str, status: int, kind: type[Exception]) -> None:
    Handler.status = status
    with pytest.raises(kind):
        HttpSms(url, token="t").send(phone="1", text="x", key="k")


def test_no_trouble_names_the_number(url: str) -> None:
    Handler.status = 422
    with pytest.raises(Undeliverable) as caught:
        HttpSms(url, token="t").send(phone="13800000000", text="x", key="k")
    assert "13800000000" not in str(caught.value)


def test_a_mail_address_needs_a_known_scheme() -> None:
    with pytest.raises(ValueError):
        SmtpMail("ftp://x", sender="a@b")
