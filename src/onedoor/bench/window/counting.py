"""The measurement: four visits in a real browser, with keys alone, beside the paper way as it is assumed."""

from __future__ import annotations

import itertools
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import httpx
from django.core.management.base import CommandError
from django.utils import timezone

from onedoor.bench import lighthouse, visits
from onedoor.bench.figures import Figure
from onedoor.bench.server import running
from onedoor.bench.window import moves
from onedoor.bench.window.hands import Hands, assumed

if TYPE_CHECKING:
    from playwright.sync_api import Page

CLERK: Final = "zwfw11"
SIMPLE: Final = "高龄津贴"
SECOND: Final = "残疾人证办理"
FLAGS: Final = ("--headless", "--no-sandbox", "--disable-gpu", "--lang=zh-CN")
WIDE: Final = {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Desk:
    """Where the clerk sits: the browser's page, the reader's simulator, and people who were never here."""

    page: Page
    address: str
    reader: str
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def hands(self) -> Hands:
        """At the page for the next person, where the end of the visit before leads by itself."""
        self.page.goto(f"{self.address}/desk/window/")
        return Hands(self.page)

    def lay(self, someone: moves.Someone) -> None:
        """Put a card on the reader."""
        card = {"number": someone.number, "name": someone.name, "address": "漭水镇老街8号", "valid_to": "长期"}
        httpx.post(f"{self.reader}card", json={"desk": "", "card": card}).raise_for_status()


def measure(*, seconds: float) -> list[Figure]:
    """Every visit once, and again until the seconds are over; counts are the same each time, server time varies."""
    with _reader() as reader, running(demo=True, settings=_read_at(reader)) as server:
        address = f"http://localhost:{server.port}"
        client = visits.visitor(address, server.folder, CLERK)
        cookies = [{"name": each.name, "value": each.value or "", "url": address} for each in client.cookies.jar]
        with _page(cookies) as page:
            desk, until = Desk(page, address, reader), time.monotonic() + seconds
            done: dict[str, list[Hands]] = {name: [] for name in VISITS}
            while not all(done.values()) or time.monotonic() < until:
                for name, visit in VISITS.items():
                    done[name].append(visit(desk))
            return [figure for name, hands in done.items() for figure in _figures(name, hands)]


def _figures(visit: str, done: list[Hands]) -> list[Figure]:
    told, paper, hands = assumed()["visits"][visit], assumed()["paper"], done[-1]
    name = told["name"]
    by_hand = told["characters"] * paper["character"] + told["boxes"] * paper["box"]
    return [
        Figure(f"keys, {name}", hands.keys, "keys"),
        Figure(f"clicks, {name}", hands.clicks, "clicks"),
        Figure(f"decisions, {name}", hands.decisions, "decisions"),
        Figure(f"hands by the model, {name}", round(hands.seconds, 1), "s", most=told.get("most")),
        Figure(f"server, {name}", round(statistics.median(each.server for each in done), 2), "s"),
        Figure(f"on paper, ASSUMED, {name}", by_hand, "s"),
    ]


def _by_card(desk: Desk) -> Hands:
    desk.lay(moves.elder(next(desk.numbers), "示例王桂英"))
    hands = desk.hands()
    moves.read_card(hands)
    return _simple(hands)


def _typed(desk: Desk) -> Hands:
    hands = desk.hands()
    moves.receive(hands, moves.elder(next(desk.numbers), "示例李正芳"))
    return _simple(hands)


def _agent(desk: Desk) -> Hands:
    number, hands = next(desk.numbers), desk.hands()
    moves.receive(hands, moves.elder(number, "示例杨凤仙"), agent=moves.relative(number, "示例杨国庆"))
    moves.open_item(hands, SIMPLE)
    moves.show_mandate(hands, until=timezone.localdate() + timedelta(days=30))
    moves.take_in(hands)
    return _printed(hands)


def _several(desk: Desk) -> Hands:
    hands = _typed(desk)
    hands.go("m")
    moves.open_item(hands, SECOND)
    moves.fill(hands)
    moves.take_in(hands)
    return _printed(hands)


VISITS: Final[dict[str, Callable[[Desk], Hands]]] = {
    "reader": _by_card,
    "typed": _typed,
    "agent": _agent,
    "several": _several,
}


def _simple(hands: Hands) -> Hands:
    moves.open_item(hands, SIMPLE)
    moves.fill(hands)
    moves.take_in(hands)
    return _printed(hands)


def _printed(hands: Hands) -> Hands:
    """The receipt is one key away; CommandError where nothing was taken in."""
    shown = hands.page.locator("main").inner_text()
    if "已收件" not in shown:
        raise CommandError(f"窗口没有收件：{shown[:600]}")
    hands.press("1")
    return hands


@contextmanager
def _page(cookies: list[dict[str, str]]) -> Iterator[Page]:
    """One page of a real browser, signed in. CommandError where there is none."""
    chromium = lighthouse.chromium()
    try:
        from playwright.sync_api import sync_playwright  # a tool of development
    except ImportError:
        chromium = None
    if chromium is None:
        raise CommandError("要有 Playwright（pip install playwright）和 Chromium 才能测窗口，它们只在开发时用。")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        context = browser.new_context(viewport=WIDE, locale="zh-CN", timezone_id="Asia/Shanghai")  # type: ignore[arg-type]
        context.add_cookies(cookies)  # type: ignore[arg-type]
        yield context.new_page()
        browser.close()


def _read_at(reader: str) -> dict[str, str]:
    return {"ONEDOOR_CARD_READER_URL": f"{reader}read", "ONEDOOR_CARD_READER_TOKEN": "bench"}


@contextmanager
def _reader() -> Iterator[str]:
    """The simulator of card readers, as anybody starts it; its own address."""
    argv = [sys.executable, "-m", "onedoor.config.cli", "simulate", "reader"]
    process = subprocess.Popen(argv, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())["control"]
    finally:
        process.terminate()
        process.wait()
