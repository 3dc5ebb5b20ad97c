"""A visitor over HTTP: signs in by the forms that everybody fills, asks for pages, weighs what a browser loads."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

import httpx

from onedoor.access.rules import totp

LOADED: Final = re.compile(r'<(?:script|img)[^>]+src="([^"]+)"|<link[^>]+rel="(?:stylesheet|icon)"[^>]*href="([^"]+)"')
TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
WAIT_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Weight:
    """What a cold visit carries over the line: the page and all that it names, compressed, in bytes."""

    page: int
    resources: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.page + self.resources


def visitor(address: str, folder: Path, name: str = "") -> httpx.Client:
    """A line of its own to the instance that serves ``folder``; ``name``: a demo account that signs in first.

    RuntimeError where the door stays shut.
    """
    client = httpx.Client(base_url=address, timeout=WAIT_SECONDS, follow_redirects=True)
    if name:
        _sign_in(client, _account(folder, name))
    return client


def asked(client: httpx.Client, path: str, *, seconds: float, at_least: int) -> list[float]:
    """Milliseconds of one request after the other, sorted, for so long. RuntimeError for anything but the page."""
    page(client, path)
    took: list[float] = []
    until = time.perf_counter() + seconds
    while len(took) < at_least or time.perf_counter() < until:
        began = time.perf_counter()
        page(client, path)
        took.append((time.perf_counter() - began) * 1000)
    return sorted(took)


def page(client: httpx.Client, path: str) -> str:
    """The page at this address; RuntimeError where another comes."""
    answer = client.get(path)
    if answer.status_code != 200 or "/account/login/" in str(answer.url):
        raise RuntimeError(f"{path}: {answer.status_code} {answer.url}")
    return answer.text


def weight(client: httpx.Client, path: str) -> Weight:
    """A cold visit: the page, its scripts, styles and pictures, each as it travels to a browser that takes gzip."""
    text = page(client, path)
    named = {a or b for a, b in LOADED.findall(text)}
    return Weight(_travels(client, path), sum(_travels(client, urljoin(path, each)) for each in sorted(named)))


def first_link(client: httpx.Client, path: str, wanted: str) -> str:
    """The first address on a page that matches ``wanted`` (a regular expression). RuntimeError without one."""
    found = re.search(f'href="({wanted})"', page(client, path))
    if found is None:
        raise RuntimeError(f"{path} links no {wanted}")
    return found.group(1)


def _travels(client: httpx.Client, path: str) -> int:
    with client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as answer:
        body = b"".join(answer.iter_raw())
    return len(body)


def _account(folder: Path, name: str) -> dict[str, str]:
    rows = json.loads((folder / "demo-accounts.json").read_text("utf-8"))
    return next(row for row in rows if row["username"] == name)


def _sign_in(client: httpx.Client, account: dict[str, str]) -> None:
    answer = client.get("/account/login/")
    answer = _post(client, answer, {"login": account["username"], "password": account["password"]})
    if account["secret"]:
        answer = _post(client, answer, {"code": totp(account["secret"], at=datetime.now(UTC))})
    if "/account/" in str(answer.url):
        raise RuntimeError(f"{account['username']} could not sign in: {answer.url}")


def _post(client: httpx.Client, shown: httpx.Response, fields: dict[str, str]) -> httpx.Response:
    token = TOKEN.search(shown.text)
    if token is None:
        raise RuntimeError(f"no form at {shown.url}")
    headers = {"Referer": str(shown.url)}
    return client.post(str(shown.url), data={**fields, "csrfmiddlewaretoken": token.group(1)}, headers=headers)
