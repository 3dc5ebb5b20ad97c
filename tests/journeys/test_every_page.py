"""Everybody walks through every page that they can reach by links: none is broken, too wide, or refused by axe."""

from __future__ import annotations

from collections import deque
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from tests.journeys.browsing import Visitor
from tests.journeys.doors import ELDER, Door

pytestmark = pytest.mark.journey
LINKS = "[...document.querySelectorAll('a[href]')].map(a => a.href)"
LEAVES = ("/account/logout", "/view/", "/health.json", "/api/")  # no pages, or a way out
MOST = 120  # pages a person: a walk that does not end is a fault of its own
FEWEST = {"": 12, "lixiulan": 20, "zwfw11": 8, "scjg04": 6, "xzf01": 6}

WALKS = [
    ("", "desktop", ""),
    ("", "phone", ELDER),
    ("lixiulan", "desktop", ""),
    ("zwfw11", "desktop", ""),
    ("scjg04", "desktop", ""),
    ("xzf01", "phone", ""),
]


@pytest.mark.parametrize(("name", "screen", "view"), WALKS, ids=["-".join(filter(None, walk)) or "-" for walk in WALKS])
def test_no_page_that_somebody_can_reach_is_at_fault(door: Door, name: str, screen: str, view: str) -> None:
    visitor = door.let_in(Visitor, name, screen=screen, view=view)
    kinds = walk(visitor, ["/desk/" if name and name != "lixiulan" else "/", "/mine/" if name == "lixiulan" else "/"])
    assert FEWEST[name] <= len(kinds) <= MOST, kinds


def walk(visitor: Visitor, begin: list[str]) -> list[str]:
    """One page of each kind (route), nearest first."""
    seen: dict[str, str] = {}
    waiting = deque(begin)
    while waiting:
        path = waiting.popleft()
        kind = kind_of(path)
        if kind is None or kind in seen:
            continue
        seen[kind] = path
        assert visitor.goto(path) == 200, path
        host = urlsplit(visitor.url).netloc
        for href in visitor.page.evaluate(LINKS):
            link = urlsplit(href)
            if link.netloc == host:
                waiting.append(f"{link.path}?{link.query}" if link.query else link.path)
    return list(seen)


def kind_of(path: str) -> str | None:
    """The route of a page that a browser shows; None for files, ways out, and what is no page."""
    plain = path.partition("?")[0]
    if plain.startswith(LEAVES) or plain.endswith(".pdf"):
        return None
    try:
        route = resolve(plain).route
    except Resolver404:
        return None if plain.startswith(("/static/", "/oauth/")) else plain
    return (
        None
        if any(word in route for word in ("files/", "papers/", "form/", "export", "receipts/", "download"))
        else route
    )
