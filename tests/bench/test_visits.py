"""A benchmark's visitor signs in by the forms that everybody fills, and weighs what really travels."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs

import pytest

from onedoor.access.rules import totp
from onedoor.bench import visits

SECRET = "JBSWY3DPEHPK3PXP"
FORM = '<form method="post"><input name="csrfmiddlewaretoken" value="token"></form>'
PAGE = '<link rel="stylesheet" href="/s.css"><script src="/s.js"></script><a href="/items/42/">一</a>' + "字" * 3000


class House(BaseHTTPRequestHandler):
    """A door with password and code, and one page behind it."""

    def do_GET(self) -> None:
        inside = "in=1" in self.headers.get("Cookie", "")
        shown = {"/": PAGE, "/s.css": "c" * 100, "/s.js": "j" * 50}
        if self.path == "/mine/" and not inside:
            self._go("/account/login/")
        else:
            self._answer(shown.get(self.path, FORM if self.path.startswith("/account/") else "我的"))

    def do_POST(self) -> None:
        given = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        assert given["csrfmiddlewaretoken"] == ["token"]
        if given.get("password") == ["right"]:
            self._go("/account/2fa/authenticate/")
        elif given.get("code") == [totp(SECRET, at=datetime.now(UTC))]:
            self._go("/mine/", cookie="in=1; Path=/")
        else:
            self._answer(FORM)

    def _go(self, path: str, *, cookie: str = "") -> None:
        self.send_response(302)
        self.send_header("Location", path)
        if cookie:
            self.send_header("Set-Cookie", cookie)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, text: str) -> None:
        body = text.encode()
        packed = "gzip" in self.headers.get("Accept-Encoding", "") and text == PAGE
        body = gzip.compress(body) if packed else body
        self.send_response(200)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    accounts = [{"username": "clerk", "password": "right", "secret": SECRET}]
    accounts += [{"username": "stranger", "password": "wrong", "secret": ""}]
    (tmp_path / "demo-accounts.json").write_text(json.dumps(accounts))
    server = ThreadingHTTPServer(("127.0.0.1", 0), House)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", tmp_path
    server.shutdown()
    server.server_close()


def test_an_account_signs_in_with_password_and_code(house: tuple[str, Path]) -> None:
    assert visits.page(visits.visitor(*house, "clerk"), "/mine/") == "我的"


def test_a_door_that_stays_shut_is_no_figure(house: tuple[str, Path]) -> None:
    with pytest.raises(RuntimeError, match="could not sign in"):
        visits.visitor(*house, "stranger")
    with pytest.raises(RuntimeError, match="/mine/"):
        visits.asked(visits.visitor(*house), "/mine/", seconds=0, at_least=1)


def test_a_cold_visit_weighs_the_page_as_it_travels_and_all_that_it_names(house: tuple[str, Path]) -> None:
    found = visits.weight(visits.visitor(*house), "/")
    assert found == visits.Weight(len(gzip.compress(PAGE.encode())), 150)
    assert found.total == found.page + 150


def test_requests_are_timed_one_after_the_other(house: tuple[str, Path]) -> None:
    took = visits.asked(visits.visitor(*house), "/", seconds=0, at_least=3)
    assert len(took) == 3
    assert took == sorted(took)


def test_links_are_followed_by_their_pattern(house: tuple[str, Path]) -> None:
    client = visits.visitor(*house)
    assert visits.first_link(client, "/", r"/items/\d+/") == "/items/42/"
    with pytest.raises(RuntimeError, match="links no"):
        visits.first_link(client, "/", r"/desk/\d+/")
