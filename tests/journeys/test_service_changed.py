"""A service is changed while its cases wait at 会签: in the browser its manager sees who is touched, moves all that can
move, reads by name who stayed and why, and takes it back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from threading import Thread
from wsgiref.simple_server import make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, Page
from tests.acting import ACTORS, HEADER
from tests.cases.commands.test_moving import case_of, finish, publish, submit
from tests.cases.world import World, found, staff
from tests.journeys.browsing import TOO_WIDE
from tests.ui.conftest import Quiet

from onedoor.areas import queries as areas
from onedoor.cases import commands
from onedoor.items import queries as published
from onedoor.kernel.actor import Act, Actor

pytestmark = pytest.mark.journey
SCREENS = {"desktop": (1280, 900), "phone": (360, 780)}


@pytest.fixture
def service(committed_db: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The small county in a database in which commits are real."""
    monkeypatch.setattr("onedoor.items.queries.versions._regions", tuple)
    yield found()
    published.forget()
    areas.forget()


@pytest.fixture
def address() -> Iterator[str]:
    """The whole site, whose visitor is whoever the browser says."""
    from django.conf import settings

    middleware = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    with override_settings(MIDDLEWARE=[*middleware, "tests.acting.GivenActor"], DEMO=True):
        server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), handler_class=Quiet)
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()


def window(chromium: Browser, actor: Actor, *, screen: str) -> Page:
    ACTORS[actor.ref] = actor
    width, height = SCREENS[screen]
    context = chromium.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", extra_http_headers={HEADER: actor.ref}
    )
    return context.new_page()


def run_of(page: Page) -> int:
    return int(page.url.rstrip("/").rpartition("/")[2])


def test_cases_at_a_join_are_moved_in_bulk_one_stays_by_name_and_all_is_taken_back(
    service: World, address: str, chromium: Browser
) -> None:
    before = publish(service, "fire", "water", "road")
    waiting, begun, stuck = (submit(service, key) for key in "abc")
    finish(service, waiting, "papers", "fire", "water")
    finish(service, begun, "papers")
    finish(service, stuck, "papers", "road")
    after = publish(service, "fire", "water", "health", at=timezone.now() - timedelta(minutes=1))
    manager = staff("manager", service.item.organ, Act.MANAGE_ITEMS)
    page = window(chromium, manager, screen="desktop")
    page.goto(f"{address}/desk/catalogue/items/{after.code}/moving/")
    text = page.locator("main").inner_text()
    assert "按以前的版本在办 3 件" in text
    assert "1 件不能迁移" in text
    assert "「road意见」已经办结，新版没有这个环节" in text
    page.get_by_role("button", name="迁移能迁移的 2 件").click()
    run = run_of(page)
    commands.move_batch(run, at=timezone.now(), by=manager)
    page.reload()
    report = page.locator("main").inner_text()
    assert "已办 3 件，共 3 件" in report
    assert stuck in report
    assert [case_of(service, number).item_version for number in (waiting, begun, stuck)] == [
        after.id,
        after.id,
        before.id,
    ]
    phone = window(chromium, manager, screen="phone")
    phone.goto(page.url)
    assert stuck in phone.locator("main").inner_text()
    assert not phone.evaluate(TOO_WIDE)
    phone.get_by_role("button", name="撤回这一批").click()
    commands.move_batch(run_of(phone), at=timezone.now(), by=manager)
    phone.reload()
    assert "已撤回" in phone.locator("main").inner_text()
    assert {case_of(service, number).item_version for number in (waiting, begun, stuck)} == {before.id}
