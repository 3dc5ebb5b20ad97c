"""One real instance with the sample county, one Chromium, and everybody's way in."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.journeys.browsing import SCREENS, Visitor
from tests.journeys.instances import Instance

from onedoor.access.rules import totp

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
FLAGS += ["--disable-component-update", "--disable-sync"]
ELDER = "elder"
Person = TypeVar("Person", bound=Visitor)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium; where there is none, journeys are skipped with one clear line, but fail where CI promised one."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("没有浏览器：CI 中应当装有 chromium")
        pytest.skip("没有浏览器：安装 chromium 后再运行旅程测试")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def county(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """``onedoor up`` with the sample county, once; stopped by SIGTERM, which it obeys.

    While journeys are written, ONEDOOR_JOURNEYS=FOLDER uses the instance that already serves that folder.
    """
    if given := os.environ.get("ONEDOOR_JOURNEYS"):
        yield Instance(Path(given), port=json.loads((Path(given) / "run.json").read_text())["port"])
        return
    instance = Instance(tmp_path_factory.mktemp("county") / "data")
    instance.start()
    yield instance
    try:
        assert instance.stop() == 0
    finally:
        instance.end()


@dataclass
class Door:
    """How people come in: each account signs in once, by what demo-accounts.json says, and keeps its session."""

    instance: Instance
    browser: Browser
    sessions: dict[str, Any] = field(default_factory=dict)
    inside: list[Visitor] = field(default_factory=list)

    def account(self, name: str) -> dict[str, str]:
        rows = json.loads((self.instance.folder / "demo-accounts.json").read_text("utf-8"))
        return next(row for row in rows if row["username"] == name)

    def let_in(
        self, kind: type[Person], name: str, *, screen: str = "desktop", scripts: bool = True, view: str = ""
    ) -> Person:
        """A window of this person, signed in; no name: a passer-by."""
        width, height = SCREENS[screen]
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=scripts,
            storage_state=self._session(name) if name else None,
            is_mobile=screen == "phone",
            has_touch=screen == "phone",
        )
        context.set_default_timeout(30_000)
        if view:
            context.add_cookies([{"name": "view", "value": view, "url": self.instance.url}])
        found = kind(context, self.instance.url, scripts=scripts)
        self.inside.append(found)
        return found

    def _session(self, name: str) -> Any:
        if name not in self.sessions:
            self.sessions[name] = self._sign_in(self.account(name))
        return self.sessions[name]

    def _sign_in(self, account: dict[str, str]) -> Any:
        visitor = self.let_in(Visitor, "")
        visitor.goto("/account/login/")
        visitor.page.locator('[name="login"]').fill(account["username"])
        visitor.page.locator('[name="password"]').fill(account["password"])
        visitor.click(visitor.page.get_by_role("button", name="登录", exact=True))
        if account["secret"]:
            visitor.page.locator('[name="code"]').fill(totp(account["secret"], at=datetime.now(UTC)))
            visitor.click(visitor.page.get_by_role("button", name="登录", exact=True))
        assert "/account/" not in visitor.page.url, visitor.page.locator("main").inner_text()
        return visitor.context.storage_state()

    def wrong(self) -> list[str]:
        """Everything that was wrong on any page that anybody saw."""
        return list(dict.fromkeys(fault for visitor in self.inside for fault in visitor.wrong))

    def close(self) -> None:
        for visitor in self.inside:
            visitor.context.close()
        self.inside.clear()


@pytest.fixture(scope="session")
def _sessions() -> dict[str, Any]:
    return {}


@pytest.fixture
def door(county: Instance, chromium: Browser, _sessions: dict[str, Any]) -> Iterator[Door]:
    """After every journey: no page that anybody saw had a fault, every row is its replay, the journal verifies."""
    found = Door(county, chromium, _sessions)
    yield found
    wrong = found.wrong()
    found.close()
    assert wrong == []
    assert county.faults() == []


@pytest.fixture
def settled(county: Instance) -> Callable[[str], None]:
    """Wait until the worker has made a case's result and closed it."""
    from onedoor.instance.processes import wait_until

    def wait(number: str) -> None:
        ask = f"SELECT 1 FROM cases_case WHERE number = '{number}' AND state = 'closed'"
        assert wait_until(lambda: bool(county.ask(ask)), 60)

    return wait
